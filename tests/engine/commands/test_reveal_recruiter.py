"""Looking at the name of a recruiter."""

import pytest

from engine import NotFound, NotValid, reveal_recruiter
from engine.storage import tables
from tests.engine.people import OTHER, SITI, WHY, People

JOKO = {"perekrut_nama": "Joko Contoh", "perekrut_telepon": "0813 0000 0001"}


def test_the_name_is_told_to_an_office_whose_case_names_it_and_that_is_recorded(people: People) -> None:
    people.case({**SITI, **JOKO})

    told = people.do(reveal_recruiter, 1, reason=WHY)

    assert told == {"name": ("Joko Contoh",), "phone": ("0813 0000 0001",)}
    (look,) = people.looks("recruiter.revealed")
    assert look["data"] == {"recruiter": 1, "reason": WHY}


def test_nobody_else_is_told(people: People) -> None:
    people.case({**SITI, **JOKO})

    with pytest.raises(NotFound):
        people.do(reveal_recruiter, 1, reason=WHY, officer="hana")
    with pytest.raises(NotValid):
        people.do(reveal_recruiter, 1, reason="")


@pytest.mark.parametrize(
    "said",
    [
        {"perekrut_nama": "Djoko", "perekrut_telepon": "+62813-0000-0001"},
        {"perekrut_nama": "DJOKO TJONTOH"},
    ],
)
def test_the_same_phone_or_the_same_whole_name_is_the_same_recruiter(people: People, said: dict[str, str]) -> None:
    people.case({**SITI, **JOKO})
    people.case({**OTHER, **said})

    assert [row["recruiter_id"] for row in people.play.rows(tables.case_recruiter)] == [1, 1]


def test_one_word_is_too_little_to_be_the_same(people: People) -> None:
    people.case({**SITI, "perekrut_nama": "Joko"})
    people.case({**OTHER, "perekrut_nama": "Joko"})

    assert [row["recruiter_id"] for row in people.play.rows(tables.case_recruiter)] == [1, 2]


def test_no_name_stands_in_the_database_in_clear(people: People) -> None:
    people.case({**SITI, **JOKO})

    assert "Joko" not in str(people.play.rows(tables.recruiter))
    assert "0813" not in str(people.play.rows(tables.recruiter))
