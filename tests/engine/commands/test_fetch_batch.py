"""A file is fetched by whoever may exchange for its office, and each time is kept."""

import pytest

from engine import NotFound
from engine.commands.fetch_batch import fetch_batch
from engine.commands.make_batch import make_batch
from engine.storage import tables
from tests.engine.placement_news import Exchange
from tests.small_office import Play


def test_each_fetching_is_recorded(play: Play) -> None:
    exchange = Exchange(play)
    exchange.reported()
    number = exchange.do(make_batch, "JATENG").name

    first, again = exchange.do(fetch_batch, number), exchange.do(fetch_batch, number)

    assert (first.name, first.content) == ("K-2026-000001.xlsx", again.content)
    assert play.rows(tables.exchange_batch)[0]["state"] == "fetched"
    assert [row["kind"] for row in play.rows(tables.audit)].count("batch.fetched") == 2
    assert [row["kind"] for row in play.rows(tables.access_record)].count("batch.fetched") == 2


def test_a_number_that_is_none(play: Play) -> None:
    with pytest.raises(NotFound):
        Exchange(play).do(fetch_batch, "K-2026-000009")
