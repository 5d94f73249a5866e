"""News of the placement system is kept once, whatever it says."""

from typing import Any

import pytest

from engine.storage import tables
from tests.engine.placement_news import REFERENCE, Partner
from tests.small_office import Play


@pytest.fixture
def partner(play: Play) -> Partner:
    return Partner(play)


def test_news_of_a_case_waits_until_it_is_applied(partner: Partner) -> None:
    number = partner.placed()

    done = partner.tell(case=number)

    assert done.state == "waiting"
    (known,) = partner.play.rows(tables.partner_case)
    assert known["reference"] == REFERENCE
    (kept,) = partner.play.rows(tables.partner_event)
    assert kept["case_id"] == 1
    assert "facts" not in kept["body"]
    assert "placement.told" in {row["kind"] for row in partner.play.rows(tables.audit)}


def test_the_same_news_twice_is_one(partner: Partner) -> None:
    number = partner.placed()
    partner.tell(case=number)

    again = partner.tell(case=number)

    assert (again.state, again.notes) == ("waiting", ("placement.known",))
    assert partner.play.count(tables.partner_event) == 1


def test_other_words_under_the_same_id_are_refused_and_kept_beside(partner: Partner) -> None:
    number = partner.placed()
    partner.tell(case=number)

    other = partner.tell("trained", 1, case=number)
    once_more = partner.tell("trained", 1, case=number)

    assert other.state == "refused"
    assert other.notes == once_more.notes == ("placement.told-otherwise",)
    assert partner.states() == [("registered", "waiting", ""), ("trained", "refused", "told-otherwise")]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "promoted"}, "unreadable kind"),
        ({"sequence": 0}, "unreadable sequence"),
        ({"message": ""}, "unreadable message"),
        ({"occurred_at": "yesterday"}, "unreadable occurred_at"),
        ({"reference": "two words"}, "unreadable reference"),
        ({"facts": {"Nama": "x"}}, "unreadable facts"),
        ({"facts": {"hasil": ["x"]}}, "unreadable facts.hasil"),
    ],
)
def test_what_cannot_be_read_is_kept_as_refused(partner: Partner, given: dict[str, Any], why: str) -> None:
    partner.placed()

    first, again = partner.tell(**given), partner.tell(**given)

    assert first.state == again.state == "refused"
    assert partner.states() == [("?", "refused", why)]


def test_an_unknown_number_is_refused_where_it_is_the_first_news(partner: Partner) -> None:
    partner.placed()

    assert partner.tell(reference="SK2-9").state == "refused"
    assert partner.states() == [("registered", "refused", "unknown-reference")]


def test_an_unknown_number_waits_where_what_came_before_it_is_missing(partner: Partner) -> None:
    number = partner.placed()
    assert partner.tell("trained", 2).state == "waiting"

    partner.tell(case=number)

    assert {row["case_id"] for row in partner.play.rows(tables.partner_event)} == {1}


def test_news_of_a_case_that_does_not_exist_is_refused(partner: Partner) -> None:
    partner.placed()

    partner.tell(case="S-2026-99999")

    assert partner.states() == [("registered", "refused", "unknown-case")]


def test_news_under_the_number_of_another_case_is_refused(partner: Partner) -> None:
    first = partner.placed()
    second = partner.again()
    partner.tell(case=first)

    partner.tell("trained", 2, case=second)
    partner.tell(case=first, reference="SK2-OTHER", message="m-other")

    assert partner.states()[1:] == [
        ("trained", "refused", "wrong-case"),
        ("registered", "refused", "other-reference"),
    ]


def test_news_of_a_case_that_was_not_told_of_yet_waits(partner: Partner) -> None:
    partner.play.publish("start -> user A -> end")
    number = partner.play.open()

    partner.tell(case=number)

    assert partner.states() == [("registered", "waiting", "not-begun")]


def test_a_number_beyond_all_numbers_is_kept_as_a_word(partner: Partner) -> None:
    number = partner.placed()

    assert partner.tell(case=number, facts={"biaya": float("inf")}).state == "waiting"
    assert partner.tell(message="?", facts={"biaya": float("nan")}).state == "refused"
