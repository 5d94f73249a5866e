"""Adding an officer."""

import pytest

from engine import NotValid, add_officer
from engine.storage import tables
from tests.small_office import Play


def test_a_new_officer_is_stored_and_recorded(play: Play) -> None:
    done = play.engine.perform(add_officer, "ratih", name="Ratih", at=play.now)

    assert done.number == len(play.rows(tables.officer))
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]) == ("officer.added", {"login": "ratih"})


@pytest.mark.parametrize("login", ["", " ", "Ratih", " ratih"])
def test_a_login_that_could_be_mistaken_for_another_is_refused(play: Play, login: str) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(add_officer, login, name="Ratih", at=play.now)
