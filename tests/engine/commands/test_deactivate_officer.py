"""Taking an officer out of the house."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, NotYours, create_token, deactivate_officer, sign_in
from engine.storage import tables
from tests.small_office import Play


def test_nobody_gets_in_as_them_any_more(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="::1", right=True, at=play.now).name
    token = play.engine.perform(create_token, "sri", name="uji", at=play.now).name

    done = play.engine.perform(deactivate_officer, "sri", reason="pindah", at=play.now)

    assert done.state == "deactivated"
    assert play.engine.session(secret, at=play.now) is None
    assert play.engine.token(token, at=play.now) is None
    assert play.engine.perform(sign_in, "sri", address="::1", right=True, at=play.now).state == "refused"
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["reason"]) == ("officer.deactivated", "pindah")


def test_what_they_had_in_hand_goes_back_to_the_post(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.claim("A")

    play.engine.perform(deactivate_officer, "sri", reason="pindah", at=play.now)

    assert (play.item("A").officer, play.item("A").version) == (None, 3)
    play.now += timedelta(minutes=1)
    assert play.complete("A", "budi").state == "completed"


def test_only_who_administers_does_it_and_says_why(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(deactivate_officer, "budi", reason="iri", officer="sri", at=play.now)
    with pytest.raises(NotValid):
        play.engine.perform(deactivate_officer, "budi", reason=" ", at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(deactivate_officer, "tidak-ada", reason="x", at=play.now)

    assert all(row["active"] for row in play.rows(tables.officer))
