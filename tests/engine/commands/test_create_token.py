"""Making a token for another program."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, create_token
from engine.domain.token import EVERY_SCOPE, TokenScope
from engine.storage import tables
from tests.small_office import Play


def test_a_token_is_told_once_and_recorded_without_its_secret(play: Play) -> None:
    done = play.engine.perform(create_token, "sri", name="laporan", at=play.now)

    made = play.engine.token(done.name, at=play.now)
    assert made is not None
    assert (made.login, made.scopes) == ("sri", frozenset(EVERY_SCOPE))
    last = play.rows(tables.audit)[-1]
    assert (last["kind"], last["data"]["name"]) == ("token.created", "laporan")
    assert done.name not in str([play.rows(each) for each in tables.metadata.sorted_tables])


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_token_lasts_at_most_a_year(play: Play, days: int) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(create_token, "sri", name="laporan", lasts=timedelta(days=days), at=play.now)


def test_nobody_gets_a_token_who_is_not_an_officer(play: Play) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(create_token, "siapa", name="laporan", at=play.now)


def test_a_token_has_a_purpose_scopes_and_a_rate_and_reaches_no_further(play: Play) -> None:
    given: dict[str, Any] = {
        "purpose": "Laporan harian",
        "scopes": ["work:read", "cases:read", "work:read"],
        "rate": 60,
    }
    done = play.engine.perform(create_token, "sri", name="laporan", **given, at=play.now)

    made = play.engine.token(done.name, at=play.now)

    assert made is not None
    assert (made.scopes, made.rate) == (frozenset({"cases:read", "work:read"}), 60)
    assert made.may(TokenScope.CASES_READ)
    assert not made.may(TokenScope.CASES_WRITE)
    assert "Laporan harian" not in str(play.rows(tables.audit))


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": []},
        {"scopes": ["cases:read", "persons:read"]},
        {"rate": 0},
        {"rate": 100_001},
        {"name": " "},
        {"name": "x" * 121},
        {"purpose": "x" * 501},
    ],
)
def test_what_is_no_scope_no_rate_and_no_name_is_refused(play: Play, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(create_token, "sri", **{"name": "laporan", **wrong}, at=play.now)

    assert play.count(tables.api_token) == 0


def test_officers_make_tokens_for_themselves_and_for_nobody_else_and_give_themselves_no_rate(play: Play) -> None:
    play.engine.perform(create_token, "sri", name="laporan", officer="sri", at=play.now)

    with pytest.raises(NotYours):
        play.engine.perform(create_token, "sri", name="laporan", officer="budi", at=play.now)
    with pytest.raises(NotYours):
        play.engine.perform(create_token, "sri", name="laporan", rate=5_000, officer="sri", at=play.now)
