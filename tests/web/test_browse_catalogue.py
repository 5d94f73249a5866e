"""The catalogue, from the areas down to one SOP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import revoke_release
from tests.shipped import HOUSE
from tests.web.office import HELPDESK, NOW, OWNER, Browser
from web.wiring import Wiring


def test_the_areas_say_how_much_each_holds_and_lead_to_it(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    page = browser.get("/catalogue")

    assert f"{len(HOUSE)} prosedur berlaku di 4 dari 20 area proses." in page.text
    assert "10 makro · 67 mikro" in page.text
    assert browser.get(page.link("Pengelolaan Pelindungan CPMI/PMI")).status == 200


def test_a_search_by_words_or_code_finds_the_sop(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    assert "C3-M03-03" in browser.get("/catalogue/search?q=wawancara mendalam").text
    assert "Wawancara Mendalam" in browser.get("/catalogue/search?q=c3-m03-03").text
    assert "Tidak ada yang cocok" in browser.get("/catalogue/search?q=zebra").text


def test_an_sop_shows_its_sheet_its_picture_and_its_steps(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/c3-m03-03")

    assert "Identitas SOP" in page.text
    assert "usulan" in page.text
    assert "Dasar hukum" in page.text
    assert len(page.tree.xpath("//table[contains(@class, 'steps')]/tbody/tr")) >= 5
    assert page.tree.xpath("//*[@data-viewer]//img/@src") == ["/catalogue/c3-m03-03/1/pictures/c3-m03-03.svg"]


def test_an_sop_shows_what_the_law_gives_a_time_for_and_from_where_to_where(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/c3-m03-07")

    assert "Kewajiban yang waktunya ditetapkan peraturan" in page.text
    assert "dari “Menandatangani surat rujukan” sampai “Mengantar ke UPTD PPA”" in page.text
    assert "UU 21/2007, Pasal 53" in page.text


def test_a_map_shows_how_long_a_case_may_stay_in_each_stage(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/p-c3-01")

    assert "Ditapis: 20 hari kerja (usulan [synthetic])" in page.text


def test_a_macro_leads_to_the_micros_that_it_calls(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/c3-m03")

    assert page.link("Wawancara mendalam") == "/catalogue/c3-m03-03"


def test_the_file_is_handed_out_as_it_was_published_and_never_drawn_by_the_browser(
    officer: Callable[[str], Browser],
) -> None:
    answer = officer(HELPDESK).client.get("/catalogue/c3-m03-03/1/drawings/c3-m03-03")

    assert answer.data.startswith(b"<?xml")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_picture_can_run_nothing(officer: Callable[[str], Browser]) -> None:
    answer = officer(HELPDESK).client.get("/catalogue/c3-m03-03/1/pictures/c3-m03-03.svg")

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"<script" not in answer.data


@pytest.mark.parametrize(
    "address",
    [
        "/catalogue/c9-m99",
        "/catalogue/areas/C9",
        "/catalogue/c3-m03-03?edition=7",
        "/catalogue/c3-m03/1/drawings/c3-m02",
    ],
)
def test_what_is_not_in_the_catalogue_is_not_found_and_says_where_to_look(
    officer: Callable[[str], Browser], address: str
) -> None:
    page = officer(HELPDESK).get(address)

    assert page.status == 404
    assert "Tidak ditemukan" in page.text
    assert page.link("Katalog") == "/catalogue"


def test_a_micro_whose_macro_is_not_in_force_stands_in_its_area(
    wiring: Wiring, officer: Callable[[str], Browser]
) -> None:
    wiring.engine.perform(revoke_release, "s11-m03", reason="Disusun lagi", officer=OWNER, at=NOW)

    page = officer(HELPDESK).get("/catalogue/areas/S11")

    assert page.link("Pemenuhan Hak Subjek Data") == "/catalogue/s11-m03-04"
    assert "S11-M03-04" in page.text
    assert "Mikro yang makronya tidak berlaku" in page.text
    assert "Makro dan mikronya" not in page.text
