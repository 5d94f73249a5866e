"""Showing the second factor at sign-in (RFC 6238)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp

from engine import pass_factor, rotate_keys
from engine.storage import tables
from tests.engine.signing_on import ADDRESS, enrol, enter, shown
from tests.small_office import Play


def give(play: Play, session: str, code: str, login: str = "sri") -> str:
    given = {"code": code, "session": session, "address": ADDRESS}
    return play.engine.perform(pass_factor, **given, officer=login, at=play.now).state


def waits(play: Play, session: str) -> bool:
    found = play.engine.session(session, at=play.now)
    assert found is not None
    return found.waits


def test_the_code_of_now_opens_the_session(play: Play) -> None:
    secret, _, _ = enrol(play)
    session = enter(play)

    said = give(play, session, f" {shown(play, secret)[:3]} {shown(play, secret)[3:]} ")

    assert (said, waits(play, session)) == ("passed", False)
    assert play.rows(tables.access_record)[-1]["kind"] == "factor.passed"


def test_the_codes_are_those_of_the_standard() -> None:
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    assert pyotp.TOTP(seed).at(datetime.fromtimestamp(59, UTC)) == "287082"


def test_a_code_is_good_once_and_so_is_none_before_it(play: Play) -> None:
    secret, _, _ = enrol(play)
    code, before = shown(play, secret), pyotp.TOTP(secret).at(play.now - timedelta(seconds=30))

    first, again, older = (give(play, enter(play), each) for each in (code, code, before))

    assert (first, again, older) == ("passed", "refused", "refused")


def test_a_clock_may_be_a_step_off_and_no_more(play: Play) -> None:
    secret, _, _ = enrol(play)
    codes = {step: pyotp.TOTP(secret).at(play.now + timedelta(seconds=30 * step)) for step in (-2, -1, 1, 2)}

    said = {step: give(play, enter(play), code) for step, code in codes.items()}

    assert said == {-2: "refused", -1: "passed", 1: "passed", 2: "refused"}


def test_a_recovery_code_is_good_once_however_it_is_typed(play: Play) -> None:
    _, codes, _ = enrol(play)

    said = [give(play, enter(play), each) for each in (codes[0].upper().replace("-", " "), codes[0], codes[1])]

    assert said == ["passed", "refused", "passed"]


def test_after_five_wrong_codes_the_right_one_does_not_help_for_a_while(play: Play) -> None:
    secret, codes, _ = enrol(play)
    session = enter(play)
    for _ in range(5):
        assert give(play, session, "aaaa") == "refused"

    now = give(play, session, shown(play, secret)), give(play, session, codes[0])
    play.now += timedelta(minutes=16)

    assert now == ("throttled", "throttled")
    assert give(play, enter(play), shown(play, secret)) == "passed"


def test_who_guesses_all_day_gets_nowhere(play: Play) -> None:
    secret, _, _ = enrol(play)
    session = enter(play)
    for _ in range(6):
        for _ in range(5):
            give(play, session, "aaaa")
        play.now += timedelta(minutes=16)

    assert give(play, enter(play), shown(play, secret)) == "throttled"


def test_anothers_code_is_not_mine(play: Play) -> None:
    secret, codes, _ = enrol(play)
    enrol(play, "budi")
    session = enter(play, "budi")

    assert {give(play, session, each, "budi") for each in (shown(play, secret), codes[0])} == {"refused"}
    assert waits(play, session)


def test_a_new_key_is_carried_to_the_secret(play: Play) -> None:
    secret, _, _ = enrol(play)

    play.engine.perform(rotate_keys, at=play.now)

    assert give(play, enter(play), shown(play, secret)) == "passed"


def test_codes_that_come_at_the_same_moment_are_counted_one_by_one(play: Play) -> None:
    secret, _, _ = enrol(play)
    right, sessions = shown(play, secret), [enter(play) for _ in range(4)]

    with ThreadPoolExecutor(4) as many:
        same = list(many.map(lambda each: give(play, each, right), sessions))
        wrong = list(many.map(lambda _: give(play, sessions[0], "aaaa"), range(8)))

    assert sorted(same) == ["passed", "refused", "refused", "refused"]
    assert sorted(wrong) == ["refused"] * 2 + ["throttled"] * 6
