"""Telling whoever a token acts for that it ends."""

from datetime import timedelta

import pytest

from engine import create_token, revoke_token, set_mail_address
from engine.commands.take_dispatch import take_dispatch
from engine.commands.tell_token_ends import tell_token_ends
from engine.storage import tables
from engine.worker.housekeeping import Housekeeping
from tests.engine.delivery.told import told
from tests.small_office import Play

DAY = timedelta(days=1)


def make(play: Play, days: int, login: str = "sri") -> int:
    done = play.engine.perform(create_token, login, name=f"dasbor {days}", lasts=days * DAY, at=play.now)
    return done.number or 0


def test_its_owner_is_told_two_weeks_before_and_once(play: Play) -> None:
    make(play, 14)
    make(play, 15, "budi")

    first, again = (play.engine.perform(tell_token_ends, at=play.now).number for _ in range(2))
    play.now += DAY
    later = play.engine.perform(tell_token_ends, at=play.now).number

    assert (first, again, later) == (1, 0, 1)
    assert told(play) == [("sri", "token.ends"), ("budi", "token.ends")]
    (row, _) = play.rows(tables.notice)
    assert (row["case_id"], row["name"], row["about"]) == (None, "dasbor 14", "token 1")
    assert row["told"]["until"] == (play.now + 13 * DAY).isoformat()


@pytest.mark.parametrize("gone", ["revoked", "over"])
def test_of_one_that_is_over_nobody_is_told(play: Play, gone: str) -> None:
    number = make(play, 3)
    if gone == "revoked":
        play.engine.perform(revoke_token, number, at=play.now)
    else:
        play.now += 4 * DAY

    assert play.engine.perform(tell_token_ends, at=play.now).number == 0
    assert told(play) == []


def test_it_goes_out_by_mail_where_mail_is_wanted_and_is_about_no_case(play: Play) -> None:
    play.engine.perform(set_mail_address, "sri", address="sri@contoh.example", officer="sri", at=play.now)
    make(play, 3)
    play.engine.perform(tell_token_ends, at=play.now)

    (row,) = play.rows(tables.dispatch)
    parcel = play.engine.perform(take_dispatch, row["id"], until=play.now + DAY, at=play.now)

    assert (row["digest"], row["case_id"]) == (False, None)
    assert parcel is not None
    assert [(each.case, each.name) for each in parcel.notices] == [("", "dasbor 3")]


def test_the_worker_sees_to_it_by_itself(play: Play) -> None:
    make(play, 3)

    Housekeeping(play.engine).tidy(play.now)

    assert told(play) == [("sri", "token.ends")]
