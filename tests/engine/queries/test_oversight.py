"""How steps were done: numbers against a small history that was counted by hand, and who is told of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine import (
    NotFound,
    NotYours,
    add_post,
    cancel_case,
    claim_work_item,
    complete_work_item,
    decide_disposition,
    open_case,
    reassign_work_item,
    take_back_work_item,
)
from engine.domain.organisation import Post
from engine.domain.release import Allowance, Clock
from engine.queries.oversight import (
    ActCount,
    StepCounts,
    act_counts,
    act_reasons,
    acts,
    cases_behind,
    durations,
    events_of,
    overseen_offices,
    step_counts,
    steps_behind,
    steps_of_case,
    view_of,
)
from engine.queries.pages import NotAPage
from tests.engine.people import hire
from tests.small_office import MORNING, Play

FOUR_HOURS = {"allowance": Allowance(4, Clock.WORKING_HOURS)}
"""From eight o'clock: until one in the afternoon and an hour more, for noon is free."""


class History:
    """Monday: three cases in Jawa Tengah and one in Nusa Tenggara Barat, each `A`, then `B`."""

    def __init__(self, play: Play) -> None:
        self.play = play
        with play.engine.begin(at=MORNING) as work:
            add_post(work, Post("kepala", "Kepala", ("oversee",)))
            add_post(work, Post("direktur", "Direktur", ("audit",)))
        hire(play, "rini", ("kepala", "JATENG"))
        hire(play, "made", ("kepala", "NTB"))
        hire(play, "dewi", ("direktur", "PUSAT"))
        play.publish("start -> user A -> xor g\n g -[x = 1]-> A\n g -[*]-> user B -> end", A=FOUR_HOURS)
        self.first, self.second, self.third = (self.open("sri", "JATENG") for _ in range(3))
        self.there = self.open("wayan", "NTB")

    def do(self, command: Any, *args: Any, by: str = "sri", at: datetime | None = None, **more: Any) -> Any:
        return self.play.engine.perform(command, *args, officer=by, at=at or self.play.now, **more)

    def open(self, by: str, office: str) -> str:
        return str(self.do(open_case, "main", by=by, office=office).case)

    def item(self, case: str, element: str) -> Any:
        row = next(each["id"] for each in self.play.rows(_case()) if each["number"] == case)
        return next(each for each in self.play.items() if (each.case, each.element) == (row, element))

    def take(self, case: str, element: str, at: datetime, by: str = "sri") -> None:
        item = self.item(case, element)
        self.do(claim_work_item, item.number, seen=item.version, by=by, at=at)

    def finish(self, case: str, element: str, at: datetime, by: str = "sri", **more: Any) -> int:
        item = self.item(case, element)
        self.do(complete_work_item, item.number, seen=item.version, by=by, at=at, **{"facts": {"x": 0}, **more})
        return int(item.number)

    def ask(self, query: Any, login: str, *args: Any, at: datetime | None = None, **more: Any) -> Any:
        with self.play.engine.reading(at=at or clock(18)) as reader:
            return query(reader, self.play.engine.officer(login, at=self.play.now), *args, **more)

    def count(self, login: str, *by: str, **sieve: Any) -> tuple[StepCounts, ...]:
        with self.play.engine.reading(at=clock(18)) as reader:
            view = view_of(reader, self.play.engine.officer(login, at=self.play.now), **sieve)
            return step_counts(reader, view, by=by)

    def counted(self, view: Any, *by: str) -> tuple[ActCount, ...]:
        with self.play.engine.reading(at=clock(18)) as reader:
            return act_counts(reader, view, by=by)


def _case() -> Any:
    from engine.storage import tables  # noqa: PLC0415

    return tables.case


def clock(hour: int, minute: int = 0) -> datetime:
    """A time of that Monday in Jakarta."""
    return datetime(2026, 5, 4, hour - 7, minute, tzinfo=UTC)


@pytest.fixture
def told(play: Play) -> History:
    """The first in time; the second late, done twice; the third entered late, and not late; the one elsewhere waits."""
    history = History(play)
    history.take(history.first, "A", clock(9))
    history.finish(history.first, "A", clock(11))
    history.take(history.second, "A", clock(15))
    history.finish(history.second, "A", clock(15, 30), facts={"x": 1})
    history.finish(history.second, "A", clock(15, 45))
    history.finish(history.third, "A", clock(16), happened_at=clock(10), late_because="Listrik padam")
    return history


def test_steps_are_counted_as_by_hand(told: History) -> None:
    (row,) = told.count("rini")

    assert (row.done, row.promised, row.late, row.entered_late, row.repeated, row.cases) == (4, 4, 1, 1, 1, 3)
    assert (row.open, row.open_late, row.breach) == (3, 0, 0.25)


def test_each_step_and_office_is_counted_for_itself(told: History) -> None:
    rows = told.count("dewi", "office", "element")

    assert [(row.key, row.done, row.open, row.open_late) for row in rows] == [
        (("JATENG", "A"), 4, 0, 0),
        (("JATENG", "B"), 0, 3, 0),
        (("NTB", "A"), 0, 1, 1),
    ]


def test_a_period_and_a_procedure_leave_out_the_rest(told: History) -> None:
    assert told.count("rini", until=clock(15))[0].done == 1
    assert [row.done for row in told.count("rini", sop="c3-m07")] == [0]
    assert told.count("rini", sop="main")[0].done == 4


