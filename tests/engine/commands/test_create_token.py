"""Making a token for another program."""

from datetime import timedelta

import pytest

from engine import NotFound, NotValid, create_token
from engine.storage import tables
from tests.small_office import Play


def test_a_token_is_told_once_and_recorded_without_its_secret(play: Play) -> None:
    done = play.engine.perform(create_token, "sri", name="laporan", at=play.now)

    assert play.engine.token(done.name, at=play.now) == "sri"
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
