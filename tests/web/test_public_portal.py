"""Reading SOPs without signing in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import revoke_release
from engine.queries.catalogue import ReleaseRow, catalogue
from engine.queries.reader import Reader
from tests.web.office import NOW, OWNER, Browser, Page
from tests.web.one_app import app_over
from web.public import portal
from web.public.pacing import MOST
from web.wiring import Wiring

SHOWN, HIDDEN = "s11-m03-04", "c3-m01"


def test_whoever_is_not_signed_in_finds_public_sops_by_words_of_their_title(browser: Browser) -> None:
    page = browser.get("/sop?q=subjek+hak")

    assert page.status == 200
    assert "Pemenuhan Hak Subjek Data" in page.text
    assert "Fasilitasi Bantuan Hukum" not in page.text


def test_a_slip_of_the_finger_is_forgiven(browser: Browser) -> None:
    page = browser.get("/sop?q=pemenuhn+subyek")

    assert "Pemenuhan Hak Subjek Data" in page.text
    assert "Fasilitasi Bantuan Hukum" not in page.text


def test_the_sheet_to_print_is_a_pdf_that_is_not_sent_twice(browser: Browser) -> None:
    there = f"/sop/{SHOWN}/1/sheet.pdf"
    first = browser.client.get(there)

    again = browser.client.get(there, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.content_type, first.data[:5]) == ("application/pdf", b"%PDF-")
    assert again.status_code == 304


def test_the_list_names_no_sop_that_is_not_public(browser: Browser) -> None:
    page = browser.get("/sop")

    assert HIDDEN.upper() not in page.text
    assert SHOWN.upper() in page.text


def test_an_sop_shows_its_fourteen_components_and_says_which_are_empty(browser: Browser) -> None:
    page = browser.get(f"/sop/{SHOWN}")

    names = [each.text_content() for each in page.tree.xpath("//dl/div/dt")]
    assert len(names) == 14
    assert "Biaya/tarif Belum ditetapkan" in page.text
    assert "72 jam" in page.text
    assert "Penghimpunan lewat 36 jam" not in standard_part(page, "Persyaratan")
    assert "Penyebab keterlambatan" not in standard_part(page, "Produk pelayanan")


def standard_part(page: Page, name: str) -> str:
    (found,) = page.tree.xpath(f"//dl/div[dt[normalize-space()='{name}']]/dd")
    return str(found.text_content())


def test_what_the_sheet_says_of_a_component_is_told(browser: Browser) -> None:
    page = browser.get("/sop/c2-m16-06")

    assert "Biaya/tarif Tidak dipungut biaya." in page.text


def test_an_sop_that_is_not_public_answers_like_one_that_does_not_exist(browser: Browser) -> None:
    for address in ("", "/1", "/1/picture.svg", "/1/drawing.bpmn", "/1/sop.json", "/1/sheet.pdf", "/1/feedback"):
        hidden, missing = browser.get(f"/sop/{HIDDEN}{address}"), browser.get(f"/sop/c9-m99{address}")

        assert (hidden.status, missing.status) == (404, 404)
        assert hidden.text.replace(HIDDEN, "x") == missing.text.replace("c9-m99", "x")


def test_a_page_that_was_seen_is_not_sent_again(browser: Browser) -> None:
    for address in ("/sop", f"/sop/{SHOWN}", f"/sop/{SHOWN}/1/picture.svg", f"/sop/{SHOWN}/1/sop.json"):
        first = browser.client.get(address)

        again = browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in first.headers


def test_the_page_is_the_same_for_an_officer_who_is_signed_in(
    browser: Browser, officer: Callable[[str], Browser]
) -> None:
    there = f"/sop/{SHOWN}"

    assert officer(OWNER).client.get(there).data == browser.client.get(there).data


def test_the_frame_speaks_english_to_who_asks_for_it(browser: Browser) -> None:
    page = browser.get(f"/sop/{SHOWN}?lang=en")

    assert "Not determined yet" in page.text
    assert f"/sop/{SHOWN}" in [each.get("href") for each in page.tree.xpath("//nav[@class='portal-menu']/a")]


def test_the_catalogue_is_read_once_until_something_else_is_in_force(
    wiring: Wiring, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Reader] = []

    def counted(reader: Reader) -> tuple[ReleaseRow, ...]:
        read.append(reader)
        return catalogue(reader)

    monkeypatch.setattr(portal, "catalogue", counted)
    before = [browser.get(each).text for each in ("/sop", f"/sop/{SHOWN}", "/sop")]
    wiring.engine.perform(revoke_release, SHOWN, reason="Disusun lagi", officer=OWNER, at=NOW)
    after = browser.get("/sop").text

    assert (SHOWN.upper() in before[2], SHOWN.upper() in after) == (True, False)
    assert len(read) == 2


def test_who_asks_too_fast_is_told_to_wait(wiring: Wiring) -> None:
    client = app_over(wiring).test_client()

    answers = [client.get("/sop?q=tidakada").status_code for _ in range(MOST + 1)]

    assert answers[-2:] == [200, 429]


def test_the_drawing_and_the_data_come_without_a_browser_drawing_them(browser: Browser) -> None:
    drawing = browser.client.get(f"/sop/{SHOWN}/1/drawing.bpmn")
    data = browser.client.get(f"/sop/{SHOWN}/1/sop.json").get_json()

    assert drawing.headers["Content-Disposition"] == f'attachment; filename="{SHOWN}.bpmn"'
    assert data["steps"][1]["who"]
    assert len(data["service_standard"]) == 14
