"""Saying that two recruiters are one."""

import pytest

from engine import NotFound, NotValid, merge_recruiters, reveal_recruiter
from tests.engine.people import OTHER, SITI, WHY, People


@pytest.fixture
def two(people: People) -> tuple[str, str]:
    return people.case({**SITI, "perekrut_nama": "Joko"}), people.case({**OTHER, "perekrut_nama": "Pak Joko C"})


def test_both_names_are_told_of_one(people: People, two: tuple[str, str]) -> None:
    people.do(merge_recruiters, 1, 2, reason=WHY)

    assert people.do(reveal_recruiter, 2, reason=WHY)["name"] == ("Joko", "Pak Joko C")
    assert "recruiters.merged" in people.kinds()


def test_not_by_other_offices_and_not_without_a_reason(people: People, two: tuple[str, str]) -> None:
    with pytest.raises(NotFound):
        people.do(merge_recruiters, 1, 2, reason=WHY, officer="wayan")
    with pytest.raises(NotValid):
        people.do(merge_recruiters, 1, 2, reason="")
    with pytest.raises(NotValid):
        people.do(merge_recruiters, 1, 1, reason=WHY)
