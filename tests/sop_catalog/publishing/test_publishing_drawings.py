"""From a file to a release in force: by an owner, and at start out of the folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from engine import Engine, NotValid, NotYours, Refusal, new_key_ring, revoke_release
from engine.domain.release import DEFAULT_LADDER, Allowance, Clock, Duty, LegalBasis, Performer, Release, Rung, RungAct
from engine.machine import Machine
from engine.notation import write
from engine.process import Interpreter
from engine.queries import catalogue, release_page
from engine.spiff import Spiff
from engine.storage import tables
from engine.storage.releases import Releases
from sop_catalog.publishing import (
    HandedIn,
    approve,
    check_paths,
    hand_in,
    hand_in_and_submit,
    load_folder,
    releasing,
    revoke_edition,
    today,
)
from sop_catalog.publishing.releasing import NotThatEdition
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml
from sop_catalog.storage import DraftRow, Drafts, DraftState
from sop_catalog.storage.drafts import OwnDraft
from tests.sop_catalog.publishing.owners import enact, make_owners

AT = datetime(2026, 5, 4, 1, tzinfo=UTC)
SHEET = """
area = "C3"
owner = "BP3MI"
nature = "administratif"
scope = "parsial"
generality = "spesifik"
promised = "2 working-days"
legal = ["UU 18/2017 | Pasal 8"]
qualification = ["Teliti"]
equipment = ["SISPOPMI"]
warning = ["Layanan tertunda."]
records = ["Elektronik"]
[[lane]]
post = "pengelola-kasus"
"""
STEP = """
[[step]]
id = "periksa"
lane = "pengelola-kasus"
name = "{name}"
do = "Periksa."
time = "1 working-hours"
needs = ["Berkas"]
output = "Berkas terperiksa"
"""
CALL = """
[[step]]
id = "panggil"
kind = "call"
lane = "pengelola-kasus"
calls = "c3-m05-91"
name = "Pemeriksaan"
"""


def drawn(code: str, kind: str, steps: str) -> bytes:
    return write(draw(read_toml(f'code = "{code}"\ntitle = "Percobaan {code}"\nkind = "{kind}"\n{SHEET}{steps}')))


def micro(name: str = "Memeriksa berkas") -> bytes:
    return drawn("c3-m05-91", "mikro", STEP.format(name=name))


MACRO = drawn("c3-m05", "makro", CALL)

TIMES = """
[[duty]]
code = "jawaban"
title = "Menjawab permohonan"
time = "72 running-hours"
time_basis = "paling lambat 3 x 24 jam"
begins = "periksa"
most = "3 working-days"
times = 1
legal = ["UU 27/2022 | Pasal 32"]
[[rung]]
at = "50 %"
do = "remind"
[[rung]]
after = "2 working-days"
do = "incident"
"""
DUTY = Duty(
    "jawaban",
    "Menjawab permohonan",
    Allowance(72, Clock.RUNNING_HOURS, "paling lambat 3 x 24 jam"),
    begins="periksa",
    most=Allowance(3, Clock.WORKING_DAYS),
    times=1,
    legal=(LegalBasis("UU 27/2022", "Pasal 32"),),
)
STAYS = 'stage = "Diperiksa"\nstage_time = "4 working-days"\n'
TIMED = drawn("c3-m05-91", "mikro", STEP.format(name="Memeriksa berkas") + STAYS + TIMES)


def in_force(engine: Engine, code: str) -> Release:
    with engine.reading(at=AT) as reader:
        return release_page(reader, code).release


def codes(engine: Engine) -> list[str]:
    with engine.reading(at=AT) as reader:
        return [each.code for each in catalogue(reader)]


@pytest.fixture(autouse=True)
def owners(engine: Engine) -> None:
    """Hana and Tini may publish."""
    make_owners(engine, "hana", "tini")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one macro and its micro."""
    home = tmp_path / "bpmn" / "core" / "c3" / "m05"
    home.mkdir(parents=True)
    (tmp_path / "bpmn" / "maps").mkdir()
    (home / "c3-m05-percobaan.bpmn").write_bytes(MACRO)
    (home / "c3-m05-91-percobaan.bpmn").write_bytes(micro())
    return tmp_path / "bpmn"


