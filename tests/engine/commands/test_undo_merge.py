"""Taking a merge back."""

import pytest

from engine import WrongState, confirm_merge, propose_merge, reveal_person, undo_merge
from engine.storage import tables
from tests.engine.people import OTHER, SITI, SITI_AGAIN, WHY, People


def _merge(people: People, keep: int, other: int) -> int:
    merge = int(people.do(propose_merge, keep, other, reason=WHY).number)
    people.do(confirm_merge, merge, officer="tini")
    return merge


def test_both_are_exactly_what_they_were(people: People) -> None:
    one, two = people.person(people.case(SITI)), people.person(people.case(SITI_AGAIN))
    before = (
        people.play.rows(tables.subject),
        people.play.rows(tables.subject_field),
        people.play.rows(tables.subject_key),
    )
    merge = _merge(people, one, two)

    people.do(undo_merge, merge, reason="Keliru", officer="budi")

    after = (
        people.play.rows(tables.subject),
        people.play.rows(tables.subject_field),
        people.play.rows(tables.subject_key),
    )
    assert after == before
    assert "merge.undone" in people.kinds()


def test_of_three_who_were_one_only_those_part_whose_merge_is_undone(people: People) -> None:
    one, two, three = (people.person(people.case(each)) for each in (SITI, SITI_AGAIN, OTHER))
    inner = _merge(people, two, three)
    outer = _merge(people, one, two)
    assert set(people.do(reveal_person, three, reason=WHY).rows) == {one, two, three}

    people.do(undo_merge, outer, reason="Keliru")

    assert set(people.do(reveal_person, three, reason=WHY).rows) == {two, three}
    people.do(undo_merge, inner, reason="Keliru")
    assert set(people.do(reveal_person, three, reason=WHY).rows) == {three}


def test_the_inner_one_can_be_undone_first(people: People) -> None:
    one, two, three = (people.person(people.case(each)) for each in (SITI, SITI_AGAIN, OTHER))
    inner = _merge(people, two, three)
    _merge(people, one, two)

    people.do(undo_merge, inner, reason="Keliru")

    assert set(people.do(reveal_person, two, reason=WHY).rows) == {one, two}
    assert set(people.do(reveal_person, three, reason=WHY).rows) == {three}


def test_it_is_undone_once(people: People) -> None:
    one, two = people.person(people.case(SITI)), people.person(people.case(SITI_AGAIN))
    merge = _merge(people, one, two)
    people.do(undo_merge, merge, reason="Keliru")

    with pytest.raises(WrongState):
        people.do(undo_merge, merge, reason="Keliru")
