"""A new secret for a program, and the old one beside it for a while."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, NotYours, WrongState, end_webhook, rotate_webhook_secret
from engine.delivery.webhook import headers_of, signed
from engine.storage import tables
from tests.engine.commands.calls_out import one_call, take
from tests.small_office import Play

DAY = timedelta(days=1)


def test_for_the_overlap_both_sign_and_whoever_has_either_can_check(play: Play) -> None:
    old = one_call(play)

    new = play.engine.perform(rotate_webhook_secret, 1, overlap=7 * DAY, at=play.now).name

    headers = headers_of(take(play), b"{}", play.now)
    made = [f"v1,{signed(each, headers['webhook-id'], headers['webhook-timestamp'], b'{}')}" for each in (new, old)]
    assert headers["webhook-signature"].split(" ") == made
    assert "webhook_secret.rotated" in [each["kind"] for each in play.rows(tables.audit)]


def test_after_the_overlap_only_the_new_one_signs_and_the_old_one_is_let_go_of(play: Play) -> None:
    one_call(play)
    play.engine.perform(rotate_webhook_secret, 1, overlap=DAY, at=play.now)
    play.now += DAY

    parcel = take(play)
    play.engine.tidy(at=play.now)

    assert parcel.secret_before == ""
    assert play.rows(tables.webhook)[0]["secret_before"] == ""


def test_a_secret_that_got_out_signs_nothing_from_then_on(play: Play) -> None:
    old = one_call(play)

    new = play.engine.perform(rotate_webhook_secret, 1, overlap=timedelta(0), at=play.now).name

    parcel = take(play)
    assert (parcel.secret, parcel.secret_before) == (new, "")
    assert old not in str(play.rows(tables.webhook)) + str(play.rows(tables.audit)) + repr(parcel)


def test_neither_for_ever_nor_for_a_program_that_is_gone(play: Play) -> None:
    one_call(play)
    for overlap in (31 * DAY, -DAY):
        with pytest.raises(NotValid):
            play.engine.perform(rotate_webhook_secret, 1, overlap=overlap, at=play.now)
    with pytest.raises(NotFound):
        play.engine.perform(rotate_webhook_secret, 9, at=play.now)
    play.engine.perform(end_webhook, 1, at=play.now)

    with pytest.raises(WrongState):
        play.engine.perform(rotate_webhook_secret, 1, at=play.now)


def test_it_is_for_who_administers(play: Play) -> None:
    one_call(play)

    with pytest.raises(NotYours):
        play.engine.perform(rotate_webhook_secret, 1, officer="sri", at=play.now)
