"""The time of one case through everything that happens to a house in some days, each date as an official would count it.

The office works from 07:30 to 16:00 with an hour's rest at noon. Semarang is an hour behind Mataram.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from engine import (
    Database,
    Engine,
    accept_handover,
    change_calendar,
    end_pause,
    offer_handover,
    pause_clocks,
    read_backup,
    resume_case,
    suspend_case,
    verify_audit,
    write_backup,
)
from engine.domain.calendar import CalendarDay, DayKind
from engine.domain.calendar_book import CalendarBook
from engine.domain.release import Allowance, Clock, Timing
from engine.machine import Machine
from engine.queries.clocks import why_of_clock
from engine.storage import tables
from engine.worker import Worker
from sop_catalog.storage import metadata
from tests.small_office import KEYS, Play

DRAWING = "start -> user A -> user B -> end"
ELEVEN_HOURS = {"allowance": Allowance(11, Clock.WORKING_HOURS)}
LEAVE = CalendarBook(days=(CalendarDay(date(2026, 5, 6), DayKind.JOINT_LEAVE, "Cuti bersama contoh"),))
SEMARANG, MATARAM = timezone(timedelta(hours=7)), timezone(timedelta(hours=8))


def semarang(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=SEMARANG).astimezone(UTC)


def mataram(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=MATARAM).astimezone(UTC)


@dataclass
class House:
    """A house in which one case runs, that can be stopped, started anew and moved to another machine."""

    play: Play
    start: Callable[[], Engine]
    empty: Database
    folder: Path
    number: str = ""
    said: dict[str, Any] = field(default_factory=dict)

    def do(self, command: Callable[..., Any], *words: Any, at: datetime, by: str = "sri", **more: Any) -> Any:
        self.play.now = at
        return self.play.engine.perform(command, *words, officer=by, at=at, **more)

    def due(self, number: str = "") -> Mapping[str, datetime | None]:
        """When the case and its open step are due; each told in the last words of its reasons too."""
        (case,) = [row["id"] for row in self.play.rows(tables.case) if row["number"] == (number or self.number)]
        rows = [row for row in self.play.rows(tables.clock) if row["case_id"] == case and row["ended_at"] is None]
        for row in rows:
            with self.play.engine.reading(at=self.play.now) as reader:
                one, why = why_of_clock(reader, self.play.engine.officer("sri", at=self.play.now), row["id"])
            told = [each.facts["moment"] for each in why if each.message == "It is due on {moment}."]
            assert told == ([one.due_at] if one.due_at else [])
        return {str(row["kind"]): row["due_at"] for row in rows}

    def work(self, at: datetime) -> None:
        """Let the worker come once, and once more for nothing."""
        for _ in range(2):
            Worker(self.play.engine, lambda: at).work_once()

    def restart(self) -> None:
        self.play.engine.close()
        self.play.engine = self.start()

    def move(self) -> None:
        """Onto another machine, with another database, out of a backup."""
        said: dict[str, Any] = {"passphrase": "kuda bukit tujuh", "also": (metadata,)}
        path = self.folder / "satu.lajur"
        write_backup(self.play.engine.database, path, keys=b"{}", at=self.play.now, **said)
        self.play.engine.close()
        read_backup(self.empty, path, keys_to=self.folder / "new" / "keys.json", **said)
        self.play.engine = Engine(self.empty, [Machine()], KEYS)


@pytest.fixture
def house(play: Play, new_engine: Callable[[], Engine], empty: Database, tmp_path: Path) -> House:
    """A case of five working days is opened on Monday at eight, its first step has eleven working hours."""
    play.publish(DRAWING, timings=promised(5), A=ELEVEN_HOURS, B={"allowance": Allowance(1, Clock.WORKING_DAYS)})
    return House(play, new_engine, empty, tmp_path, number=play.open())


def promised(days: int) -> dict[str, Timing]:
    return {"main": Timing(promised=Allowance(days, Clock.WORKING_DAYS))}


def test_the_time_of_a_case_survives_whatever_happens_to_the_house(house: House) -> None:
    assert house.due() == {"case": semarang(11, 16), "step": semarang(5, 11, 30)}

    # another edition of the procedure, with shorter times, is for cases to come
    house.play.now = semarang(4, 9)
    house.play.publish(DRAWING, timings=promised(1), A={"allowance": Allowance(1, Clock.WORKING_HOURS)})
    assert house.due() == {"case": semarang(11, 16), "step": semarang(5, 11, 30)}
    assert house.due(house.play.open()) == {"case": semarang(5, 16), "step": semarang(4, 10)}

    # it rests from ten to two, three hours of work
    house.do(suspend_case, house.number, reason="Menunggu keluarga", at=semarang(4, 10), by="tini")
    assert house.due() == {"case": None, "step": None}
    house.restart()
    house.do(resume_case, house.number, reason="Keluarga datang", at=semarang(4, 14), by="tini")
    assert house.due() == {"case": semarang(12, 10, 30), "step": semarang(5, 15, 30)}

    # it goes to Mataram, where Tuesday's work ends an hour earlier: half an hour is left for the morning
    offered = house.do(
        offer_handover, house.number, to_office="NTB", reason="Dekat keluarga", until=semarang(8, 9), at=semarang(5, 8)
    )
    house.do(accept_handover, offered.number, at=semarang(5, 9), by="wayan")
    assert house.due() == {"case": mataram(12, 10, 30), "step": mataram(6, 8)}

    # Wednesday becomes a day off; the program stops before the worker has come, and counts on when it is back
    house.play.engine.perform(change_calendar, LEAVE, decree="SKB 9/2026", note="contoh", at=semarang(5, 11))
    assert house.due() == {"case": mataram(12, 10, 30), "step": mataram(6, 8)}
    house.restart()
    house.work(semarang(5, 11, 5))
    assert house.due() == {"case": mataram(13, 10, 30), "step": mataram(7, 8)}

    # the promise stands still from Tuesday at one until Thursday at nine, four and a half hours of work, over a move
    case = next(row["id"] for row in house.play.rows(tables.clock) if row["kind"] == "case")
    house.do(
        pause_clocks,
        house.number,
        reason="applicant",
        text="Menunggu paspor",
        clocks=[case],
        at=mataram(5, 13),
        by="wayan",
    )
    rungs = house.play.rows(tables.escalation)
    house.move()
    assert house.due() == {"case": None, "step": mataram(7, 8)}
    assert house.play.rows(tables.escalation) == rungs
    (pause,) = [row["id"] for row in house.play.rows(tables.pause) if row["ends_at"] is None]
    house.work(mataram(7, 8, 30))
    house.do(end_pause, pause, at=mataram(7, 9), by="wayan")
    assert house.due() == {"case": mataram(13, 16), "step": mataram(7, 8)}

    # the step is done late, the next begins by the edition that the case began by, and the promise is kept
    house.play.now = mataram(7, 9, 30)
    (item,) = [each for each in house.play.items() if each.office == "NTB"]
    house.play.complete_number(item, "wayan")
    assert house.due() == {"case": mataram(13, 16), "step": mataram(8, 16, 30)}
    house.play.now = mataram(8, 10)
    house.play.complete("B", "wayan")
    assert house.play.state(house.number) == "completed"
    house.work(mataram(29, 8))
    ours = {row["id"] for row in house.play.rows(tables.clock) if row["case_id"] == 1}
    climbed = [(row["clock_id"], row["rung"]) for row in house.play.rows(tables.escalation) if row["clock_id"] in ours]
    assert len(climbed) == len(set(climbed))
    with house.play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []
