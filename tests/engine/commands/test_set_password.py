"""Setting a password."""

import pytest

from engine import NotFound, set_password, sign_in
from engine.storage import tables
from tests.small_office import Play

HASH = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c3ludGhldGlj"


def test_another_password_is_recorded_without_its_hash(play: Play) -> None:
    play.engine.perform(set_password, "sri", password=HASH, at=play.now)

    assert play.engine.password_hash("sri") == HASH
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]) == ("password.set", {"login": "sri"})


def test_nobody_gets_a_password_who_is_not_an_officer(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(set_password, "siapa", password=HASH, at=play.now)


def test_a_password_that_is_good_once_is_told_by_every_session_until_another_is_set(play: Play) -> None:
    play.engine.perform(set_password, "sri", password=HASH, once=True, at=play.now)
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=play.now).name
    before = play.engine.session(secret, at=play.now)

    play.engine.perform(set_password, "sri", password=HASH, keep=secret, officer="sri", at=play.now)

    after = play.engine.session(secret, at=play.now)
    assert before is not None
    assert after is not None
    assert (before.once, after.once) == (True, False)
