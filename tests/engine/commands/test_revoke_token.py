"""Taking a token away."""

import pytest

from engine import NotFound, NotYours, create_token, revoke_token
from engine.storage import tables
from tests.small_office import Play


def test_a_revoked_token_lets_nobody_in(play: Play) -> None:
    made = play.engine.perform(create_token, "sri", name="uji", at=play.now)

    play.engine.perform(revoke_token, made.number, officer="sri", at=play.now)

    assert play.engine.token(made.name, at=play.now) is None
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["token"]) == ("token.revoked", made.number)


def test_it_is_revoked_once_and_not_by_a_stranger(play: Play) -> None:
    made = play.engine.perform(create_token, "sri", name="uji", at=play.now)

    with pytest.raises(NotYours):
        play.engine.perform(revoke_token, made.number, officer="budi", at=play.now)
    play.engine.perform(revoke_token, made.number, at=play.now)

    with pytest.raises(NotFound):
        play.engine.perform(revoke_token, made.number, at=play.now)
