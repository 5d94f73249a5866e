"""Taking away the second factor of somebody of a local government."""

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, list_citizens, reset_pemda_factor
from engine.storage import tables
from tests.engine.commands.test_confirm_pemda_factor import waits
from tests.engine.homes import Homes


def reset(homes: Homes, login: str, reason: str = "Telepon hilang.", officer: str | None = None) -> None:
    homes.do(reset_pemda_factor, login, reason=reason, officer=officer)


def test_every_session_ends_at_once_and_nothing_is_told_before_another_is_set_up(homes: Homes) -> None:
    login = homes.pemda(enrolled=False)
    _, _, session = homes.enrol(login)
    homes.do(list_citizens, login)

    reset(homes, login)

    assert waits(homes, session) is None
    assert waits(homes, homes.enter(login)) is False
    assert homes.play.count(tables.pemda_recovery_code) == 0
    with pytest.raises(WrongState):
        homes.do(list_citizens, login)


def test_the_reason_is_recorded(homes: Homes) -> None:
    reset(homes, homes.pemda())

    (record,) = homes.records("pemda_factor.reset")
    assert (record["data"]["reason"], record["data"]["sessions"]) == ("Telepon hilang.", 1)


def test_it_needs_a_reason_a_second_factor_and_somebody_who_administers(homes: Homes) -> None:
    login = homes.pemda()

    with pytest.raises(NotValid):
        reset(homes, login, reason=" ")
    with pytest.raises(NotYours):
        reset(homes, login, officer="sri")
    with pytest.raises(NotFound):
        reset(homes, homes.pemda("35.08", enrolled=False))
    with pytest.raises(NotFound):
        reset(homes, "nobody")
