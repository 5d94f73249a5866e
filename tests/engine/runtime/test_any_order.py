"""Whatever officers do, in whatever order, the program ending between any two steps: nothing lost, doubled or left open."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine import (
    Engine,
    Receipt,
    Refusal,
    claim_work_item,
    complete_work_item,
    decide_disposition,
    pass_time,
    receive_message,
    release_work_item,
    verify_audit,
)
from engine.course import Overtaken
from engine.domain.release import Allowance, Clock, Duty, Field, FieldKind, Performer, Timing, Whose
from engine.errors import Unavailable
from engine.runtime import Unexpected
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import OFFICERS, Play, outcomes

HOME = """
    start -> user Ticket -> and f -> user Travel -> and j -> user Report -> end
    f -> service Notice -> j
    boundary late (on Travel; timer PT3H; beside) -> user Remind -> end reminded
"""
MAP = """
    start -> user Note -> xor x
    x -[outcome = "again"]-> Note
    x -[outcome = "stop"]-> end stopped
    x -[*]-> user Decide -> catch closed (message dispositions_closed) -> user Close -> end
"""
ASK = """
    start -> events e
    e -> catch reply (message answer) -> user Read -> end
    e -> catch enough (timer PT5H) -> user Give_up -> end over
"""
EACH = """
    start -> user List -> user Visit (each person in persons) -> end
    boundary toolate (on List; timer PT4H) -> end expired
"""
CALLS = """
    start -> user Plan -> and f -> call One (calls visit) -> and j -> user Sum -> end
    f -> call Two (calls visit) -> xor k -> j
    boundary enough (on Two; timer PT9H) -> k
    process visit {
        start -> user Go -> user Tell -> end
    }
