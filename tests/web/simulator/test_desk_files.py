"""The stand-in's desk: a batch is answered, news and lists are handed out, and it differs where somebody wants it to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from engine.domain.batch import ANSWER_COLUMNS, LIST_COLUMNS, NEWS_COLUMNS, OUT_COLUMNS
from tests.web.simulator.served import Beside
from tests.web.simulator.test_stand_in import begin
from web.simulator.desk import DIFFERS
from web.simulator.differing import Differs

PAPER = "a" * 64
ROW = {
    "kunci": "key-of-S-7",
    "jenis": "placement.begun",
    "nomor_kasus": "S-7",
    "kantor": "bp3mi-jatim",
    "waktu": "2026-05-04T08:00:00+07:00",
    "persetujuan": "ya",
    "nama": "'=Siti Contoh",
    "tanggal_lahir": "1998-03-02",
    "dokumen": f"paspor sha256:{PAPER}",
}


@pytest.fixture
def stand() -> Iterator[Beside]:
    made = Beside()
    yield made
    made.close()


@pytest.fixture
def desk(stand: Beside) -> FlaskClient:
    return stand.simulator.app.test_client()


def carry(desk: FlaskClient, *rows: dict[str, str], columns: tuple[str, ...] = OUT_COLUMNS) -> Any:
    out = io.StringIO()
    written = csv.DictWriter(out, columns, delimiter=";", restval="")
    written.writeheader()
    written.writerows(rows)
    return desk.post("/files/batch", data={"file": (io.BytesIO(out.getvalue().encode()), "K-2026-000001.csv")})


def read(answer: Any, columns: tuple[str, ...]) -> list[dict[str, str]]:
    assert answer.status_code == 200
    table = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")
    assert tuple(table.fieldnames or ())[: len(columns)] == columns
    return list(table)


def test_a_batch_is_taken_once_and_each_row_is_answered(stand: Beside, desk: FlaskClient) -> None:
    without_name = {**ROW, "kunci": "key-of-S-8", "nomor_kasus": "S-8", "nama": ""}

    first, again = (read(carry(desk, ROW, without_name), ANSWER_COLUMNS) for _ in range(2))

    assert first == again
    assert [(each["hasil"], each["alasan"]) for each in first] == [("diterima", ""), ("ditolak", "data-tidak-lengkap")]
    (placement,) = stand.state()["placements"]
    assert placement["person"]["name"] == "=Siti Contoh"
    assert placement["documents"] == [{"kind": "paspor", "sha256": PAPER}]
    assert first[0]["nomor_penempatan"] == placement["reference"]


def test_a_closing_comes_by_file_too(stand: Beside, desk: FlaskClient) -> None:
    closing = {"jenis": "placement.closed", "alasan": "selesai", "kunci": "key-of-end", "nama": "", "dokumen": ""}

    carry(desk, ROW, {**ROW, **closing})

    (placement,) = stand.state()["placements"]
    assert (placement["open"], placement["reason"]) == (False, "selesai")


@pytest.mark.parametrize("columns", [("kunci", "jenis"), ("x",)])
def test_what_is_no_batch_is_told_on_the_page(desk: FlaskClient, columns: tuple[str, ...]) -> None:
    refused = carry(desk, {columns[0]: "y"}, columns=columns)

    assert refused.status_code == 422
    assert 'role="alert"' in refused.get_data(as_text=True)


def test_news_is_handed_over_once_and_all_of_it_again_when_wanted(stand: Beside, desk: FlaskClient) -> None:
    begin(stand, "S-1")
    stand.happen("S-1", facts={"tanggal": "2026-05-05", "bandara": "-SUB"})
    (row,) = read(desk.post("/files/news"), NEWS_COLUMNS)
    stand.happen("S-1")

    new = read(desk.post("/files/news"), NEWS_COLUMNS)
    none = desk.post("/files/news")
    whole = read(desk.post("/files/news", data={"whole": "1"}), NEWS_COLUMNS)

    assert (row["jenis"], row["urutan"], row["bandara"]) == ("pendaftaran", "1", "'-SUB")
    assert [each["jenis"] for each in new] == ["kesehatan"]
    assert [each["urutan"] for each in whole] == ["1", "2"]
    assert none.status_code == 422


def test_a_list_names_what_belongs_to_the_office_or_to_nobody(stand: Beside, desk: FlaskClient) -> None:
    begin(stand, "S-1")
    carry(desk, ROW)
    desk.post("/appear", data={"name": "Sari Contoh", "born_on": "1990-01-31"})

    listed = read(desk.get("/files/placements?office=bp3mi-jatim"), LIST_COLUMNS)

    assert [(each["nomor_kasus"], each["nama"]) for each in listed] == [("S-7", "'=Siti Contoh"), ("", "Sari Contoh")]


@pytest.mark.parametrize(
    ("how", "seen"),
    [
        ("further", {"stage": "registered", "open": True}),
        ("closed", {"stage": "cancelled", "open": False}),
        ("open", {"stage": "", "open": True}),
    ],
)
def test_it_differs_and_tells_nobody(stand: Beside, how: str, seen: dict[str, Any]) -> None:
    begin(stand, "S-1")

    stand.ask("POST", "/placements/S-1/differ", {"how": how})

    (placement,) = stand.state()["placements"]
    assert {name: placement[name] for name in seen} == seen
    assert stand.state()["events"] == []


def test_who_was_forgotten_gets_a_number_that_nobody_had(stand: Beside) -> None:
    begin(stand, "S-1", "S-2")
    stand.ask("POST", "/placements/S-1/differ", {"how": "forgotten"})

    begin(stand, "S-3")

    references = [each["reference"][-6:] for each in stand.state()["placements"]]
    assert references == ["000003", "000002"]


def test_every_difference_has_its_words_and_others_are_refused(stand: Beside) -> None:
    begin(stand, "S-1")

    assert set(DIFFERS) == set(Differs)
    assert stand.ask("POST", "/placements/S-1/differ", {"how": "elsewhere"})["status"] == 422
    assert stand.ask("POST", "/placements/S-9/differ", {"how": "open"})["status"] == 404
    assert stand.ask("POST", "/appear", {"name": "", "born_on": ""})["status"] == 422
