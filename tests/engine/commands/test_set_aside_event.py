"""A person sets aside what shall move no case."""

import pytest

from engine import NotFound, NotValid, NotYours, Receipt, add_post, assign_post
from engine.commands.set_aside_event import EventSettled, set_aside_event
from engine.domain.organisation import Post
from engine.storage import tables
from tests.engine.placement_news import REFERENCE, Partner
from tests.small_office import MORNING, Play


@pytest.fixture
def partner(play: Play) -> Partner:
    return Partner(play)


def aside(play: Play, number: int = 1, reason: str = "dibaca", officer: str | None = None) -> Receipt:
    return play.engine.perform(set_aside_event, number, reason=reason, officer=officer, at=play.now)


def test_what_is_set_aside_is_waited_for_no_more(partner: Partner) -> None:
    number = partner.placed("start -> user A -> catch lat (message siskop2mi_pelatihan) -> user B -> end")
    partner.tell(case=number)
    partner.tell("trained", 2)

    aside(partner.play)
    partner.play.complete("A")
    partner.work()

    assert partner.states() == [("registered", "set-aside", "person dibaca"), ("trained", "applied", "")]
    assert partner.open() == ["B"]
    assert "placement.set_aside" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_what_was_refused_can_be_set_aside_too(partner: Partner) -> None:
    partner.tell(kind="?")

    assert aside(partner.play).state == "set-aside"


def test_what_has_moved_a_case_stays(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    partner.work()

    with pytest.raises(EventSettled):
        aside(partner.play)


def test_no_reason_no_news_no_power(partner: Partner) -> None:
    partner.tell(kind="?")

    with pytest.raises(NotValid):
        aside(partner.play, reason=" ")
    with pytest.raises(NotFound):
        aside(partner.play, number=9)
    with pytest.raises(NotYours):
        aside(partner.play, officer="sri")


def test_another_office_with_the_power_finds_nothing(partner: Partner) -> None:
    number = partner.placed()
    partner.tell(case=number)
    with partner.play.engine.begin(at=MORNING) as work:
        add_post(work, Post("penukar", "Penukar", ("exchange",)))
        assign_post(work, "wayan", post="penukar", office="NTB", begins_on=MORNING.date())

    with pytest.raises(NotFound):
        aside(partner.play, officer="wayan")


def test_what_is_set_aside_before_its_turn_is_not_missing_later(partner: Partner) -> None:
    number = partner.placed(
        "start -> user A -> catch reg (message siskop2mi_pendaftaran) -> catch lat (message siskop2mi_pelatihan) -> user B -> end"
    )
    partner.play.complete("A")
    partner.tell("examined", 2, case=number)
    partner.tell("trained", 3, case=number)
    aside(partner.play)
    partner.tell(case=number)

    partner.work()

    assert [state for _, state, _ in partner.states()] == ["set-aside", "applied", "applied"]
    assert partner.open() == ["B"]


def test_the_right_news_still_comes_after_a_wrong_one_of_its_number_was_set_aside(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    with partner.play.engine.begin(at=partner.play.now) as work:
        work.placements.name(1, REFERENCE)
    partner.tell(case="S-2026-99999", message="wrong")
    aside(partner.play)
    partner.tell(case=number)

    partner.work()

    assert [state for _, state, _ in partner.states()] == ["set-aside", "applied"]
