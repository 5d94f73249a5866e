"""Both sides are compared, and what was planted is found: nothing more, nothing less."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import event

from engine import NotFound, NotYours, Receipt, cancel_case
from engine.commands.reconcile_placements import ListNotWhole, RecordNotRead, reconcile_placements
from engine.domain.placement_reading import hash_of_name
from engine.storage import tables
from tests.engine.placement_news import PERSON, Exchange
from tests.small_office import Play


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    event.listen(sqlalchemy.Engine, "before_cursor_execute", note)
    yield seen
    event.remove(sqlalchemy.Engine, "before_cursor_execute", note)


@pytest.fixture
def exchange(play: Play) -> Exchange:
    return Exchange(play)


def record(reference: str, case: str, **more: Any) -> dict[str, Any]:
    said = {"reference": reference, "case": case, "stage": "", "sequence": 0, "open": True}
    return said | {"born_on": "1990-01-31", "name_hash": hash_of_name(PERSON["nama"])} | more


def compare(exchange: Exchange, *records: dict[str, Any], **more: Any) -> Receipt:
    done: Receipt = exchange.do(reconcile_placements, records, **{"officer": None, **more})
    return done


def open_ones(exchange: Exchange) -> list[tuple[str, str]]:
    rows = exchange.play.rows(tables.difference)
    return sorted((row["kind"], row["reference"]) for row in rows if row["mended_at"] is None)


def test_seven_planted_differences_are_found_and_nothing_else(exchange: Exchange) -> None:
    numbers = [exchange.reported(nik=f"99000000000010{place:02}") for place in range(7)]
    alike, closed, _gone, staged, missing, other, shut = numbers
    with exchange.play.engine.begin(at=exchange.play.now) as work:
        work.placements.close(work.cases.row_of(closed), work.at)
    theirs = [
        record("R-1", alike),
        record("R-2", closed),
        record("R-4", staged, stage="registered"),
        record("R-5", missing, stage="trained", sequence=2),
        record("R-6", other, born_on="1991-02-01"),
        record("R-7", shut, open=False),
        record("R-9", "S-2026-99999"),
    ]

    done = compare(exchange, *theirs)

    assert done.number == 7
    assert open_ones(exchange) == [
        ("closed-here-open-there", "R-2"),
        ("event-missing", "R-5"),
        ("open-here-closed-there", "R-7"),
        ("other-person", "R-6"),
        ("stage-differs", "R-4"),
        ("unknown-to-them", ""),
        ("unknown-to-us", "R-9"),
    ]
    assert "1991" not in str(exchange.play.rows(tables.difference))
    assert "placements.reconciled" in {row["kind"] for row in exchange.play.rows(tables.audit)}
    assert "persons.compared" in {row["kind"] for row in exchange.play.rows(tables.access_record)}


def test_what_is_found_again_stays_and_what_is_not_is_gone(exchange: Exchange) -> None:
    number = exchange.reported()
    compare(exchange)
    compare(exchange)
    assert exchange.play.count(tables.difference) == 1

    compare(exchange, record("R-1", number))

    assert open_ones(exchange) == []
    assert exchange.play.rows(tables.difference)[0]["how"] == "gone"


def test_a_name_written_otherwise_is_another_person_and_spaces_are_not(exchange: Exchange) -> None:
    number = exchange.reported()

    same = {"name_hash": hash_of_name("=ZZBARIS  contoh")}
    assert compare(exchange, record("R-1", number, **same)).number == 0
    assert compare(exchange, record("R-1", number, name_hash=hash_of_name("Lain"))).number == 1


def test_half_a_list_is_no_list(exchange: Exchange) -> None:
    exchange.reported()

    with pytest.raises(RecordNotRead):
        compare(exchange, record("R-1", "x"), {"reference": ""})

    assert exchange.play.count(tables.reconciliation) == 0


def test_an_officer_brings_the_list_of_one_office_as_a_file(exchange: Exchange) -> None:
    exchange.reported()
    own: dict[str, Any] = {"officer": "tini", "office": "JATENG", "content": b"list"}

    assert compare(exchange, **own).number == 1
    assert compare(exchange, **own).number == 1

    assert [row["source"] for row in exchange.play.rows(tables.reconciliation)] == ["M-2026-000001"] * 2
    assert exchange.play.count(tables.exchange_batch) == 1
    with pytest.raises(NotYours):
        compare(exchange, officer="tini")
    with pytest.raises(NotYours):
        compare(exchange, officer="sri", office="JATENG")
    with pytest.raises(NotFound):
        compare(exchange, officer="wayan", office="JATENG")


def test_the_list_of_one_office_says_nothing_of_another(exchange: Exchange) -> None:
    exchange.reported()

    assert compare(exchange, officer="wayan", office="NTB").number == 0

    assert exchange.play.count(tables.difference) == 0


def known_by_number(exchange: Exchange, count: int) -> list[str]:
    numbers = [exchange.reported(nik=f"99000000000020{place:02}") for place in range(count)]
    with exchange.play.engine.begin(at=exchange.play.now) as work:
        for place, number in enumerate(numbers):
            work.placements.name(work.cases.row_of(number), f"R-{place}")
    return numbers


def test_an_empty_list_of_a_side_that_told_numbers_is_no_list(exchange: Exchange) -> None:
    known_by_number(exchange, 1)

    with pytest.raises(ListNotWhole):
        compare(exchange)

    assert exchange.play.count(tables.reconciliation) == 0


def test_a_list_that_lacks_most_is_cut_and_one_that_lacks_a_few_is_not(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.commands.reconcile_placements.MANY", 3)
    numbers = known_by_number(exchange, 4)

    with pytest.raises(ListNotWhole):
        compare(exchange, record("R-0", numbers[0]))

    assert compare(exchange, record("R-0", numbers[0]), record("R-1", numbers[1])).number == 2


def test_a_placement_whose_case_was_cancelled_is_closed_here(exchange: Exchange) -> None:
    (number,) = known_by_number(exchange, 1)
    exchange.do(cancel_case, number, reason="uji", officer="sri")

    compare(exchange, record("R-0", number))

    assert open_ones(exchange) == [("closed-here-open-there", "R-0")]


def test_many_placements_cost_few_statements(exchange: Exchange) -> None:
    counted = []
    for _ in range(2):
        for place in range(3):
            exchange.reported(nik=f"99000000000030{place:02}")
        compare(exchange)
        with statements() as seen:
            compare(exchange)
        counted.append(len(seen))

    assert counted[0] == counted[1]