"""
CODES = ("main", "ask", "visits", "calls")
HOURS, DAYS = Allowance(4, Clock.WORKING_HOURS), Allowance(3, Clock.WORKING_DAYS)
STEP: dict[str, Any] = {"allowance": HOURS}
PLAN = Duty("plan", "Rencana", DAYS, "Plan", "Plan")
"""Owed for just as long as there is something to be planned."""
WHOLE = Duty("whole", "Seluruhnya", DAYS)
TIMINGS = {
    "home": {"home": Timing(DAYS, (WHOLE,))},
    "main": {"main": Timing(DAYS)},
    "calls": {"calls": Timing(DAYS, (PLAN,)), "visit": Timing(HOURS, (WHOLE,))},
}
KINDS = {
    "claim_work_item": "work_item.claimed",
    "release_work_item": "work_item.released",
    "complete_work_item": "work_item.completed",
    "decide_disposition": "disposition.decided",
}


def publish_all(play: Play) -> None:
    note: dict[str, Any] = {
        "form": (Field("age", "Umur", FieldKind.NUMBER),),
        "outcomes": outcomes("on", "again", "stop"),
    }
    report = {"performer": Performer("ketua", Whose.CASE)}
    play.publish(HOME, code="home", timings=TIMINGS["home"], Report=report, Travel=STEP, Remind=STEP)
    close = {"performer": Performer("petugas", Whose.HEAD), "stage": "Akhir", "stage_allowance": DAYS}
    decide = {"act": "decide_disposition", "stage": "Tengah"}
    note |= {"stage": "Awal", "stage_allowance": HOURS}
    play.publish(MAP, timings=TIMINGS["main"], Note=note | STEP, Decide=decide | STEP, Close=close)
    play.publish(CALLS, code="calls", timings=TIMINGS["calls"], Go=STEP, Sum=STEP)
    play.publish(ASK, code="ask")
    play.publish(EACH, code="visits", List={"form": (Field("persons", "Nama", FieldKind.LIST, required=True),)})


class Chaos:
    """Officers who do anything at all, and a ledger of what they were told."""

    def __init__(self, new_engine: Callable[[], Engine], seed: int) -> None:
        self.new_engine = new_engine
        self.dice = random.Random(seed)  # noqa: S311 - a play that can be repeated, not a secret
        self.play = Play(new_engine())
        self.told: Counter[str] = Counter()
        self.refused = 0
        self.traces: list[Refusal] = []

    def restart(self) -> None:
        self.play.engine.close()
        self.play.engine = self.new_engine()

    def do(self, command: Callable[..., Receipt], *args: Any, officer: str | None = None, **more: Any) -> None:
        """Give a command. A refusal must not have changed anything."""
        before = self.state()
        try:
            self.play.engine.perform(command, *args, officer=officer, at=self.play.now, **more)
        except (Unavailable, Unexpected):
            raise
        except Refusal as refusal:
            self.refused += 1
            if not isinstance(refusal, Overtaken):
                self.traces += [refusal] if self.state() != before else []
        else:
            self.told[command.__name__] += 1

    def state(self) -> list[Any]:
        return [
            self.play.rows(table)
            for table in (tables.case, tables.work_item, tables.fact, tables.timer, tables.audit_head)
        ]

    def something(self) -> None:
        """One thing that somebody might do."""
        self.play.now += timedelta(minutes=self.dice.choice([1, 5, 90]))
        if self.dice.random() < 0.4:
            self.restart()
        move = self.dice.choice([self.work, self.work, self.work, self.time, self.message, self.decide])
        move(self.dice.choice([*OFFICERS]))

    def work(self, officer: str) -> None:
        rows = self.play.rows(tables.work_item)
        if not rows:
            return
        open_rows = [row for row in rows if row["state"] in ("ready", "reserved")]
        row = self.dice.choice(open_rows if open_rows and self.dice.random() < 0.9 else rows)
        seen = row["version"] - (self.dice.random() < 0.1)
        command = self.dice.choice([claim_work_item, release_work_item, complete_work_item, complete_work_item])
        more = self.answers(row["element"]) if command is complete_work_item else {}
        self.do(command, row["id"], officer=officer, seen=seen, **more)

    def answers(self, element: str) -> dict[str, Any]:
        if element == "Note":
            return {
                "outcome": self.dice.choice(["on", "on", "again", "stop", "fly"]),
                "facts": {"age": self.dice.randrange(99)},
            }
        if element == "List":
            return {"facts": self.dice.choice([{"persons": ["a", "b", "c"]}, {"persons": []}, {"colour": "red"}])}
        return {}

    def time(self, _: str) -> None:
        if self.dice.random() < 0.5:
            self.do(pass_time, case=self.dice.randrange(1, 6))
        else:
            Worker(self.play.engine, lambda: self.play.now).work_once()

    def message(self, officer: str) -> None:
        number = f"S-2026-{self.dice.randrange(1, 6):05}"
        self.do(receive_message, "answer", keys={"case": number}, officer=officer)

    def decide(self, officer: str) -> None:
        number = f"S-2026-{self.dice.randrange(1, 6):05}"
        self.do(decide_disposition, number, kind="pulang", ground="Keluarga menunggu", officer=officer)

    def finish(self) -> None:
        """Let able officers bring every case to an end."""
        for _ in range(400):
            self.play.now += timedelta(hours=6)
            Worker(self.play.engine, lambda: self.play.now).work_once()
            items = self.play.items()
            if not items:
                return
            for item in items[:1]:
                self.bring_on(item)
        raise AssertionError("the cases do not come to an end")

    def bring_on(self, item: Any) -> None:
        officer = (
            {"JATENG": "sri", "NTB": "wayan", "PUSAT": "hana"}[item.office] if item.post in ("petugas", "") else "tini"
        )
        if item.officer is not None:
            officer = [*OFFICERS][item.officer - 1]
        if item.element == "Decide":
            number = next(row["number"] for row in self.play.rows(tables.case) if row["id"] == item.case)
            self.do(decide_disposition, number, kind="pulang", ground="Keluarga menunggu", officer=officer)
        said: dict[str, dict[str, Any]] = {"Note": {"outcome": "on"}, "List": {"facts": {"persons": ["a"]}}}
        answers = said.get(item.element, {})
        self.do(complete_work_item, item.number, officer=officer, seen=item.version, **answers)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(each, marks=pytest.mark.long) for each in range(2, 5))])
def test_nothing_is_lost_doubled_or_left_open(new_engine: Callable[[], Engine], seed: int) -> None:
    chaos = Chaos(new_engine, seed)
    publish_all(chaos.play)
    for code in (*CODES, *CODES):
        chaos.play.open(code)

    for _ in range(120):
        chaos.something()
    chaos.finish()

    expect_nothing_open(chaos.play)
    expect_a_record_of_each_command(chaos)
    assert (chaos.traces, chaos.refused > 0) == ([], True)


def expect_nothing_open(play: Play) -> None:
    assert [row["state"] for row in play.rows(tables.case) if row["state"] != "completed"] == []
    assert [row for row in play.rows(tables.case) if row["snapshot"]] == []
    assert [row for row in play.rows(tables.work_item) if row["state"] not in ("completed", "exited")] == []
    assert [row for row in play.rows(tables.disposition) if row["state"] == "open"] == []
    assert [row for row in play.rows(tables.clock) if row["state"] not in ("ended", "withdrawn")] == []
    assert [row for row in play.rows(tables.announcement) if row["state"] in ("pending", "failed")] == []
    assert (play.count(tables.timer), play.count(tables.subscription)) == (0, 0)
    assert [row for row in play.rows(tables.incident) if row["event"] != "deadline"] == []


def expect_a_record_of_each_command(chaos: Chaos) -> None:
    play = chaos.play
    records = [row for row in play.rows(tables.audit) if row["case_id"]]
    kinds = Counter(row["kind"] for row in records)
    assert {command: kinds[kind] for command, kind in KINDS.items()} == {each: chaos.told[each] for each in KINDS}
    done = [row["data"]["item"] for row in records if row["kind"] == "work_item.completed"]
    assert sorted(done) == [row["id"] for row in play.rows(tables.work_item) if row["state"] == "completed"]
    with play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []
