"""Showing the second factor at a sign-in of a local government (RFC 6238)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from engine import pass_pemda_factor, rotate_keys
from tests.engine.commands.test_confirm_pemda_factor import waits
from tests.engine.homes import Homes


@pytest.fixture
def device(homes: Homes) -> tuple[str, str, list[str]]:
    """Somebody with a second factor whose next code is fresh: login, secret and recovery codes."""
    login = homes.pemda(enrolled=False)
    secret, codes, _ = homes.enrol(login)
    homes.play.now += timedelta(minutes=1)
    return login, secret, codes


def give(homes: Homes, login: str, session: str, code: str) -> str:
    given = {"code": code, "session": session, "address": "192.0.2.7"}
    state: str = homes.do(pass_pemda_factor, login, **given).state
    return state


def test_the_code_of_now_opens_the_session(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, secret, _ = device
    session = homes.enter(login)
    assert waits(homes, session)

    assert give(homes, login, session, f" {homes.shown(secret)[:3]} {homes.shown(secret)[3:]} ") == "passed"

    assert waits(homes, session) is False
    assert [each["officer"] for each in homes.looks("pemda_factor.passed")] == [f"pemda:{login}"]


def test_a_code_is_good_once_and_so_is_none_before_it(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, secret, _ = device
    code, before = homes.shown(secret), pyotp.TOTP(secret).at(homes.play.now - timedelta(seconds=30))

    said = [give(homes, login, homes.enter(login), each) for each in (code, code, before)]

    assert said == ["passed", "refused", "refused"]


def test_a_recovery_code_is_good_once_however_it_is_typed(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, _, codes = device

    said = [give(homes, login, homes.enter(login), each) for each in (codes[0].upper(), codes[0], codes[1])]

    assert said == ["passed", "refused", "passed"]


def test_after_five_wrong_codes_the_right_one_does_not_help_for_a_while(
    homes: Homes, device: tuple[str, str, list[str]]
) -> None:
    login, secret, codes = device
    session = homes.enter(login)
    for _ in range(5):
        assert give(homes, login, session, "aaaa") == "refused"

    now = [give(homes, login, session, each) for each in (homes.shown(secret), codes[0])]
    homes.play.now += timedelta(minutes=16)

    assert now == ["throttled", "throttled"]
    assert give(homes, login, homes.enter(login), homes.shown(secret)) == "passed"


def test_who_guesses_all_day_gets_nowhere(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, secret, _ = device
    session = homes.enter(login)
    for _ in range(6):
        for _ in range(5):
            give(homes, login, session, "aaaa")
        homes.play.now += timedelta(minutes=16)

    assert give(homes, login, homes.enter(login), homes.shown(secret)) == "throttled"


def test_anothers_code_and_anothers_session_are_not_mine(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, secret, codes = device
    other = homes.pemda("35.08")
    session, mine = homes.enter(other), homes.enter(login)

    assert {give(homes, other, session, each) for each in (homes.shown(secret), codes[0])} == {"refused"}
    assert give(homes, login, session, homes.shown(secret)) == "passed"
    assert (waits(homes, session), waits(homes, mine)) == (True, True)


def test_a_new_key_is_carried_to_the_secret(homes: Homes, device: tuple[str, str, list[str]]) -> None:
    login, secret, _ = device

    homes.do(rotate_keys)

    assert give(homes, login, homes.enter(login), homes.shown(secret)) == "passed"


def test_codes_that_come_at_the_same_moment_are_counted_one_by_one(
    homes: Homes, device: tuple[str, str, list[str]]
) -> None:
    login, secret, _ = device
    right, sessions = homes.shown(secret), [homes.enter(login) for _ in range(4)]

    with ThreadPoolExecutor(4) as many:
        same = list(many.map(lambda each: give(homes, login, each, right), sessions))
        wrong = list(many.map(lambda _: give(homes, login, sessions[0], "aaaa"), range(8)))

    assert sorted(same) == ["passed", "refused", "refused", "refused"]
    assert sorted(wrong) == ["refused"] * 2 + ["throttled"] * 6
