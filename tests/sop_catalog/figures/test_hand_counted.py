"""Every number of every data set against a small history that was counted by hand, on both databases."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import Engine, NotFound, NotValid, prepare_figures, publish_figures
from engine.domain.figures import Period
from engine.queries.figures import figure_file, prepared_figures
from engine.storage import tables
from sop_catalog.figures import correct, dataset, datasets, make, making, prepare, prepare_due
from tests.figures_history import OCTOBER, READY, STEWARD, History, october
from tests.small_office import Play

MONTH, YEAR = Period("2026-10"), Period("2026")
NEW_YEAR = datetime(2027, 1, 5, tzinfo=UTC)


def last_first(key: tuple[str, ...]) -> Any:
    """Instead of chance: what comes last by its code is hidden first."""
    return [-ord(each) for each in "".join(key)]


@pytest.fixture
def history(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setattr(making, "_by_chance", last_first)
    return october(History(engine))


def rows(history: History, code: str, period: Period = MONTH, at: datetime = READY) -> list[dict[str, str]]:
    """The lines of the CSV file."""
    (made,) = make(history.engine, period, [dataset(code)], at=at)
    return list(csv.DictReader(io.StringIO(made.csv)))


def told(found: list[dict[str, str]], *keys: str) -> dict[tuple[str, ...], str]:
    """Every number that is told and is not nothing, by these columns."""
    return {
        tuple(row[key] for key in keys): row["count"]
        for row in found
        if (row["count"] != "0" and row["suppressed"] == "false")
    }


def hidden(found: list[dict[str, str]], *keys: str) -> set[tuple[str, ...]]:
    assert all(row["count"] == "" for row in found if row["suppressed"] == "true")
    return {tuple(row[key] for key in keys) for row in found if row["suppressed"] == "true"}


def test_by_origin(history: History) -> None:
    found = rows(history, "prevented-by-origin")

    # 12 Malang + 6 Blitar + 1 somewhere in East Java, 7 Lombok Barat, 3 Kupang; Kupang takes Nusa Tenggara Barat with it,
    # and the one of unknown regency takes Malang with it
    assert told(found, "level", "province", "regency") == {
        ("total", "", ""): "29",
        ("province", "Jawa Timur", ""): "19",
        ("regency", "Jawa Timur", "Kabupaten Blitar"): "6",
    }
    provinces = [row for row in found if row["level"] == "province"]
    assert len(provinces) == 39
    assert hidden(provinces, "province_code") >= {("52",), ("53",), ("11",), ("00",)}
    assert ("35.07",) in hidden(found, "regency_code")
    assert len(found) == 1 + 39 + 514 + 39


def test_by_destination(history: History) -> None:
    found = rows(history, "prevented-by-destination")

    assert told(found, "country_code", "country_id", "country_en") == {
        ("", "", ""): "29",
        ("MY", "Malaysia", "Malaysia"): "18",
    }
    assert hidden(found, "country_code") >= {("TW",), ("SA",), ("ZZ",), ("HK",)}


def test_by_sex_and_age(history: History) -> None:
    found = rows(history, "prevented-by-sex-age")

    assert told(found, "breakdown", "value") == {
        ("total", ""): "29",
        ("sex", "female"): "19",
        ("age", "25-34"): "12",
        ("age", "35-44"): "6",
    }
    assert hidden(found, "value") == {("male",), ("unknown",), ("0-17",), ("18-24",), ("45+",)}


def test_first_and_repeated(history: History) -> None:
    found = rows(history, "repeat-attempts")

    assert [(row["value"], row["count"]) for row in found] == [("", "29"), ("1", "24"), ("2", "5"), ("3+", "0")]


def test_by_state(history: History) -> None:
    found = rows(history, "cases-by-state")

    assert told(found, "value") == {("",): "29", ("completed",): "6"}
    assert hidden(found, "value") == {("running",), ("suspended",), ("cancelled",)}


def test_dispositions(history: History) -> None:
    found = rows(history, "dispositions")

    assert [(row["value"], row["count"]) for row in found] == [
        ("", "15"),
        ("pulang", "9"),
        ("hukum", "6"),
        ("penempatan-kembali", "0"),
        ("other", "0"),
    ]


def test_hand_overs(history: History) -> None:
    found = rows(history, "hand-overs")

    assert told(found, "value") == {("",): "9"}
    assert len(hidden(found, "value")) == 4


def test_times_of_public_sops(history: History) -> None:
    found = {row["sop"]: row for row in rows(history, "sop-times")}

    assert sorted(found) == ["s06-m01", "s06-m02", "s11-m02"]
    names = ("count", "in_time", "late", "median_hours", "p90_hours", "promised", "promised_unit")
    assert [found["s06-m01"][each] for each in names] == ["25", "20", "5", "2", "8", "4", "running-hours"]
    assert [found["s06-m02"][each] for each in names] == ["", "", "", "", "", "", ""]
    assert [found["s11-m02"][each] for each in names] == ["12", "", "", "2.5", "", "1", "working-days"]
    assert [found[each]["suppressed"] for each in sorted(found)] == ["false", "true", "false"]
    assert [found[each]["parts_suppressed"] for each in sorted(found)] == ["false", "true", "true"]


def test_the_catalogue(history: History) -> None:
    found = rows(history, "sop-catalogue")

    numbers = {(row["area_code"], row["level"]): (row["count"], row["public"]) for row in found if row["count"] != "0"}
    assert numbers == {
        ("C3", "map"): ("1", "0"),
        ("C3", "macro"): ("1", "0"),
        ("S06", "macro"): ("2", "2"),
        ("S11", "macro"): ("1", "1"),
    }
    assert len(found) == 20 * 3


def test_the_year(history: History) -> None:
    (victims,) = rows(history, "trafficking-victims", YEAR, NEW_YEAR)
    (placed,) = rows(history, "official-placements", YEAR, NEW_YEAR)

    assert (victims["year"], victims["scope"], victims["count"], victims["suppressed"]) == (
        "2026",
        "national",
        "6",
        "false",
    )
    assert (placed["count"], placed["suppressed"]) == ("7", "false")


def test_few_victims_and_few_others_are_not_told(engine: Engine) -> None:
    history = History(engine)
    history.cases(3, screened="terindikasi")
    few = rows(history, "trafficking-victims", YEAR, NEW_YEAR)
    history.cases(9, screened="terindikasi")
    nearly_all = rows(history, "trafficking-victims", YEAR, NEW_YEAR)
    history.cases(2)
    two_others = rows(history, "trafficking-victims", YEAR, NEW_YEAR)

    assert [row["count"] for row in (*few, *nearly_all, *two_others)] == ["", "12", ""]


def test_a_period_that_is_not_over_is_not_counted(history: History) -> None:
    with pytest.raises(NotValid):
        make(history.engine, MONTH, [dataset("dispositions")], at=OCTOBER)


def publish(history: History, at: datetime = READY, period: str = "2026-10") -> None:
    with history.engine.reading(at=at) as reader:
        (waiting,) = prepared_figures(reader, history.engine.officer(STEWARD, at=at))
    history.engine.perform(publish_figures, period, seen=waiting.seal, officer=STEWARD, at=at)


def test_the_worker_makes_the_last_month_once_and_not_before_its_day(history: History) -> None:
    early = prepare_due(history.engine, at=datetime(2026, 11, 4, 16, 59, tzinfo=UTC))
    first, again = (prepare_due(history.engine, at=READY) for _ in range(2))

    assert early == 9  # it is still September's turn
    assert (first, again) == (9, 0)
    assert prepare_due(history.engine, at=NEW_YEAR) == 9 + 2


def test_nothing_is_made_of_a_house_without_cases(engine: Engine) -> None:
    assert prepare_due(engine, at=READY) == 0


def test_a_correction_is_a_new_edition_that_shows_no_small_change(history: History) -> None:
    prepare(history.engine, MONTH, at=READY)
    publish(history)
    history.case(origin="35.05", to="MY")  # one more of Blitar: 7, and 30 in all
    correct(history.engine, "prevented-by-origin", MONTH, reason="Satu berkas terlambat masuk", at=READY)
    publish(history)
    history.cases(7, origin="35.05", to="MY")  # now 14 of Blitar, eight more than was told
    correct(history.engine, "prevented-by-origin", MONTH, reason="Tujuh berkas lagi", at=READY)
    publish(history)

    editions = [edition(history, "prevented-by-origin", number) for number in (1, 2, 3)]
    numbers = [told(list(csv.DictReader(io.StringIO(each.csv))), "level", "regency_code") for each in editions]
    assert numbers[0] == numbers[1] == {("total", ""): "29", ("province", ""): "19", ("regency", "35.05"): "6"}
    assert numbers[2] == {("total", ""): "34", ("province", ""): "24", ("regency", "35.05"): "11"}
    assert [json.loads(each.json)["corrects"] for each in editions][1] == "Satu berkas terlambat masuk"


def test_a_correction_needs_a_reason_and_something_to_correct(history: History) -> None:
    with pytest.raises(NotFound):
        correct(history.engine, "dispositions", MONTH, reason="Salah", at=READY)
    with pytest.raises(NotValid):
        correct(history.engine, "dispositions", MONTH, reason=" ", at=READY)
    with pytest.raises(NotValid):
        correct(history.engine, "dispositions", YEAR, reason="Salah", at=NEW_YEAR)


def edition(history: History, code: str, number: int) -> Any:
    with history.engine.reading(at=READY) as reader:
        return figure_file(reader, code, "2026-10", number)


def test_preparing_again_leaves_what_was_published(history: History) -> None:
    prepare(history.engine, MONTH, at=READY)
    publish(history)
    before = edition(history, "dispositions", 1)

    assert prepare(history.engine, MONTH, at=NEW_YEAR) == 0
    assert edition(history, "dispositions", 1) == before


def test_no_file_holds_anything_of_a_person_or_a_case(history: History) -> None:
    marks = {"nama": "Zzmarka Contoh", "nik": "9900000000009999", "jenis_kelamin": "perempuan"}
    history.case(origin="52.01", to="SA", person=marks)

    made = make(history.engine, MONTH, [each for each in datasets() if each.every == "month"], at=READY)

    for each in made:
        for mark in (marks["nama"], marks["nik"], "S-0000", "JATENG", "perekrut"):
            assert mark.lower() not in each.csv.lower()


def test_reading_sex_and_age_is_noted_without_naming_anybody(play: Play) -> None:
    history = october(History(play.engine))

    rows(history, "prevented-by-sex-age")

    (noted,) = [row for row in play.rows(tables.access_record) if row["kind"] == "persons.counted"]
    assert noted["data"] == {"period": "2026-10", "cases": 29, "fields": ["jenis_kelamin", "tanggal_lahir"]}
    assert prepare_figures.__doc__
