"""Leaving."""

from engine import sign_in, sign_out
from engine.storage import tables
from tests.small_office import Play


def test_coming_and_leaving_are_noted_among_the_accesses(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=play.now).name

    play.engine.perform(sign_out, secret, officer="sri", at=play.now)

    noted = [(row["kind"], row["officer"]) for row in play.rows(tables.access_record)]
    assert noted == [("sign_in.done", "sri"), ("sign_out.done", "sri")]


def test_leaving_twice_changes_nothing(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=play.now).name
    play.engine.perform(sign_out, secret, officer="sri", at=play.now)

    done = play.engine.perform(sign_out, secret, officer="sri", at=play.now)

    assert done.state == "signed-out"
    assert play.engine.session(secret, at=play.now) is None
