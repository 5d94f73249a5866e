"""How fast a token may ask: exactly as often as it was granted, whichever process answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine import Engine, create_token
from engine.domain.quota import resets_in, share_of, window_of
from engine.domain.token import Token
from engine.runtime.quotas import Quotas
from engine.storage import tables
from tests.small_office import KEYS, MORNING, Play

RATE = 10


@pytest.fixture
def token(play: Play) -> Token:
    made = play.engine.perform(create_token, "sri", name="uji", at=play.now)
    found = play.engine.token(made.name, at=play.now)
    assert found is not None
    return found


def another_process(play: Play) -> Engine:
    return Engine(play.engine.database, play.engine.programs._interpreters, KEYS)


def test_a_token_asks_as_often_as_the_house_grants_and_anew_in_the_next_minute(play: Play, token: Token) -> None:
    spent = [play.engine.spend(token, rate=RATE, at=play.now) for _ in range(RATE + 2)]
    later = play.engine.spend(token, rate=RATE, at=play.now + timedelta(minutes=1))

    assert [each.allowed for each in spent] == [True] * RATE + [False] * 2
    assert [each.left for each in spent[:3]] == [9, 8, 7]
    assert spent[-1].left == 0
    assert (later.allowed, later.left) == (True, RATE - 1)


def test_its_own_rate_stands_over_that_of_the_house(play: Play) -> None:
    made = play.engine.perform(create_token, "sri", name="uji", rate=2, at=play.now)
    token = play.engine.token(made.name, at=play.now)
    assert token is not None

    assert [play.engine.spend(token, rate=RATE, at=play.now).allowed for _ in range(3)] == [True, True, False]


def test_two_processes_share_one_quota(play: Play, token: Token) -> None:
    processes = play.engine, another_process(play)

    allowed = [processes[turn % 2].spend(token, rate=RATE, at=play.now).allowed for turn in range(2 * RATE)]

    assert sum(allowed) == RATE


def test_what_a_process_took_and_did_not_use_is_all_that_another_can_lack(play: Play, token: Token) -> None:
    rate = 500
    play.engine.spend(token, rate=rate, at=play.now)
    other = another_process(play)

    allowed = sum(other.spend(token, rate=rate, at=play.now).allowed for _ in range(rate + 5))

    assert allowed == rate - share_of(rate)


def test_only_one_request_in_many_writes(play: Play, token: Token) -> None:
    taken: list[int] = []
    quotas = Quotas(lambda _token, _minute, wanted, _at: taken.append(wanted) or sum(taken))  # type: ignore[func-returns-value] # append gives None

    allowed = [quotas.spend(token.number, 600, play.now).allowed for _ in range(601)]

    assert (sum(allowed), len(taken)) == (600, 51)


def test_threads_that_ask_at_once_get_no_more(play: Play, token: Token) -> None:
    with ThreadPoolExecutor(4) as pool:
        spent = list(pool.map(lambda _: play.engine.spend(token, rate=RATE, at=play.now), range(4 * RATE)))

    assert sum(each.allowed for each in spent) == RATE


def test_a_process_whose_clock_is_behind_counts_with_the_others(play: Play, token: Token) -> None:
    behind = another_process(play)
    for _ in range(RATE):
        play.engine.spend(token, rate=RATE, at=play.now)

    assert not behind.spend(token, rate=RATE, at=play.now - timedelta(seconds=90)).allowed


def test_when_a_token_was_used_last_is_kept(play: Play, token: Token) -> None:
    play.engine.spend(token, rate=RATE, at=play.now)

    (row,) = play.rows(tables.token_use)
    assert (row["token_id"], row["used_at"]) == (token.number, play.now)


def test_the_minute_is_the_clocks_own() -> None:
    at = MORNING + timedelta(seconds=59, milliseconds=500)

    assert window_of(at) == window_of(MORNING)
    assert (resets_in(MORNING), resets_in(at)) == (60, 1)
