"""Somebody who exchanges asks that both sides are compared now."""

import pytest

from engine import NotYours
from engine.commands.ask_comparison import ask_comparison
from engine.storage import tables
from tests.engine.placement_news import Exchange
from tests.small_office import Play


@pytest.fixture
def exchange(play: Play) -> Exchange:
    return Exchange(play)


def test_the_wish_is_stored_with_who_has_it_and_is_no_comparison_yet(exchange: Exchange) -> None:
    done = exchange.do(ask_comparison)

    (row,) = exchange.play.rows(tables.reconciliation)
    assert (done.state, row["source"], row["asked_by"] is not None) == ("asked", "asked", True)
    assert exchange.play.engine.last_reconciled() == (None, exchange.play.now)
    assert "comparison.asked" in {each["kind"] for each in exchange.play.rows(tables.audit)}


def test_who_may_not_exchange_may_not_ask(exchange: Exchange) -> None:
    with pytest.raises(NotYours):
        exchange.do(ask_comparison, officer="sri")
