"""Looking at a person of the register."""

import pytest

from engine import NotFound, NotValid, reveal_person
from tests.engine.people import SITI, WHY, People


def test_a_look_shows_every_field_and_is_recorded_without_them(people: People) -> None:
    number = people.person(people.case(SITI))

    shown = people.do(reveal_person, number, reason=WHY)

    assert shown.fields == SITI
    (look,) = people.looks("person.revealed")
    assert (look["subject_id"], look["data"]) == (number, {"reason": WHY, "fields": sorted(SITI)})


def test_a_look_without_a_reason_is_refused(people: People) -> None:
    number = people.person(people.case(SITI))

    with pytest.raises(NotValid):
        people.do(reveal_person, number, reason="")


def test_to_another_office_the_person_does_not_exist(people: People) -> None:
    number = people.person(people.case(SITI))

    for asked in (number, 9999):
        with pytest.raises(NotFound):
            people.do(reveal_person, asked, reason=WHY, officer="wayan")