def drafts(engine: Engine) -> tuple[DraftRow, ...]:
    with engine.reading(at=AT) as reader:
        return Drafts(reader.connection).listed()


def handed(engine: Engine, text: bytes, *more: Interpreter, **given: Any) -> HandedIn:
    """Sent in by Hana, and submitted where nothing stands against it."""
    all_given: dict[str, Any] = {"officer": "hana", "at": AT, "on": today(AT), **given}
    return hand_in_and_submit(engine, text, interpreters=[Machine(), *more], **all_given)


def approved(engine: Engine, number: int, by: str = "tini") -> bool:
    given: dict[str, Any] = {"at": AT, "interpreters": [Machine()], "seen": 2, "note": "Setuju."}
    return approve(engine, number, officer=by, **given).receipt is not None


def sent(engine: Engine, text: bytes) -> bool:
    """The whole way into force: sent in by Hana, approved by Tini."""
    number = handed(engine, text).draft
    return number is not None and approved(engine, number)


def test_an_accepted_file_is_in_force_with_what_its_sheet_says(engine: Engine) -> None:
    sound = handed(engine, micro(), Spiff())
    assert approved(engine, sound.draft or 0)

    release = in_force(engine, "c3-m05-91")
    step = release.activities["c3-m05-91", "periksa"]
    assert [str(each) for each in sound.verdict.findings] == []
    assert (release.published_by, release.facts["promised"]) == ("hana", "2 working-days")
    assert (step.performer, step.output) == (Performer("pengelola-kasus"), "Berkas terperiksa")


def test_a_release_holds_what_each_of_its_processes_says_of_time(engine: Engine) -> None:
    assert sent(engine, micro())
    assert sent(engine, MACRO)
    assert sent(engine, TIMED)  # and by it the macro anew

    release = in_force(engine, "c3-m05")
    assert release.promised == dict.fromkeys(("c3-m05", "c3-m05-91"), Allowance(2, Clock.WORKING_DAYS))
    assert release.duties == {"c3-m05-91": (DUTY,)}
    assert release.stages == {"Diperiksa": Allowance(4, Clock.WORKING_DAYS)}
    assert [each.act for each in release.ladder("c3-m05-91")] == [RungAct.REMIND, RungAct.INCIDENT]
    assert release.ladder("c3-m05") == DEFAULT_LADDER


def test_what_is_called_climbs_the_ladder_of_the_procedure_unless_it_has_its_own(engine: Engine) -> None:
    ladder = '[[rung]]\nat = "90 %"\ndo = "hand-over"\n'
    assert sent(engine, micro())
    assert sent(engine, drawn("c3-m05", "makro", CALL + ladder))

    release = in_force(engine, "c3-m05")

    assert release.ladder("c3-m05-91") == (Rung(0.9, None, RungAct.HAND_OVER),)


def test_an_edition_stored_before_times_were_kept_still_says_its_promise(engine: Engine, folder: Path) -> None:
    load_folder(engine, folder, at=AT)
    number = in_force(engine, "c3-m05").number or 0
    with engine.begin(at=AT) as work:
        work.connection.execute(update(tables.release).values(facts={"promised": "2 working-days"}))
        release = Releases(work.connection, {}).get(number)

    assert release.promised == {"c3-m05": Allowance(2, Clock.WORKING_DAYS)}
    assert (release.duties, release.stages, release.facts) == ({}, {}, {"promised": "2 working-days"})


def test_what_is_shipped_is_published_anew_where_its_times_were_not_kept(engine: Engine, folder: Path) -> None:
    load_folder(engine, folder, at=AT)
    with engine.begin(at=AT) as work:
        work.connection.execute(update(tables.release).values(facts={"promised": "2 working-days"}))
    upgraded = Engine(engine.database, [Machine()], new_key_ring())

    again = load_folder(upgraded, folder, at=AT)

    assert again.published == ["c3-m05"]
    assert in_force(upgraded, "c3-m05").promised.keys() == {"c3-m05", "c3-m05-91"}


