"""Keeping figures that were made, for the head office to look at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from engine import NotValid, NotYours, prepare_figures, publish_figures
from engine.commands.prepare_figures import FiguresPublished, NoFiguresYet
from engine.domain.figures import Made, Period, newest_ready
from engine.queries.figures import figure_file, prepared_figures
from engine.storage import tables
from tests.figures_history import STEWARD, History
from tests.small_office import Play

CSV = "month,count\r\n2026-10,29\r\n"


def made(csv: str = CSV, period: str = "2026-10", sha256: str = "a" * 64) -> Made:
    return Made("dispositions", period, csv, "{}", sha256, 1)


def prepare(play: Play, one: Made | None = None, **more: Any) -> Any:
    return play.engine.perform(prepare_figures, [one or made()], at=play.now, **more)


def publish(play: Play) -> None:
    with play.engine.reading(at=play.now) as reader:
        (waiting,) = prepared_figures(reader, play.engine.officer(STEWARD, at=play.now))
    play.engine.perform(publish_figures, waiting.period, seen=waiting.seal, officer=STEWARD, at=play.now)


@pytest.fixture
def house(play: Play) -> Play:
    History(play.engine)
    return play


def test_what_is_prepared_waits_and_is_recorded(house: Play) -> None:
    prepare(house)

    (row,) = house.rows(tables.figure_edition)
    assert (row["edition"], row["state"], row["csv"], row["published_at"]) == (1, "prepared", CSV, None)
    (record,) = [each for each in house.rows(tables.audit) if each["kind"] == "figures.prepared"]
    assert record["data"] == {"dataset": "dispositions", "period": "2026-10", "edition": 1, "sha256": "a" * 64}


def test_preparing_anew_takes_the_place_of_what_waits(house: Play) -> None:
    prepare(house)
    prepare(house, made("month,count\r\n"))

    (row,) = house.rows(tables.figure_edition)
    assert (row["edition"], row["csv"]) == (1, "month,count\r\n")


def test_what_was_published_is_corrected_with_a_reason_only(house: Play) -> None:
    with pytest.raises(NoFiguresYet):
        prepare(house, reason="Terlambat masuk")
    prepare(house)
    publish(house)

    with pytest.raises(FiguresPublished):
        prepare(house)
    prepare(house, made(sha256="b" * 64), reason="  Terlambat   masuk ")
    publish(house)

    rows = house.rows(tables.figure_edition)
    assert [(row["edition"], row["state"], row["reason"]) for row in rows] == [
        (1, "published", ""),
        (2, "published", "Terlambat masuk"),
    ]
    with house.engine.reading(at=house.now) as reader:
        assert figure_file(reader, "dispositions", "2026-10").edition.edition == 2
        assert figure_file(reader, "dispositions", "2026-10", 1).csv == CSV


@pytest.mark.parametrize("change", ["UPDATE figure_edition SET csv = 'x'", "DELETE FROM figure_edition"])
def test_the_database_itself_keeps_what_was_published(house: Play, change: str) -> None:
    prepare(house)
    publish(house)

    with pytest.raises(Exception, match="what was published stays"), house.engine.database.writing() as connection:
        connection.execute(text(change))


def test_no_officer_prepares_and_no_reason_is_endless(house: Play) -> None:
    with pytest.raises(NotYours):
        prepare(house, officer=STEWARD)
    with pytest.raises(NotValid):
        prepare(house, reason="x" * 401)
    with pytest.raises(NotValid):
        prepare(house, made(period="2026-13"))


@pytest.mark.parametrize("wrong", ["2026-00", "26-10", "2026-1", "1999", "2026-10-01", "", "²026"])
def test_a_period_is_a_month_or_a_year(wrong: str) -> None:
    with pytest.raises(NotValid):
        Period.of(wrong)


def test_a_month_begins_and_ends_on_the_clock_of_jakarta() -> None:
    month, year = Period.of("2026-12"), Period.of("2026")

    assert (month.since, month.until) == (
        datetime(2026, 11, 30, 17, tzinfo=UTC),
        datetime(2026, 12, 31, 17, tzinfo=UTC),
    )
    assert (year.since, year.until, year.last.isoformat()) == (
        datetime(2025, 12, 31, 17, tzinfo=UTC),
        month.until,
        "2026-12-31",
    )
    assert newest_ready(datetime(2027, 1, 4, 16, 59, tzinfo=UTC)) == (Period("2026-11"),)
    assert newest_ready(month.ready_at) == (month, year)
