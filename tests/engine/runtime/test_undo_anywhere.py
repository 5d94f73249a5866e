"""Steps undone, cases at rest and opened again in the middle of whatever officers do: the rows say what the diagram says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from engine import (
    Database,
    Engine,
    cancel_case,
    complete_work_item,
    correct_pause,
    correct_work_item,
    end_pause,
    pause_clocks,
    reopen_case,
    resume_case,
    return_work_item,
    suspend_case,
    take_back_work_item,
    verify_audit,
)
from engine.course.ticking import circumstances, reckoning_of
from engine.domain.clock import ClockState
from engine.domain.release import Field, FieldKind, Release
from engine.machine import Machine
from engine.process import Interpreter, Wait
from engine.spiff import Spiff
from engine.storage import tables
from engine.storage.cases import case_of
from tests.engine.runtime.test_any_order import CODES, Chaos, expect_nothing_open, publish_all
from tests.small_office import KEYS, Play, outcomes

REASON = {"reason": "Salah ketik"}
INTERPRETERS: dict[str, Callable[[], Interpreter]] = {"machine": Machine, "spiff": Spiff}


class Undoing(Chaos):
    """Officers who also think better of it."""

    def something(self) -> None:
        items = self.play.items()
        if items and self.dice.random() < 0.7:
            self.play.now += timedelta(minutes=1)
            self.bring_on(self.dice.choice(items))
        else:
            super().something()
        officer = self.dice.choice(["sri", "budi", "tini", "hana"])
        move = self.dice.choice([*[self.take_back] * 5, *[self.send_back] * 5, self.rest, self.stop, *[self.pause] * 3])
        move(officer)
        expect_rows_like_the_diagram(self.play)
        expect_clocks_like_the_waits(self.play)

    def take_back(self, _: str) -> None:
        done = [row for row in self.play.rows(tables.work_item) if row["state"] == "completed"]
        if not done:
            return
        row = self.dice.choice(done[-4:])
        who = ["sri", "budi", "tini", "wayan", "hana"][(row["officer_id"] or 1) - 1]
        self.do(take_back_work_item, row["id"], seen=row["version"], officer=who, **REASON)
        if self.dice.random() < 0.2:
            self.do(correct_work_item, row["id"], answers={"age": 7}, officer=who, **REASON)

    def send_back(self, _: str) -> None:
        rows = self.play.rows(tables.work_item)
        open_rows = [row for row in rows if row["state"] in ("ready", "reserved")]
        if not open_rows:
            return
        row = self.dice.choice(open_rows)
        to = self.dice.choice([each["id"] for each in rows if each["closed_at"] == row["opened_at"]] or [1])
        officer = ["sri", "budi", "tini", "wayan", "hana"][(row["officer_id"] or self.dice.choice([1, 3, 5])) - 1]
        self.do(return_work_item, row["id"], seen=row["version"], to=to, officer=officer, **REASON)

    def rest(self, officer: str) -> None:
        numbers = [row["number"] for row in self.play.rows(tables.case)]
        self.do(suspend_case, self.dice.choice(numbers), officer=officer, **REASON)
        self.play.now += timedelta(minutes=self.dice.choice([5, 300]))
        for number in [row["number"] for row in self.play.rows(tables.case) if row["state"] == "suspended"]:
            if self.dice.random() < 0.7:
                self.do(resume_case, number, officer="sri", **REASON)

    def pause(self, officer: str) -> None:
        """Stop some clocks, let others go on, put a pause right."""
        number = self.dice.choice([row["number"] for row in self.play.rows(tables.case)])
        some = [row["id"] for row in self.play.rows(tables.clock) if self.dice.random() < 0.1]
        said = {"reason": "applicant", "text": "Menunggu", "clocks": self.dice.choice([[], [], some])}
        self.do(pause_clocks, number, officer=officer, **said)
        self.play.now += timedelta(minutes=self.dice.choice([5, 300]))
        for row in self.play.rows(tables.pause):
            if self.dice.random() < 0.4:
                self.do(end_pause, row["id"], officer=officer)
            elif self.dice.random() < 0.3:
                begins = row["begins_at"] + timedelta(minutes=self.dice.choice([0, 1, -1]))
                self.do(
                    correct_pause,
                    row["id"],
                    why="Keliru",
                    void=self.dice.random() < 0.5,
                    begins_at=begins,
                    officer=officer,
                )

    def stop(self, officer: str) -> None:
        number = self.dice.choice([row["number"] for row in self.play.rows(tables.case)])
        self.do(cancel_case, number, officer=officer, **REASON)
        self.go_on()

    def go_on(self) -> None:
        """Bring back what rests and what was cancelled."""
        for row in self.play.rows(tables.case):
            if row["state"] == "suspended":
                self.do(resume_case, row["number"], officer="sri", **REASON)
            if row["state"] == "cancelled":
                self.do(reopen_case, row["number"], officer="sri", **REASON)


def expect_rows_like_the_diagram(play: Play) -> None:
    """Each open wait of each case has its row, and there is no other row."""
    with play.engine.reading(at=play.now) as reader:
        found = reader.connection.execute(tables.case.select()).all()
        waits = {(row.id, wait.token) for row in found for wait in reader.waits(case_of(row))}
    rows = {(each.case, each.token) for each in play.items()}
    for table in (tables.timer, tables.subscription):
        rows |= {(row["case_id"], row["token"]) for row in play.rows(table)}
    assert rows == waits


def expect_clocks_like_the_waits(play: Play) -> None:
    """What is open has its clock, nothing else has one; clocks stand still just where a pause is open."""
    with play.engine.reading(at=play.now) as reader:
        found = reader.connection.execute(tables.case.select()).all()
        wanted = {
            each for row in found for each in clocks_of(row, reader.waits(case_of(row)), reader.release(row.release_id))
        }
    rows = [row for row in play.rows(tables.clock) if row["ended_at"] is None]
    assert {(row["case_id"], row["kind"], row["token"], row["code"]) for row in rows} == wanted
    assert len(rows) == len(wanted)
    items = {(each.case, each.token): each for each in play.items()}
    for row in rows:
        item = items.get((row["case_id"], row["token"])) if row["kind"] == "step" else None
        assert item is None or (item.due_at, item.office, item.opened_at) == (
            row["due_at"],
            row["office"],
            row["started_at"],
        )
    expect_pauses_like_the_clocks(play, rows)
    expect_moments_like_the_rows(play)


def expect_moments_like_the_rows(play: Play) -> None:
    """Each deadline is what its pauses, extensions and offices make of it today: nothing was left uncounted."""
    with play.engine.begin(at=play.now) as work:
        for row in play.rows(tables.case):
            case = work.cases.lock(row["id"]).case
            clocks = [each for each in work.clocks.of(case.id) if each.state is not ClockState.WITHDRAWN]
            around = circumstances(work, case, clocks)
            for each in clocks:
                found = reckoning_of(each, work.organisation, around, now=play.now if each.going else None)
                assert each.due_at == (None if found.stopped else found.due), each


def clocks_of(row: Any, waits: tuple[Wait, ...], release: Release) -> Iterator[tuple[int, str, str, str]]:
    """The clocks that a case must have, told from what it waits for."""
    if row.state not in ("running", "suspended"):
        return
    if row.stage in release.stages:
        yield row.id, "stage", "", row.stage
    runs = {("", release.code)}
    for wait in waits:
        runs |= {(token, "visit") for token in wait.scopes}
        step = release.activities.get((wait.process, wait.element))
        if step and step.allowance:
            yield row.id, "step", wait.token, f"{wait.process}/{wait.element}"
        if wait.element == "Plan":
            yield row.id, "duty", "", "plan"
    for token, process in runs:
        if process in release.promised:
            yield row.id, "procedure" if token else "case", token, process
        if any(each.code == "whole" for each in release.duties.get(process, ())):
            yield row.id, "duty", token, "whole"


def expect_pauses_like_the_clocks(play: Play, rows: list[dict[str, Any]]) -> None:
    open_ones = [row for row in play.rows(tables.pause) if row["ends_at"] is None and row["voided_at"] is None]
    chosen = {row["clock_id"] for row in play.rows(tables.pause_clock)}
    for case in play.rows(tables.case):
        mine = [row for row in open_ones if row["case_id"] == case["id"]]
        assert case["pauses"] == len(mine)
        assert any(row["reason"] == "suspended" for row in mine) == (case["state"] == "suspended")
        whole = [row for row in mine if row["whole"]]
        for row in (each for each in rows if each["case_id"] == case["id"]):
            late = row["due_at"] is not None and row["due_at"] <= min(
                (each["begins_at"] for each in whole), default=play.now
            )
            assert row["state"] == "paused" or not whole or late
            assert row["state"] == "running" or mine
            assert (row["due_at"] is None) == (row["state"] == "paused")
    assert chosen <= {row["id"] for row in play.rows(tables.clock)}


@pytest.fixture(params=sorted(INTERPRETERS))
def either(request: pytest.FixtureRequest, database_url: str) -> Iterator[Callable[[], Engine]]:
    """Start the program anew on the same database, on the one interpreter or the other."""
    started: list[Engine] = []

    def start() -> Engine:
        started.append(Engine(Database(database_url), [INTERPRETERS[request.param]()], KEYS))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.mark.parametrize("seed", range(1))
def test_whatever_is_undone_every_case_comes_to_its_end(either: Callable[[], Engine], seed: int) -> None:
    chaos = Undoing(either, seed)
    publish_all(chaos.play)
    for code in (*CODES, "main"):
        chaos.play.open(code)

    for _ in range(30):
        chaos.something()
    chaos.go_on()
    chaos.finish()

    assert [
        row["state"] for row in chaos.play.rows(tables.case) if row["state"] not in ("completed", "cancelled")
    ] == []
    expect_all_let_go(chaos.play)
    assert chaos.traces == []
    assert chaos.told["take_back_work_item"] + chaos.told["return_work_item"] > 0


def expect_all_let_go(play: Play) -> None:
    ended = {row["id"] for row in play.rows(tables.case) if row["state"] == "completed"}
    assert [row for row in play.rows(tables.work_item) if row["case_id"] in ended and row["way_back"]] == []
    assert [row for row in play.rows(tables.cancelled_case) if row["case_id"] in ended] == []
    assert (play.count(tables.timer), play.count(tables.subscription), play.count(tables.suspension)) == (0, 0, 0)
    with play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []


WALK = """
    start -> user A -> and f -> user B -> xor x
    f -> user C -> or s
    x -[outcome = "again"]-> user B2 -> xor y -> and j
    x -[*]-> y
    s -[n > 3]-> user D -> or m -> j
    s -[n > 5]-> user E -> m
    s -[*]-> m
    j -> user Z -> end
    boundary late (on A; timer PT3H) -> end over