def test_a_file_that_was_sent_in_is_submitted_and_not_in_force(engine: Engine) -> None:
    sound = handed(engine, micro())

    (row,) = drafts(engine)
    assert (row.number, row.state, row.author) == (sound.draft, DraftState.SUBMITTED, "hana")
    assert codes(engine) == []


def test_nobody_approves_what_they_have_sent_in(engine: Engine) -> None:
    number = handed(engine, micro()).draft or 0

    with pytest.raises(OwnDraft):
        approved(engine, number, by="hana")

    assert codes(engine) == []


def test_a_refused_file_is_a_draft_to_be_mended_and_nothing_is_submitted(engine: Engine) -> None:
    refused = handed(engine, MACRO)

    (row,) = drafts(engine)
    assert not refused.verdict.accepted
    assert (row.number, row.state) == (refused.draft, DraftState.DRAFT)
    assert codes(engine) == []


def test_a_file_that_is_uploaded_is_a_draft_that_nobody_has_submitted(engine: Engine) -> None:
    hand_in(engine, micro(), officer="hana", at=AT, interpreters=[Machine()])

    assert [each.state for each in drafts(engine)] == [DraftState.DRAFT]


def test_a_day_that_has_passed_begins_no_draft(engine: Engine) -> None:
    with pytest.raises(NotValid):
        handed(engine, micro(), on=today(AT) - timedelta(days=1))

    assert drafts(engine) == ()


@pytest.mark.parametrize("text", [b"", b"no xml", b"<a/>", b"\xff\xfe\x00"])
def test_what_is_no_drawing_is_refused_with_a_finding(engine: Engine, text: bytes) -> None:
    refused = handed(engine, text)

    assert refused.draft is None
    assert refused.verdict.findings
    assert drafts(engine) == ()


def test_whoever_holds_no_post_that_publishes_is_refused_under_the_lock(engine: Engine) -> None:
    with pytest.raises(NotYours, match="pemilik-proses"):
        handed(engine, micro(), officer="sri")

    assert drafts(engine) == ()


