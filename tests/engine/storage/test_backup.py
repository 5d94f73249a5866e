"""A backup and its way back onto an empty machine: cases go on, nothing happens twice, the audit trail holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import inspect, text

from engine import (
    Database,
    Engine,
    NotValid,
    ask_extension,
    end_pause,
    offer_handover,
    pause_clocks,
    read_backup,
    verify_audit,
    write_backup,
)
from engine.delivery import Sending
from engine.domain.release import Allowance, Clock, Timing
from engine.machine import Machine
from engine.storage import tables
from engine.storage.backup import NotABackup, NotEmpty, TableUnknown, WrongPassphrase
from engine.storage.schema import migrate
from engine.worker import Worker
from sop_catalog.storage import metadata
from tests.engine.delivery.told import Outbox, with_address
from tests.small_office import KEYS, MORNING, Play

PASSPHRASE = "uji coba: kuda, bukit, tujuh"
ALSO = (metadata,)
"""Tables of the rooms above the engine."""
RING = b'{"version": 1}'


@pytest.fixture
def lived(play: Play) -> Play:
    """An office in which one case stands in the middle: an open item, a running timer, a person, time that stands still."""
    drawn = "start -> user A -> user B -> end\nboundary late (on B; timer PT3H; beside) -> user C -> end c"
    timings = {"main": Timing(promised=Allowance(3, Clock.WORKING_DAYS))}
    play.publish(drawn, timings=timings, A={"allowance": Allowance(4, Clock.WORKING_HOURS)})
    number = play.open()
    play.complete("A")
    (promised,) = [row["id"] for row in play.rows(tables.clock) if row["kind"] == "case"]
    said: dict[str, Any] = {"officer": "sri", "at": play.now}
    play.engine.perform(pause_clocks, number, reason="applicant", text="Menunggu paspor", clocks=[promised], **said)
    play.engine.perform(ask_extension, promised, amount=1, reason="Menunggu", **said)
    with play.engine.begin(at=play.now) as work:
        person = work.subjects.add(play.now)
        work.subjects.write(person.number, {"nama": "Contoh Sembilan", "nik": "9900000000000009"})
    assert number
    return play


@pytest.fixture
def saved(lived: Play, tmp_path: Path) -> Path:
    """Its backup."""
    path = tmp_path / "satu.lajur"
    write_backup(lived.engine.database, path, keys=RING, passphrase=PASSPHRASE, also=ALSO, at=lived.now)
    return path


@pytest.fixture
def restore(empty: Database, saved: Path, tmp_path: Path) -> Callable[..., Engine]:
    """Bring the backup into the empty database."""

    def back(passphrase: str = PASSPHRASE) -> Engine:
        read_backup(empty, saved, passphrase=passphrase, also=ALSO, keys_to=tmp_path / "new" / "keys.json")
        return Engine(empty, [Machine()], KEYS)

    return back


def test_every_row_of_every_table_comes_back(lived: Play, restore: Callable[..., Engine]) -> None:
    there = Play(restore())

    for each in tables.metadata.sorted_tables:
        assert there.rows(each) == lived.rows(each), each.name


def test_a_restored_case_goes_on_to_its_end_and_new_rows_are_numbered_on(
    lived: Play, restore: Callable[..., Engine]
) -> None:
    there = Play(restore())
    there.now = lived.now

    there.complete("B")
    second = there.open()

    assert there.state("S-2026-00001") == "completed"
    assert second == "S-2026-00002"
    assert not list(_breaks(there))


def test_a_restored_ledger_goes_on_and_the_time_between_counts_as_it_would_have(
    lived: Play, restore: Callable[..., Engine]
) -> None:
    there = Play(restore())
    there.now = lived.now + timedelta(hours=2)
    (pause,) = there.rows(tables.pause)

    there.engine.perform(end_pause, pause["id"], officer="sri", at=there.now)

    case, step = sorted(there.rows(tables.clock), key=lambda row: str(row["kind"]))
    assert case["due_at"] == MORNING + timedelta(days=3, hours=8) + timedelta(hours=15, minutes=30) + timedelta(hours=2)
    assert (case["state"], step["state"]) == ("running", "ended")
    assert not list(_breaks(there))


def test_a_timer_that_was_due_meanwhile_fires_once_and_one_that_had_fired_never_again(
    lived: Play, empty: Database, tmp_path: Path
) -> None:
    later = lived.now + timedelta(hours=4)
    Worker(lived.engine, clock=lambda: later).work_once()
    write_backup(lived.engine.database, tmp_path / "dua.lajur", keys=RING, passphrase=PASSPHRASE, also=ALSO, at=later)
    read_backup(empty, tmp_path / "dua.lajur", passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")
    there = Play(Engine(empty, [Machine()], KEYS))

    done = Worker(there.engine, clock=lambda: later + timedelta(days=1)).work_once()

    assert done == 0
    assert [each.element for each in there.items()] == ["B", "C"]


def test_what_had_been_sent_is_not_sent_again_and_what_was_pending_is_sent_once(
    play: Play, empty: Database, tmp_path: Path
) -> None:
    play.publish("start -> throw told (message arrived) -> user A -> end")
    play.open()
    Worker(play.engine, clock=lambda: play.now).work_once()
    play.open()
    write_backup(play.engine.database, tmp_path / "t", keys=RING, passphrase=PASSPHRASE, also=ALSO, at=play.now)
    read_backup(empty, tmp_path / "t", passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")
    there = Play(Engine(empty, [Machine()], KEYS))

    for _ in range(2):
        Worker(there.engine, clock=lambda: play.now + timedelta(days=1)).work_once()

    sent = [row["case_id"] for row in there.rows(tables.audit) if row["kind"] == "message.sent"]
    assert sent == [1, 2]
    assert [row["state"] for row in there.rows(tables.announcement)] == ["done", "done"]


def test_a_mail_that_was_sent_is_not_sent_again_and_one_that_waits_is_sent_once_under_its_key(
    play: Play, empty: Database, tmp_path: Path
) -> None:
    play.publish("start -> user A -> end")
    with_address(play, "wayan")
    more: dict[str, Any] = {"to_office": "NTB", "reason": "Lebih dekat", "until": play.now + timedelta(days=2)}
    for _ in range(2):
        play.engine.perform(offer_handover, play.open(), **more, officer="sri", at=play.now)
    assert Sending(play.engine, first := Outbox(most=1)).work(play.now) == 2
    write_backup(play.engine.database, tmp_path / "t", keys=RING, passphrase=PASSPHRASE, also=ALSO, at=play.now)
    read_backup(empty, tmp_path / "t", passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")
    there, kept = Engine(empty, [Machine()], KEYS), Outbox()

    for _ in range(2):
        Sending(there, kept).work(play.now + timedelta(days=1))

    assert [each.number for each in first.sent] == [1]
    assert [each.number for each in kept.sent] == [2]
    assert kept.sent[0].key == play.rows(tables.dispatch)[1]["key"]


def test_the_person_can_be_read_with_the_keys_only(restore: Callable[..., Engine], tmp_path: Path) -> None:
    engine = restore()

    with engine.begin(at=MORNING) as work:
        assert work.subjects.read(1).fields["nama"] == "Contoh Sembilan"
    assert (tmp_path / "new" / "keys.json").read_bytes() == RING


def test_nothing_personal_and_no_key_is_readable_in_the_file(saved: Path) -> None:
    with ZipFile(saved) as archive:
        inside = b"".join(archive.read(each) for each in archive.namelist())

    assert b"Contoh Sembilan" not in inside
    assert b"9900000000000009" not in inside
    assert b'"version": 1' not in inside
    assert saved.stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_restores_nothing(restore: Callable[..., Engine], empty: Database, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        restore("salah")

    restore()

    assert (tmp_path / "new" / "keys.json").exists()
    assert empty.where


def test_a_changed_row_restores_nothing(saved: Path, empty: Database, tmp_path: Path) -> None:
    changed = tmp_path / "changed.lajur"
    with ZipFile(saved) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"work_item.completed"', b'"work_item.forgotten"'))

    with pytest.raises(NotABackup, match="audit"):
        read_backup(empty, changed, passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")

    assert not (tmp_path / "keys.json").exists()
    with empty.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 0


def test_a_database_in_use_is_never_restored_over(lived: Play, saved: Path, tmp_path: Path) -> None:
    with pytest.raises(NotEmpty):
        read_backup(lived.engine.database, saved, passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")

    lived.complete("B")


def test_a_table_that_nobody_knows_stops_the_backup(lived: Play, tmp_path: Path) -> None:
    with lived.engine.database.writing() as connection:
        connection.execute(text("CREATE TABLE stranger (id INTEGER PRIMARY KEY)"))

    with pytest.raises(TableUnknown, match="stranger"):
        write_backup(lived.engine.database, tmp_path / "x", keys=RING, passphrase=PASSPHRASE, also=ALSO, at=MORNING)

    assert not list(tmp_path.glob("x*"))


def test_a_backup_is_never_written_over_and_never_without_a_passphrase(lived: Play, saved: Path) -> None:
    with pytest.raises(FileExistsError):
        write_backup(lived.engine.database, saved, keys=RING, passphrase=PASSPHRASE, also=ALSO, at=MORNING)
    with pytest.raises(NotValid):
        write_backup(lived.engine.database, saved.with_name("b"), keys=RING, passphrase="", also=ALSO, at=MORNING)


def test_what_is_no_backup_is_said_to_be_none(empty: Database, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("bukan arsip")
    with ZipFile(tmp_path / "b", "w") as other:
        other.writestr("manifest.json", json.dumps({"format": 9}))

    for name in "ab":
        with pytest.raises(NotABackup):
            read_backup(empty, tmp_path / name, passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")


def test_a_backup_of_an_earlier_shape_is_brought_up_to_date(
    lived: Play, saved: Path, tmp_path: Path, empty: Database
) -> None:
    old = _as_of_the_first_shape(saved, tmp_path)

    read_backup(empty, old, passphrase=PASSPHRASE, also=ALSO, keys_to=tmp_path / "keys.json")

    there = Play(Engine(empty, [Machine()], KEYS))
    there.engine.check()
    there.now = lived.now
    there.complete("B")
    assert there.state("S-2026-00001") == "completed"
    with empty.reading() as connection:
        assert "Hari Contoh" in connection.execute(text("SELECT content FROM calendar_edition")).scalar_one()


def _as_of_the_first_shape(saved: Path, tmp_path: Path) -> Path:
    """The backup that a program of the first shape would have made: without what has been added since."""
    first = Database(f"sqlite:///{tmp_path / 'first.db'}", create=True)
    migrate(first, "0001")
    with first.reading() as connection:
        known = {
            name: {each["name"] for each in inspect(connection).get_columns(name)}
            for name in inspect(connection).get_table_names()
        }
    first.close()
    old = tmp_path / "old.lajur"
    with ZipFile(saved) as archive, ZipFile(old, "w") as new:
        manifest = json.loads(archive.read("manifest.json")) | {"shape": "0001"}
        manifest["rows"] = {name: rows for name, rows in manifest["rows"].items() if name in known}
        for name in manifest["rows"]:
            rows = map(json.loads, archive.read(f"tables/{name}.jsonl").splitlines())
            more = {"pattern": "{}"} if name == "office" else {}  # the week stood there before there were editions
            lines = [json.dumps({c: v for c, v in row.items() if c in known[name]} | more) + "\n" for row in rows]
            new.writestr(f"tables/{name}.jsonl", "".join(lines))
            manifest["sums"][name] = hashlib.sha256("".join(lines).encode()).hexdigest()
        off = {"day": "2026-08-17", "office": "", "kind": "public", "title": "Hari Contoh", "basis": "Contoh"}
        new.writestr("tables/calendar_day.jsonl", line := json.dumps(off) + "\n")
        manifest["rows"]["calendar_day"], manifest["sums"]["calendar_day"] = (
            1,
            hashlib.sha256(line.encode()).hexdigest(),
        )
        new.writestr("keys.json", archive.read("keys.json"))
        new.writestr("manifest.json", json.dumps(manifest))
    return old


def _breaks(play: Play) -> list[object]:
    with play.engine.database.reading() as connection:
        return list(verify_audit(connection))
