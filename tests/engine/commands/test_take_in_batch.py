"""A file with news is taken in once, every row of it."""

from typing import Any

import pytest

from engine import NotFound, NotValid, Receipt
from engine.commands.take_in_batch import BatchKnown, take_in_batch
from engine.storage import tables
from tests.engine.placement_news import Exchange
from tests.small_office import Play


@pytest.fixture
def exchange(play: Play) -> Exchange:
    return Exchange(play)


def take(exchange: Exchange, *rows: dict[str, Any], content: bytes = b"one", **more: Any) -> Receipt:
    given = {"content": content, "format": "csv", **more}
    done: Receipt = exchange.do(take_in_batch, "JATENG", rows, **given)
    return done


def row(case: str, sequence: int = 1, kind: str = "registered", **more: str) -> dict[str, Any]:
    said = {"pesan": f"m-{sequence}", "jenis": kind, "nomor_penempatan": "SK2-1", "nomor_kasus": case}
    return said | {"urutan": str(sequence), "waktu": "2026-05-04T08:00:00+07:00"} | more


def test_a_file_moves_cases_like_any_other_news(exchange: Exchange) -> None:
    number = exchange.placed()
    exchange.play.complete("A")

    done = take(exchange, row(number, nomor_pendaftaran="P-1"))
    exchange.work()

    assert (done.name, done.number) == ("M-2026-000001", 0)
    assert exchange.open() == ["B"]
    assert exchange.play.rows(tables.partner_event)[0]["batch_id"] == 1
    assert "batch.taken_in" in {each["kind"] for each in exchange.play.rows(tables.audit)}


def test_rows_that_cannot_be_read_are_kept_and_named(exchange: Exchange) -> None:
    number = exchange.placed()

    done = take(exchange, row(number), {**row(number, 2), "jenis": "apa", "row": 7})

    assert done.number == 1
    assert exchange.play.rows(tables.exchange_batch)[0]["problem"]["rows"] == [{"row": 7, "why": "unreadable kind"}]
    assert [state for _, state, _ in exchange.states()] == ["waiting", "refused"]


def test_the_same_file_is_taken_in_once(exchange: Exchange) -> None:
    number = exchange.placed()
    take(exchange, row(number))

    with pytest.raises(BatchKnown):
        take(exchange, row(number))

    assert exchange.play.count(tables.partner_event) == 1


def test_the_same_news_in_another_file_is_one(exchange: Exchange) -> None:
    number = exchange.placed()
    take(exchange, row(number))

    take(exchange, row(number), row(number, 2, "trained"), content=b"two")

    assert exchange.play.count(tables.partner_event) == 2


def test_not_for_another_office_and_not_as_any_file(exchange: Exchange) -> None:
    with pytest.raises(NotFound):
        take(exchange, row("S-1"), officer="wayan")
    with pytest.raises(NotValid):
        take(exchange, row("S-1"), format="pdf")
