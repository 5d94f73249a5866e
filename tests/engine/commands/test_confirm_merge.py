"""Confirming, as a second officer, that two persons are one."""

import pytest

from engine import NotFound, NotYours, WrongState, confirm_merge, propose_merge, reveal_person
from tests.engine.people import SITI, SITI_AGAIN, WHY, People, hire


@pytest.fixture
def two(people: People) -> tuple[int, int]:
    return people.person(people.case(SITI)), people.person(people.case({**SITI_AGAIN, "alamat": "Jalan Baru"}))


def test_both_are_read_as_one_and_each_value_keeps_where_it_came_from(people: People, two: tuple[int, int]) -> None:
    merge = people.do(propose_merge, *two, reason=WHY).number

    people.do(confirm_merge, merge, officer="tini")

    for number in two:
        shown = people.do(reveal_person, number, reason=WHY)
        assert shown.number == two[0]
        assert (shown.fields["nama"], shown.fields["alamat"]) == ("Siti Noerjanah", "Jalan Baru")
        assert shown.differ["nama"] == ((two[0], "Siti Noerjanah"), (two[1], "Sitti Nurjannah"))
    assert "merge.confirmed" in people.kinds()


def test_whoever_proposed_it_may_not_confirm_it(people: People, two: tuple[int, int]) -> None:
    merge = people.do(propose_merge, *two, reason=WHY).number

    with pytest.raises(WrongState, match="second officer"):
        people.do(confirm_merge, merge)


def test_it_is_decided_once(people: People, two: tuple[int, int]) -> None:
    merge = people.do(propose_merge, *two, reason=WHY).number
    people.do(confirm_merge, merge, officer="tini")

    with pytest.raises(WrongState):
        people.do(confirm_merge, merge, officer="budi")


def test_an_office_that_does_not_know_them_cannot_confirm(people: People, two: tuple[int, int]) -> None:
    merge = people.do(propose_merge, *two, reason=WHY).number

    with pytest.raises(NotFound):
        people.do(confirm_merge, merge, officer="wayan")


def test_two_offices_need_an_officer_of_each(people: People) -> None:
    hire(people.play, "ayu", ("petugas", "JATENG"), ("petugas", "NTB"))
    here, there = people.case(SITI), people.case(SITI_AGAIN, "wayan", "NTB")
    for case in (here, there):
        _let_take_part(people, case, "JATENG", "NTB")
    merge = people.do(propose_merge, people.person(here), people.person(there), reason=WHY).number

    with pytest.raises(NotYours):
        people.do(confirm_merge, merge, officer="tini")
    assert people.do(confirm_merge, merge, officer="wayan").state == "confirmed"


def _let_take_part(people: People, case: str, *offices: str) -> None:
    with people.play.engine.begin(at=people.play.now) as work:
        held = work.cases.lock(case).case
        for office in offices:
            work.cases.join(held, office, work.at)
