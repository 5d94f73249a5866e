"""Proposing that two persons are one."""

import pytest

from engine import NotFound, NotValid, WrongState, propose_merge
from engine.storage import tables
from tests.engine.people import OTHER, SITI, SITI_AGAIN, WHY, People


def test_a_proposal_changes_nobody_and_names_what_differs(people: People) -> None:
    one, two = people.person(people.case(SITI)), people.person(people.case(SITI_AGAIN))

    receipt = people.do(propose_merge, one, two, reason=WHY)

    assert (receipt.state, receipt.notes) == ("proposed", ("nama", "tempat_lahir"))
    assert {row["person_id"] for row in people.play.rows(tables.subject)} == {None}
    assert "merge.proposed" in people.kinds()


def test_two_proposals_about_the_same_two_are_refused(people: People) -> None:
    one, two = people.person(people.case(SITI)), people.person(people.case(SITI_AGAIN))
    people.do(propose_merge, one, two, reason=WHY)

    for keep, other in ((one, two), (two, one)):
        with pytest.raises(WrongState):
            people.do(propose_merge, keep, other, reason=WHY)


def test_without_a_reason_or_with_oneself_nobody_is_merged(people: People) -> None:
    one, two = people.person(people.case(SITI)), people.person(people.case(OTHER))

    with pytest.raises(NotValid):
        people.do(propose_merge, one, two, reason=" ")
    with pytest.raises(NotValid):
        people.do(propose_merge, one, one, reason=WHY)


def test_a_person_of_another_office_does_not_exist(people: People) -> None:
    mine, theirs = people.person(people.case(SITI)), people.person(people.case(OTHER, "wayan", "NTB"))

    with pytest.raises(NotFound):
        people.do(propose_merge, mine, theirs, reason=WHY)
