"""Giving a person what is held of them."""

import pytest

from engine import NotFound, NotValid, export_person, reveal_subject
from tests.engine.people import SITI, WHY, People


def test_everything_is_told_with_where_it_came_from_and_who_has_looked(people: People) -> None:
    case = people.case(SITI)
    people.do(reveal_subject, case, reason=WHY)

    told = people.do(export_person, people.person(case), reason="Permintaan akses")

    assert told["told"] == [{"row": people.person(case), "from": (case,), "fields": SITI}]
    assert [each["number"] for each in told["cases"]] == [case]
    assert [(each["officer"], each["why"]) for each in told["looks"]] == [("sri", WHY)]
    assert [each["data"]["reason"] for each in people.looks("person.exported")] == ["Permintaan akses"]


def test_it_is_not_given_without_a_reason_nor_to_other_offices(people: People) -> None:
    number = people.person(people.case(SITI))

    with pytest.raises(NotValid):
        people.do(export_person, number, reason="")
    with pytest.raises(NotFound):
        people.do(export_person, number, reason=WHY, officer="wayan")
