"""Looking for persons."""

import pytest

from engine import NotValid, search_subjects
from tests.engine.people import OTHER, SITI, People


@pytest.mark.parametrize(
    "asked",
    [
        {"nama": "siti nurjanah"},
        {"nama": "Nurjannah"},
        {"nik": "9900 0000 0000 0001"},
        {"telepon": "+62 812-0000-0001"},
    ],
)
def test_a_person_is_found_by(people: People, asked: dict[str, str]) -> None:
    person = people.person(people.case({**SITI, "telepon": "081200000001"}))
    people.case(OTHER)

    found = people.do(search_subjects, fields=asked)

    assert [each.person for each in found.known] == [person]


def test_what_was_looked_for_is_not_kept_but_that_somebody_looked_is(people: People) -> None:
    person = people.person(people.case(SITI))

    people.do(search_subjects, fields={"nik": SITI["nik"]})

    looks = people.looks("subjects.searched")
    assert [each["subject_id"] for each in looks] == [None, person]
    assert looks[0]["data"] == {"by": ["nik"], "known": 1, "elsewhere": []}


def test_another_office_is_named_only_where_it_is_sure(people: People) -> None:
    people.case(SITI)

    by_number = people.do(search_subjects, fields={"nik": SITI["nik"]}, officer="wayan")
    by_name = people.do(search_subjects, fields={"nama": SITI["nama"]}, officer="wayan")

    assert (by_number.known, by_number.elsewhere) == ((), ("JATENG",))
    assert (by_name.known, by_name.elsewhere) == ((), ())


@pytest.mark.parametrize("asked", [{}, {"nama": "Si"}, {"nik": " "}, {"agama": "x"}])
def test_nobody_is_looked_for_by(people: People, asked: dict[str, str]) -> None:
    with pytest.raises(NotValid):
        people.do(search_subjects, fields=asked)
