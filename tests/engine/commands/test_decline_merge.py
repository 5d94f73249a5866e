"""Closing a proposal to merge."""

import pytest

from engine import NotValid, confirm_merge, decline_merge, propose_merge
from engine.errors import WrongState
from tests.engine.people import SITI, SITI_AGAIN, WHY, People


@pytest.fixture
def merge(people: People) -> int:
    one, two = people.person(people.case(SITI)), people.person(people.case(SITI_AGAIN))
    return int(people.do(propose_merge, one, two, reason=WHY).number)


def test_a_declined_proposal_is_closed_and_may_be_made_again(people: People, merge: int) -> None:
    people.do(decline_merge, merge, reason="Kembar", officer="tini")

    with pytest.raises(WrongState):
        people.do(confirm_merge, merge, officer="budi")
    assert "merge.declined" in people.kinds()
    assert people.do(propose_merge, 1, 2, reason=WHY).number == merge + 1


def test_a_proposal_is_not_declined_without_a_reason(people: People, merge: int) -> None:
    with pytest.raises(NotValid):
        people.do(decline_merge, merge, reason="")
