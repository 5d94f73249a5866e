"""What the other side answers to a batch settles each of its rows."""

from typing import Any

import pytest

from engine import NotFound, Receipt
from engine.commands.acknowledge_batch import FileKnown, NotAnAnswer, acknowledge_batch
from engine.commands.make_batch import make_batch
from engine.storage import tables
from tests.engine.placement_news import Exchange
from tests.small_office import Play


@pytest.fixture
def exchange(play: Play) -> Exchange:
    made = Exchange(play)
    made.reported()
    made.reported(nik="9900000000005678")
    made.do(make_batch, "JATENG")
    return made


def answer(exchange: Exchange, *rows: dict[str, Any], content: bytes = b"one", **more: Any) -> Receipt:
    done: Receipt = exchange.do(acknowledge_batch, "K-2026-000001", rows, content=content, format="csv", **more)
    return done


def yes(key: str, reference: str = "") -> dict[str, Any]:
    return {"kunci": key, "hasil": "diterima", "nomor_penempatan": reference}


def no(key: str, why: str = "nik-tidak-cocok") -> dict[str, Any]:
    return {"kunci": key, "hasil": "ditolak", "alasan": why}


def test_what_was_accepted_is_sent_and_what_was_refused_is_given_up(exchange: Exchange) -> None:
    first, second = exchange.keys()

    done = answer(exchange, yes(first, "SK2-1"), no(second))

    assert (done.state, done.number) == ("acknowledged", 1)
    assert exchange.dispatches() == ["sent", "failed"]
    assert [row["reference"] for row in exchange.play.rows(tables.partner_case)] == ["SK2-1", None]
    batch = exchange.play.rows(tables.exchange_batch)[0]
    assert [each["why"] for each in batch["problem"]["rows"]] == ["nik-tidak-cocok"]
    assert "batch.acknowledged" in {row["kind"] for row in exchange.play.rows(tables.audit)}


def test_what_somebody_typed_as_a_reason_is_not_kept_in_clear(exchange: Exchange) -> None:
    first, second = exchange.keys()

    answer(exchange, yes(first), no(second, "Zzbaris Contoh sudah pindah"))

    assert "pindah" not in str(exchange.play.rows(tables.exchange_batch)) + str(exchange.play.rows(tables.dispatch))


def test_a_part_may_be_answered_later(exchange: Exchange) -> None:
    first, second = exchange.keys()

    assert answer(exchange, yes(first)).state == "partly"
    assert answer(exchange, yes(second), content=b"two").state == "acknowledged"

    assert exchange.dispatches() == ["sent", "sent"]


def test_the_same_file_twice_is_refused(exchange: Exchange) -> None:
    first, second = exchange.keys()
    answer(exchange, yes(first))

    with pytest.raises(FileKnown):
        answer(exchange, yes(second))


@pytest.mark.parametrize("rows", [[yes("other")], [{"kunci": "", "hasil": "diterima"}], []])
def test_a_row_that_answers_nothing_takes_in_nothing(exchange: Exchange, rows: list[dict[str, Any]]) -> None:
    with pytest.raises(NotAnAnswer):
        answer(exchange, *rows)

    assert exchange.dispatches() == ["sending", "sending"]


def test_one_report_is_answered_once_and_by_a_word_that_is_known(exchange: Exchange) -> None:
    first = exchange.keys()[0]

    with pytest.raises(NotAnAnswer):
        answer(exchange, yes(first), no(first))
    with pytest.raises(NotAnAnswer):
        answer(exchange, {"kunci": first, "hasil": "mungkin"})


def test_a_number_that_another_case_has_leaves_the_report_unknown(exchange: Exchange) -> None:
    first, second = exchange.keys()

    answer(exchange, yes(first, "SK2-1"), yes(second, "SK2-1"))

    assert exchange.dispatches() == ["sent", "unknown"]


def test_another_office_finds_no_batch(exchange: Exchange) -> None:
    with pytest.raises(NotFound):
        answer(exchange, yes(exchange.keys()[0]), officer="wayan")
