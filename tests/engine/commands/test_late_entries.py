"""Entering later what was done earlier: both moments are kept, and the real one counts."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotValid
from engine.commands.complete_work_item import BeforeTheCase, NotYet
from engine.domain.release import Allowance, Clock
from engine.queries import case_page
from engine.queries.comments import comments
from engine.storage import tables
from tests.small_office import MORNING, Play

WHY = "Jaringan di pelabuhan mati sejak pagi; dicatat dulu di formulir kertas."


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> user B -> end", A={"allowance": Allowance(1, Clock.RUNNING_HOURS)})
    return play.open()


def late(play: Play, element: str, hours: float, **more: Any) -> None:
    given: dict[str, Any] = {"happened_at": MORNING + timedelta(hours=hours), "late_because": WHY, **more}
    play.complete(element, **given)


def test_lateness_is_judged_by_the_real_time_and_both_are_kept(play: Play, number: str) -> None:
    play.now += timedelta(hours=5)
    late(play, "A", 0.5)

    with play.engine.reading(at=play.now) as reader:
        (done,) = case_page(reader, play.engine.officer("sri", at=play.now), number).closed_items

    assert not done.late
    assert (done.item.happened_at, done.item.closed_at) == (MORNING + timedelta(hours=0.5), play.now)


def test_the_record_has_the_real_time_and_the_reason_stands_with_the_case(play: Play, number: str) -> None:
    play.now += timedelta(hours=5)
    late(play, "A", 0.5)

    with play.engine.reading(at=play.now) as reader:
        (said,) = comments(reader, play.engine.officer("sri", at=play.now), number)

    assert (said.text, said.late) == (WHY, True)
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "work_item.completed"]
    assert record["data"]["happened_at"] == (MORNING + timedelta(hours=0.5)).isoformat()
    assert WHY not in str(play.rows(tables.audit))


@pytest.mark.usefixtures("number")
def test_nothing_has_happened_in_the_future(play: Play) -> None:
    with pytest.raises(NotYet):
        late(play, "A", 5)

    assert [item.element for item in play.items()] == ["A"]


@pytest.mark.usefixtures("number")
def test_only_the_first_step_may_have_been_done_before_the_case_was_opened(play: Play) -> None:
    late(play, "A", -20)

    with pytest.raises(BeforeTheCase):
        late(play, "B", -1)


@pytest.mark.usefixtures("number")
def test_a_year_that_was_mistyped_is_refused(play: Play) -> None:
    with pytest.raises(BeforeTheCase):
        late(play, "A", -24 * 400)


@pytest.mark.usefixtures("number")
def test_a_late_entry_says_why(play: Play) -> None:
    with pytest.raises(NotValid):
        late(play, "A", -1, late_because=" ")

    assert play.count(tables.comment) == 0