def test_a_caller_is_judged_anew_where_what_it_calls_came_into_force_meanwhile(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    enact(engine, micro(), at=AT)
    number = handed(engine, MACRO).draft or 0
    judged = releasing.build_release
    others = [micro("Meneliti berkas")]

    def overtaken(*args: Any, **more: Any) -> Release:
        if others:
            enact(engine, others.pop(), at=AT)
        return judged(*args, **more)

    monkeypatch.setattr(releasing, "build_release", overtaken)

    assert approved(engine, number)

    assert in_force(engine, "c3-m05").activities["c3-m05-91", "periksa"].name == "Meneliti berkas"


def test_publishing_a_micro_releases_its_callers_anew(engine: Engine) -> None:
    assert sent(engine, micro())
    assert sent(engine, MACRO)

    assert sent(engine, micro("Meneliti berkas"))

    macro = in_force(engine, "c3-m05")
    assert macro.edition == 2
    assert macro.activities["c3-m05-91", "periksa"].name == "Meneliti berkas"


def test_the_same_file_again_makes_no_new_edition(engine: Engine) -> None:
    assert sent(engine, micro())

    assert sent(engine, micro())

    assert in_force(engine, "c3-m05-91").edition == 1


def test_a_folder_is_loaded_once(engine: Engine, folder: Path) -> None:
    first = load_folder(engine, folder, at=AT)
    second = load_folder(engine, folder, at=AT)

    assert first.published == ["c3-m05-91", "c3-m05"]
    assert (second.published, second.unchanged, second.refused) == ([], 2, [])


def test_a_file_that_changed_is_loaded_with_its_callers(engine: Engine, folder: Path) -> None:
    load_folder(engine, folder, at=AT)
    next(folder.rglob("c3-m05-91-*")).write_bytes(micro("Meneliti berkas"))

    again = load_folder(engine, folder, at=AT)

    assert "c3-m05-91" in again.published
    assert in_force(engine, "c3-m05").activities["c3-m05-91", "periksa"].name == "Meneliti berkas"


def test_an_owners_edition_is_kept_and_the_difference_told(engine: Engine, folder: Path) -> None:
    load_folder(engine, folder, at=AT)
    assert sent(engine, micro("Meneliti berkas"))

    again = load_folder(engine, folder, at=AT)

    assert (again.kept, again.published) == (["c3-m05-91"], [])
    assert in_force(engine, "c3-m05").activities["c3-m05-91", "periksa"].name == "Meneliti berkas"


def test_what_was_revoked_stays_revoked(engine: Engine, folder: Path) -> None:
    load_folder(engine, folder, at=AT)
    engine.perform(revoke_release, "c3-m05", reason="Diganti", officer="hana", at=AT)

    again = load_folder(engine, folder, at=AT)

    assert again.published == []
    assert "c3-m05" not in codes(engine)


def test_a_bad_file_in_the_folder_is_told_and_the_others_are_loaded(engine: Engine, folder: Path) -> None:
    (folder / "maps" / "broken.bpmn").write_bytes(b"<a/>")

    loaded = load_folder(engine, folder, at=AT)

    assert [Path(each.place).name for each in loaded.refused] == ["broken.bpmn"]
    assert loaded.published == ["c3-m05-91", "c3-m05"]


def test_a_macro_is_checked_with_the_micros_beside_it(folder: Path) -> None:
    verdict = check_paths([next(folder.rglob("c3-m05-percobaan.bpmn"))])[0]

    assert verdict.accepted


def test_a_map_is_checked_with_the_macros_of_its_folder(folder: Path) -> None:
    whole = drawn("p-c3-91", "map", CALL.replace("c3-m05-91", "c3-m05"))
    (folder / "maps" / "p-c3-91-peta.bpmn").write_bytes(whole)

    verdict = check_paths([folder / "maps" / "p-c3-91-peta.bpmn"])[0]

    assert [str(each) for each in verdict.findings] == []


def test_a_verdict_has_the_shape_that_was_promised(folder: Path) -> None:
    lone = folder.parent / "c3-m05-lone.bpmn"
    lone.write_bytes(MACRO)

    told = check_paths([lone])[0].as_json()

    assert (told["file"], told["verdict"]) == (str(lone), "refused")
    assert set(told["findings"][0]) == {"rule", "severity", "element", "line", "message"}
    assert told["findings"][0]["rule"] == "calls-resolve"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    verdict = check_paths([tmp_path / "nothing.bpmn"])[0]

    assert [each.rule for each in verdict.findings] == ["not-there"]


def test_the_same_file_sent_again_under_its_key_begins_one_draft(engine: Engine) -> None:
    first = handed(engine, micro(), key="k")

    again = handed(engine, micro(), at=AT + timedelta(seconds=5), key="k")

    assert first.draft is not None
    assert again.draft == first.draft
    assert [each.state for each in drafts(engine)] == [DraftState.SUBMITTED]


def test_one_owner_revokes_and_it_takes_two_to_put_it_in_force_again(engine: Engine) -> None:
    enact(engine, micro(), at=AT)

    engine.perform(revoke_edition, "c3-m05-91", edition=1, reason="Dasar hukumnya dicabut", officer="hana", at=AT)

    assert codes(engine) == []
    assert sent(engine, micro())
    assert in_force(engine, "c3-m05-91").edition == 2


@pytest.mark.parametrize(
    ("edition", "reason", "officer", "refusal"),
    [(1, "Usang", "hana", NotThatEdition), (2, " ", "hana", NotValid), (2, "Usang", "sri", NotYours)],
)
def test_revoking_is_refused_for_an_edition_that_was_not_looked_at_without_a_reason_and_to_others(
    engine: Engine, edition: int, reason: str, officer: str, refusal: type[Refusal]
) -> None:
    enact(engine, micro(), at=AT)
    enact(engine, micro("Meneliti berkas"), at=AT)

    with pytest.raises(refusal):
        engine.perform(revoke_edition, "c3-m05-91", edition=edition, reason=reason, officer=officer, at=AT)

    assert codes(engine) == ["c3-m05-91"]
