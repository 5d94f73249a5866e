"""What waits to be told goes into one file: numbered, hashed, encrypted, recorded, and no cell a formula."""

import csv
import hashlib
import io

import pytest
from python_calamine import CalamineWorkbook

from engine import NotFound, NotValid, NotYours
from engine.commands.fetch_batch import fetch_batch
from engine.commands.make_batch import NothingToReport, make_batch
from engine.course.reporting import report
from engine.domain.dispatch import DispatchState
from engine.storage import tables
from engine.storage.dispatches import settle
from tests.engine.placement_news import Exchange
from tests.small_office import Play


@pytest.fixture
def exchange(play: Play) -> Exchange:
    return Exchange(play)


def test_a_batch_is_numbered_hashed_and_encrypted(exchange: Exchange) -> None:
    exchange.reported()

    done = exchange.do(make_batch, "JATENG")

    assert (done.state, done.number, done.name) == ("made", 1, "K-2026-000001")
    (row,) = exchange.play.rows(tables.exchange_batch)
    assert b"Zzbaris" not in bytes(row["content"])
    file = exchange.do(fetch_batch, "K-2026-000001")
    assert row["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert exchange.dispatches() == ["sending"]
    kinds = [row["kind"] for row in exchange.play.rows(tables.access_record)]
    assert kinds.count("subject.reported") == 1
    assert "batch.made" in {row["kind"] for row in exchange.play.rows(tables.audit)}
    assert "Zzbaris" not in str(exchange.play.rows(tables.audit)) + str(exchange.play.rows(tables.dispatch))


def test_no_cell_is_a_formula_and_numbers_keep_their_digits(exchange: Exchange) -> None:
    exchange.reported()
    exchange.do(make_batch, "JATENG")

    content = exchange.do(fetch_batch, "K-2026-000001").content

    page = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    row = dict(zip(page[0], page[1], strict=True))
    assert row["nama"] == "'=Zzbaris Contoh"
    assert row["nik"] == "9900000000001234"
    assert row["kunci"] == exchange.keys()[0]


def test_as_csv(exchange: Exchange) -> None:
    exchange.reported()
    exchange.do(make_batch, "JATENG", format="csv")

    content = exchange.do(fetch_batch, "K-2026-000001").content

    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert (row["nama"], row["jenis"], row["persetujuan"]) == ("'=Zzbaris Contoh", "placement.begun", "ya")


def test_nobody_goes_without_consent(exchange: Exchange) -> None:
    exchange.reported(consent=False)

    assert exchange.do(make_batch, "JATENG").state == "nothing"

    assert exchange.dispatches() == ["withdrawn"]
    assert exchange.play.count(tables.exchange_batch) == 0


def test_what_is_in_a_batch_goes_into_no_other(exchange: Exchange) -> None:
    exchange.reported()
    exchange.do(make_batch, "JATENG")

    with pytest.raises(NothingToReport):
        exchange.do(make_batch, "JATENG")


def test_another_office_reaches_neither_cases_nor_files(exchange: Exchange) -> None:
    exchange.reported()

    with pytest.raises(NotFound):
        exchange.do(make_batch, "JATENG", officer="wayan")
    with pytest.raises(NothingToReport):
        exchange.do(make_batch, "NTB", officer="wayan")
    exchange.do(make_batch, "JATENG")
    with pytest.raises(NotFound):
        exchange.do(fetch_batch, "K-2026-000001", officer="wayan")
    with pytest.raises(NotYours):
        exchange.do(make_batch, "JATENG", officer="sri")
    with pytest.raises(NotValid):
        exchange.do(make_batch, "JATENG", format="pdf")


def test_what_was_refused_holds_up_what_came_after_it_in_its_case(exchange: Exchange) -> None:
    number = exchange.reported()
    other = exchange.reported(nik="9900000000005555")
    exchange.do(make_batch, "JATENG")
    with exchange.play.engine.begin(at=exchange.play.now) as work:
        settle(work.connection, 1, DispatchState.FAILED, work.at, "uji")
    for each in (number, other):
        with exchange.play.engine.begin(at=exchange.play.now) as work:
            report(work, work.cases.row_of(each), "siskop2mi_perubahan")

    exchange.do(make_batch, "JATENG", format="csv")

    assert exchange.dispatches() == ["failed", "sending", "pending", "sending"]
