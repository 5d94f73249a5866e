"""Whether the person of a case is known already."""

import pytest

from engine import NotFound, link_subject, recognise_subject
from tests.engine.people import OTHER, SITI, SITI_AGAIN, People


def test_a_person_is_recognised_however_the_name_was_spelt(people: People) -> None:
    first = people.case(SITI)
    people.case(OTHER)
    again = people.case(SITI_AGAIN)

    found = people.do(recognise_subject, again)

    (known,) = found.known
    assert known.person == people.person(first)
    assert known.cases == (first,)
    assert known.likeness.score >= 95
    assert "same tanggal_lahir" in known.likeness.reasons
    assert found.repeated


def test_the_same_identity_number_is_sure_whatever_the_name(people: People) -> None:
    first = people.case(SITI)
    again = people.case({"nama": "Nama Lain Sekali", "nik": "99.0000.0000000001"})

    (known,) = people.do(recognise_subject, again).known

    assert (known.person, known.likeness.score) == (people.person(first), 100)
    assert known.likeness.reasons[0] == "same nik"


def test_somebody_else_is_not_taken_for_known(people: People) -> None:
    people.case(SITI)
    other = people.case({**OTHER, "nama": "Siti Aminah"})

    assert people.do(recognise_subject, other).known == ()


def test_another_office_learns_where_to_ask_and_nothing_else(people: People) -> None:
    people.case(SITI)
    there = people.case(SITI_AGAIN, "wayan", "NTB")

    found = people.do(recognise_subject, there, officer="wayan")

    assert found.known == ()
    assert found.elsewhere == ("JATENG",)


def test_another_office_is_not_named_on_a_name_alone(people: People) -> None:
    people.case(SITI)
    there = people.case({"nama": "Siti Nurjanah"}, "wayan", "NTB")

    assert people.do(recognise_subject, there, officer="wayan").elsewhere == ()


def test_each_look_is_recorded_with_who_was_found(people: People) -> None:
    first = people.person(people.case(SITI))
    again = people.case(SITI_AGAIN)

    people.do(recognise_subject, again)

    looks = people.looks("subject.recognised")
    assert [each["subject_id"] for each in looks] == [people.person(again), first]
    assert "Siti" not in str(looks)


def test_a_case_that_is_joined_already_finds_its_person_no_more(people: People) -> None:
    first, again = people.case(SITI), people.case(SITI_AGAIN)
    people.do(link_subject, again, subject=people.person(first))

    assert people.do(recognise_subject, again).known == ()


def test_a_case_of_another_office_does_not_exist(people: People) -> None:
    number = people.case(SITI)

    with pytest.raises(NotFound):
        people.do(recognise_subject, number, officer="wayan")
