"""Taking a second factor away."""

import pytest

from engine import NotFound, NotValid, NotYours, reset_factor
from engine.storage import tables
from tests.engine.commands.test_begin_factor import mine
from tests.engine.signing_on import enrol, enter, kinds
from tests.small_office import Play


def reset(play: Play, login: str = "sri", reason: str = "Telepon hilang.", officer: str | None = None) -> None:
    play.engine.perform(reset_factor, login, reason=reason, officer=officer, at=play.now)


def test_every_session_ends_and_the_next_one_asks_for_no_code(play: Play) -> None:
    _, _, session = enrol(play)

    reset(play)

    fresh = play.engine.session(enter(play), at=play.now)
    assert play.engine.session(session, at=play.now) is None
    assert fresh is not None
    assert not fresh.waits
    assert mine(play).confirmed_at is None
    assert play.count(tables.recovery_code) == 0


def test_the_reason_is_recorded(play: Play) -> None:
    enrol(play)

    reset(play)

    assert kinds(play)[-1] == "factor.reset"
    assert play.rows(tables.audit)[-1]["data"]["reason"] == "Telepon hilang."


def test_it_needs_a_reason_a_second_factor_and_somebody_who_administers(play: Play) -> None:
    enrol(play)

    with pytest.raises(NotValid):
        reset(play, reason=" ")
    with pytest.raises(NotYours):
        reset(play, officer="sri")
    with pytest.raises(NotFound):
        reset(play, "budi")