"""
NUMBER = {"form": (Field("n", "Jumlah", FieldKind.NUMBER),)}


@pytest.mark.parametrize("seed", range(3))
def test_a_case_taken_back_and_walked_again_equals_one_that_never_was(engine: Engine, seed: int) -> None:
    dice, play = Random(seed), Play(engine)  # noqa: S311 - a play that can be repeated, not a secret
    play.publish(WALK, B={"outcomes": outcomes("again", "on")}, C=NUMBER)
    answers: dict[str, Any] = {"B": {"outcome": dice.choice(["again", "on"])}, "C": {"facts": {"n": dice.randrange(9)}}}
    plain, other = play.open(), play.open()

    for number in (plain, other):
        walk(play, number, answers, Random(seed + 7), undo=number == other)  # noqa: S311 - as above

    first, second = (told(play, number) for number in (plain, other))
    assert first == second
    expect_nothing_open(play)


def walk(play: Play, number: str, answers: dict[str, Any], dice: Random, *, undo: bool) -> None:
    """Bring a case to its end, with wrong answers taken back on the way where `undo`."""
    row = next(each["id"] for each in play.rows(tables.case) if each["number"] == number)
    while mine := [each for each in play.items() if each.case == row]:
        item = dice.choice(mine)
        if undo and item.element not in ("Z", "B2"):
            wrong: dict[str, Any] = {"B": {"outcome": "again"}, "C": {"facts": {"n": 9}}}
            play.complete_number(item, **wrong.get(item.element, {}))
            seen = next(each for each in play.rows(tables.work_item) if each["id"] == item.number)
            play.now += timedelta(minutes=1)
            play.engine.perform(
                take_back_work_item, item.number, seen=seen["version"], officer="sri", at=play.now, **REASON
            )
            item = next(each for each in play.items() if each.number == item.number)
        play.complete_number(item, **answers.get(item.element, {}))


def told(play: Play, number: str) -> tuple[Any, ...]:
    """What is left of a case that has ended, but for numbers and times."""
    row = next(each for each in play.rows(tables.case) if each["number"] == number)
    items = [each for each in play.rows(tables.work_item) if each["case_id"] == row["id"]]
    done = sorted((each["element"], each["outcome"]) for each in items if each["state"] == "completed")
    facts = [(each["name"], each["value"]) for each in play.rows(tables.fact) if each["case_id"] == row["id"]]
    return row["state"], row["ended_how"], done, facts


def test_a_completed_step_can_always_be_found_again_in_the_record(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")
    row = play.rows(tables.work_item)[0]
    play.engine.perform(take_back_work_item, row["id"], seen=row["version"], officer="sri", at=play.now, **REASON)
    item = play.item("A")
    play.engine.perform(complete_work_item, item.number, seen=item.version, officer="sri", at=play.now)

    kinds = [each["kind"] for each in play.rows(tables.audit) if each["case_id"]]

    assert kinds == ["case.opened", "work_item.completed", "work_item.taken_back", "work_item.completed"]
