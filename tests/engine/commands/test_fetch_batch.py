"""A file is fetched by whoever may exchange for its office, and each time is kept."""

import hashlib

import pytest

from engine import NotFound
from engine.commands.fetch_batch import ConsentWithdrawn, fetch_batch
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


def test_who_has_withdrawn_since_it_was_made_is_not_in_the_file(play: Play) -> None:
    exchange = Exchange(play)
    number = exchange.reported(nama="Zzmundur Contoh")
    exchange.reported(nama="Zztetap Contoh")
    batch = exchange.do(make_batch, "JATENG", format="csv").name
    exchange.withdraw(number)

    file = exchange.do(fetch_batch, batch)

    said = file.content.decode()
    assert ("Zzmundur" in said, number in said, "Zztetap" in said) == (False, False, True)
    (row,) = play.rows(tables.exchange_batch)
    assert (row["rows"], row["sha256"]) == (1, hashlib.sha256(file.content).hexdigest())
    assert exchange.dispatches() == ["withdrawn", "sending"]
    assert exchange.do(fetch_batch, batch).content == file.content


def test_a_file_that_left_the_house_is_not_given_again_once_somebody_in_it_has_withdrawn(play: Play) -> None:
    exchange = Exchange(play)
    number = exchange.reported()
    batch = exchange.do(make_batch, "JATENG").name
    exchange.do(fetch_batch, batch)
    exchange.withdraw(number)

    with pytest.raises(ConsentWithdrawn):
        exchange.do(fetch_batch, batch)
    assert exchange.dispatches() == ["sending"]
