"""Linking an account of the agency to an officer."""

import pytest

from engine import NotFound, NotValid, NotYours, WrongState
from engine.storage import tables
from tests.engine.signing_on import ISSUER, come, kinds, link
from tests.small_office import Play


def test_a_linked_account_lets_in_and_is_recorded_without_naming_it(play: Play) -> None:
    link(play, subject="rahasia-1")

    assert come(play, "rahasia-1").state == "signed-in"
    assert kinds(play)[-1] == "identity.linked"
    assert play.rows(tables.audit)[-1]["data"]["issuer"] == ISSUER
    assert "rahasia-1" not in str(play.rows(tables.audit)) + str(play.rows(tables.access_record))


def test_an_account_lets_in_one_officer_only(play: Play) -> None:
    link(play)

    with pytest.raises(WrongState, match="linked to sri"):
        link(play, "budi")


def test_it_is_for_who_administers_and_for_officers_that_there_are(play: Play) -> None:
    with pytest.raises(NotYours):
        link(play, officer="budi")
    with pytest.raises(NotFound):
        link(play, "tidak-ada")
    with pytest.raises(NotValid):
        link(play, subject=" ")
    with pytest.raises(NotValid):
        link(play, subject="x" * 256)

    assert play.count(tables.identity_link) == 0
