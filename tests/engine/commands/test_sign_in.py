"""Getting in, staying out, and tokens for other programs."""

from datetime import timedelta

import pytest

from engine import NotValid, create_token, set_password, sign_in, sign_out
from engine.storage import tables
from tests.small_office import MORNING, Play

HASH = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c3ludGhldGlj"


def try_to_get_in(play: Play, *, right: bool, address: str = "192.0.2.1") -> str:
    done = play.engine.perform(sign_in, "sri", address=address, right=right, at=play.now)
    return done.state


def test_a_session_is_found_by_its_secret_until_it_is_signed_out(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=MORNING).name
    found = play.engine.session(secret, at=MORNING)
    assert found is not None
    assert found.login == "sri"

    play.engine.perform(sign_out, secret, officer="sri", at=MORNING)

    assert play.engine.session(secret, at=MORNING) is None


def test_the_database_knows_no_secret(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=MORNING).name

    assert secret not in str([play.rows(each) for each in tables.metadata.sorted_tables])


def test_a_session_ends_by_itself(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=MORNING).name

    assert play.engine.session(secret, at=MORNING + timedelta(hours=12)) is None


def test_after_five_failures_even_the_right_password_has_to_wait(play: Play) -> None:
    assert [try_to_get_in(play, right=False) for _ in range(5)] == ["refused"] * 5

    assert try_to_get_in(play, right=True) == "throttled"
    play.now += timedelta(minutes=16)
    assert try_to_get_in(play, right=True) == "signed-in"


def test_a_stranger_who_fails_locks_nobody_out_at_another_address(play: Play) -> None:
    for _ in range(5):
        try_to_get_in(play, right=False, address="198.51.100.1")

    assert try_to_get_in(play, right=True, address="198.51.100.1") == "throttled"
    assert try_to_get_in(play, right=True) == "signed-in"


def test_many_strangers_shut_a_login_for_addresses_that_it_never_used(play: Play) -> None:
    assert try_to_get_in(play, right=True) == "signed-in"
    for number in range(20):
        try_to_get_in(play, right=False, address=f"198.51.100.{number}")

    assert try_to_get_in(play, right=True, address="203.0.113.9") == "throttled"
    assert try_to_get_in(play, right=True) == "signed-in"


def test_one_address_may_try_many_logins_but_not_for_ever(play: Play) -> None:
    for number in range(50):
        play.engine.perform(sign_in, f"nobody{number}", address="192.0.2.1", right=False, at=play.now)

    assert try_to_get_in(play, right=True) == "throttled"
    assert try_to_get_in(play, right=True, address="192.0.2.2") == "signed-in"


def test_another_password_signs_everybody_of_that_name_out(play: Play) -> None:
    secret = play.engine.perform(sign_in, "sri", address="192.0.2.1", right=True, at=MORNING).name

    play.engine.perform(set_password, "sri", password=HASH, at=MORNING)

    assert play.engine.session(secret, at=MORNING) is None
    assert play.engine.password_hash("sri") == HASH


def test_a_password_in_clear_text_is_never_stored(play: Play) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(set_password, "sri", password="rahasia", at=MORNING)


def test_a_token_acts_for_its_officer_until_it_ends(play: Play) -> None:
    secret = play.engine.perform(create_token, "sri", name="laporan", lasts=timedelta(days=1), at=MORNING).name

    assert play.engine.token(secret, at=MORNING)
    assert play.engine.token(secret, at=MORNING + timedelta(days=1)) is None
