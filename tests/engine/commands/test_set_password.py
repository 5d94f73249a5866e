"""Setting a password."""

import pytest

from engine import NotFound, set_password
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
