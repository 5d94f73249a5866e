"""A person says by which number the placement system knows a case."""

import pytest

from engine import NotValid, NotYours, Receipt
from engine.commands.link_placement import ReferenceTaken, link_placement
from engine.storage import tables
from tests.engine.placement_news import REFERENCE, Partner
from tests.small_office import Play


@pytest.fixture
def partner(play: Play) -> Partner:
    return Partner(play)


def link(play: Play, case: str, reference: str = REFERENCE, officer: str | None = None) -> Receipt:
    return play.engine.perform(link_placement, case, reference=reference, officer=officer, at=play.now)


def test_what_was_refused_for_its_number_goes_to_the_case(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell()
    assert partner.states() == [("registered", "refused", "unknown-reference")]

    link(partner.play, number)
    partner.work()

    assert partner.states() == [("registered", "applied", "")]
    assert partner.open() == ["B"]
    assert "placement.linked" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_the_number_of_another_case_is_refused(partner: Partner) -> None:
    first = partner.placed()
    second = partner.again()
    link(partner.play, first)

    with pytest.raises(ReferenceTaken):
        link(partner.play, second)


def test_nothing_and_nobody(partner: Partner) -> None:
    number = partner.placed()

    with pytest.raises(NotValid):
        link(partner.play, number, " ")
    with pytest.raises(NotYours):
        link(partner.play, number, officer="sri")


def test_another_number_is_counted_from_its_beginning(partner: Partner) -> None:
    number = partner.placed()
    partner.play.complete("A")
    partner.tell(case=number)
    partner.work()
    partner.play.complete("B")
    partner.tell("departed", 3, message="of-before")

    link(partner.play, number, reference="SK2-NEW")
    partner.tell("trained", 1, message="n-1", reference="SK2-NEW")
    partner.work()

    assert partner.states()[1:] == [("departed", "refused", "other-reference"), ("trained", "applied", "")]