def test_every_number_opens_its_steps_and_its_cases(told: History) -> None:
    view = told.ask(view_of, "rini")

    (late,) = told.ask(steps_behind, "rini", view, count="late").rows
    pages = told.ask(steps_behind, "rini", view, count="done", length=3)
    rest = told.ask(steps_behind, "rini", view, count="done", length=3, after=pages.following)
    cases = told.ask(cases_behind, "rini", view).rows

    assert (late.case, late.seen, late.over) == (told.second, True, timedelta(hours=2, minutes=30))
    assert (len(pages.rows), len(rest.rows), rest.following) == (3, 1, None)
    assert [(each.case, each.done, each.late) for each in cases] == [
        (told.third, 1, 0),
        (told.second, 2, 1),
        (told.first, 1, 0),
    ]


def test_waiting_and_work_are_told_apart_in_working_time(told: History) -> None:
    view = told.ask(view_of, "rini")
    with told.play.engine.reading(at=clock(18)) as reader:
        found = [(each.waited, each.worked) for each in durations(reader, view)]

    hour = timedelta(hours=1)
    assert found == [(2 * hour, None), (hour / 4, None), (6 * hour, hour / 2), (hour, 2 * hour)]


def test_what_was_done_beside_the_usual_way_is_told_with_its_reason(told: History) -> None:
    item = told.item(told.first, "B")
    told.do(reassign_work_item, item.number, seen=item.version, to="budi", by="rini", at=clock(16, 1))
    told.do(cancel_case, told.second, reason="Salah data", closing="", at=clock(16, 4))

    view = told.ask(view_of, "rini")
    found = told.ask(acts, "rini", view).rows
    with told.play.engine.reading(at=clock(18)) as reader:
        reasons = act_reasons(reader, found)

    assert [(each.kind, each.case) for each in found] == [
        ("cancelled", told.second),
        ("reassigned", told.first),
        ("entered_late", told.third),
    ]
    assert reasons["entered_late", found[-1].row] == "Listrik padam"
    assert {(each.key, each.kind): each.number for each in told.counted(view, "office", "element")} == {
        (("JATENG", ""), "cancelled"): 1,
        (("JATENG", "B"), "reassigned"): 1,
        (("JATENG", "A"), "entered_late"): 1,
    }


def test_a_step_that_was_taken_back_keeps_since_when_somebody_was_at_it(told: History) -> None:
    told.take(told.first, "B", clock(16))
    item = told.item(told.first, "B")
    play = told.play
    play.publish("start -> user C -> user D -> end", "other")
    case = str(told.do(open_case, "other", office="JATENG", at=clock(16)).case)
    told.take(case, "C", clock(16, 1))
    number = told.finish(case, "C", clock(16, 2), facts={})
    told.do(take_back_work_item, number, seen=3, reason="Terlalu cepat", at=clock(16, 3))

    again = told.item(case, "C")

    assert (item.claimed_at, again.claimed_at) == (clock(16), clock(16, 1))
    assert [each.kind for each in told.ask(acts, "rini", told.ask(view_of, "rini")).rows] == [
        "taken_back",
        "entered_late",
    ]


def test_who_oversees_one_office_is_told_of_no_other(told: History) -> None:
    assert [each.code for each in told.ask(overseen_offices, "made")] == ["NTB"]
    assert [(row.done, row.open) for row in told.count("made")] == [(0, 1)]
    with pytest.raises(NotFound):
        told.ask(view_of, "made", office="JATENG")
    with pytest.raises(NotFound):
        told.ask(steps_of_case, "made", told.first)


def test_who_oversees_nothing_is_told_nothing(told: History) -> None:
    with pytest.raises(NotYours):
        told.ask(view_of, "sri")


def test_the_head_office_is_told_steps_of_all_and_opens_no_case(told: History) -> None:
    steps = told.ask(steps_of_case, "dewi", told.second)
    view = told.ask(view_of, "dewi")

    assert [(each.element, each.seen) for each in steps] == [("A", False), ("A", False), ("B", False)]
    assert act_reasons_of(told, view) == {}


def act_reasons_of(told: History, view: Any) -> Any:
    found = told.ask(acts, "dewi", view).rows
    with told.play.engine.reading(at=clock(18)) as reader:
        return act_reasons(reader, found)


def test_events_come_case_by_case(told: History) -> None:
    view = told.ask(view_of, "dewi")

    def every(reader: Any, officer: Any) -> list[str]:
        return [each.case for each in events_of(reader, officer, view)]

    assert told.ask(every, "dewi") == [told.first, told.second, told.second, told.third]


def test_what_was_cancelled_with_the_case_above_it_is_no_act_of_its_own(play: Play) -> None:
    history = History(play)
    play.publish("start -> user H -> end", "home")
    history.do(decide_disposition, history.first, kind="pulang", ground="Pilihan sendiri")
    history.do(cancel_case, history.first, reason="Salah data", at=clock(16))

    view = history.ask(view_of, "rini")

    assert [(each.kind, each.case) for each in history.ask(acts, "rini", view).rows] == [("cancelled", history.first)]


def test_acts_are_told_page_by_page_and_by_kind(told: History) -> None:
    for case in (told.first, told.second):
        told.do(cancel_case, case, reason="Salah data", at=clock(16, 4))
    view = told.ask(view_of, "rini")

    first = told.ask(acts, "rini", view, length=2)
    rest = told.ask(acts, "rini", view, length=2, after=first.following)

    assert [[each.case for each in page.rows] for page in (first, rest)] == [[told.second, told.first], [told.third]]
    assert rest.following is None
    assert [each.case for each in told.ask(acts, "rini", view, kind="entered_late").rows] == [told.third]
    with pytest.raises(NotAPage):
        told.ask(acts, "rini", view, after="-1")
