"""Finding things by a page: the search, where a thing is used, and the registers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import revoke_release
from sop_catalog.publishing import begin_draft
from tests.web.office import HELPDESK, NOW, OWNER, Browser
from web.wiring import Wiring


def test_a_search_leads_to_the_step_on_the_diagram_page(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    page = browser.get("/catalogue/search?q=menutup wawancara")
    there = browser.get(page.link("Menutup wawancara").partition("#")[0])

    assert page.link("Menutup wawancara") == "/catalogue/c3-m03-03?step=tutup_wawancara#diagram"
    (row,) = there.tree.xpath("//tr[@aria-current='true']")
    assert row.get("id") == "step-tutup_wawancara"
    assert there.tree.xpath("//*[@id='diagram']//*[@data-viewer]/@data-show") == ["tutup_wawancara"]
    assert "langkah 5, Menutup wawancara" in there.text


def test_matched_words_are_marked_and_what_was_typed_is_escaped(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/search?q=pulang <script>alert(1)</script>")

    assert "Pemulangan" in page.tree.xpath("//h2//mark/text()")
    assert "alert" not in "".join(page.tree.xpath("//main//script/text()"))
    assert page.tree.xpath("//input[@name='q']/@value") == ["pulang <script>alert(1)</script>"]


def test_a_search_for_nothing_leads_back_to_the_map_of_areas(officer: Callable[[str], Browser]) -> None:
    assert all("Proses inti" in officer(HELPDESK).get(f"/catalogue/search?q={each}").text for each in ("", "%00", "+"))


def test_a_typing_error_is_told(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/search?q=wawancra")

    assert "yang ditampilkan adalah hasil untuk “wawancara”" in page.text
    assert "C3-M03-03" in page.text.upper()


def test_a_law_that_is_typed_is_answered_with_what_rests_on_it(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    page = browser.get("/catalogue/search?q=what rests on Permen P2MI 23/2025 art. 18?")
    law = browser.get(page.link("Yang bersandar pada Permen P2MI 23/2025 Pasal 18"))

    for each in (page, law):
        assert "Tidak ada SOP atau langkah berlaku yang menyebut Pasal 18" in each.text
        assert "Menyebut peraturannya tanpa pasal 3" in each.text
    assert len(page.tree.xpath("//main//ul[contains(@class, 'uses')]/li")) == 3


def test_a_law_and_further_words_find_both(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/search?q=UU 21/2007 Pasal 53 rujukan polri")

    assert page.link("Yang bersandar pada UU 21/2007 Pasal 53") == "/catalogue/laws/uu-21-2007/pasal-53"
    assert "/catalogue/c3-m03-07" in page.tree.xpath("//h2/a/@href")


def test_a_word_that_is_called_otherwise_is_told(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/search?q=shelter")

    assert "“shelter” juga dicari sebagai “rumah ramah”" in page.text
    assert "Rumah" in page.tree.xpath("//h2//mark/text()")


def test_what_rests_on_an_article_is_told_to_the_step(officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get("/catalogue/laws/permen-p2mi-32-2025/pasal-13-huruf-e")

    exactly = page.tree.xpath("(//ul[contains(@class, 'uses')])[1]/li")
    assert len(exactly) == 11
    assert {each.xpath(".//span[@class='small']/text()")[0] for each in exactly} == {"Pasal 13 huruf e"}
    assert any("?step=" in address for each in exactly for address in each.xpath(".//a/@href"))


def test_an_sop_in_force_is_found_until_it_is_revoked(wiring: Wiring, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    before = browser.get("/catalogue/search?q=c3-m03-03")

    wiring.engine.perform(revoke_release, "c3-m03-03", reason="Disusun lagi", officer=OWNER, at=NOW)
    after = browser.get("/catalogue/search?q=c3-m03-03")

    assert before.link("Wawancara Mendalam") == "/catalogue/c3-m03-03"
    assert "/catalogue/c3-m03-03" not in after.tree.xpath("//h2/a/@href")


def test_a_draft_is_found_by_owners_alone(wiring: Wiring, officer: Callable[[str], Browser]) -> None:
    made = wiring.engine.perform(begin_draft, code="c3-m03-03", officer=OWNER, at=NOW)

    owner, other = (officer(each).get("/catalogue/search?q=wawancara mendalam") for each in (OWNER, HELPDESK))

    assert f"/catalogue/drafts/{made.number}" in owner.tree.xpath("//h2/a/@href")
    assert "/drafts/" not in " ".join(other.tree.xpath("//main//a/@href"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/catalogue/c3-m03-03/used", "Penapisan Korban"),
        ("/catalogue/c3-m03/used", "Wawancara Mendalam"),
        ("/catalogue/posts/penyuluh-hukum", "langkah di"),
        ("/catalogue/documents/surat-rujukan", "Dihasilkan oleh"),
        ("/catalogue/fields/keluarga_bersedia", "Dibaca oleh"),
        ("/catalogue/units/deputi-asia-afrika", "Direktorat Jenderal Pemberdayaan"),
        ("/catalogue/units/bp3mi", "SOP yang identitasnya menyebut unit ini 99"),
        ("/catalogue/laws/perpres-90-2019", "30 Desember 2019 – 5 November 2024"),
        ("/catalogue/laws/uu-18-2017", "tahun 2017"),
        ("/catalogue/laws/", "diganti dengan Perpres 166/2024"),
        ("/catalogue/posts/", "Penyuluh Hukum"),
        ("/catalogue/documents/?q=rujukan", "Surat rujukan"),
        ("/catalogue/documents/?q=rujukann", "ditulis hampir sama"),
        ("/catalogue/documents/?q=zzz", "Tidak ada yang cocok"),
        ("/catalogue/documents/?letter=s", "Surat rujukan"),
        ("/catalogue/documents/", "Paling sering dipakai"),
        ("/catalogue/fields/", "ditanyakan"),
        ("/catalogue/areas/C3", "Peta lintas fungsi 5"),
    ],
)
def test_each_thing_has_a_page_of_where_it_is_used(officer: Callable[[str], Browser], address: str, words: str) -> None:
    page = officer(HELPDESK).get(address)

    assert page.status == 200
    assert words in page.text


@pytest.mark.parametrize(
    "address", ["laws/uu-1-1900", "laws/uu-21-2007/x", "documents/x", "fields/and", "posts/x", "units/x", "c9-m99/used"]
)
def test_what_nothing_uses_and_no_register_has_is_not_found(officer: Callable[[str], Browser], address: str) -> None:
    assert officer(HELPDESK).get(f"/catalogue/{address}").status == 404


def test_an_area_leads_to_its_maps_a_map_to_its_macros_and_each_back(officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    area = browser.get("/catalogue/areas/C3")
    micro = browser.get("/catalogue/c3-m07-03")

    assert area.link("Pemulangan sampai Serah Terima") == "/catalogue/p-c3-02"
    assert area.link("C3-M07 Serah Terima PMI kepada Keluarga dan Pemerintah Daerah") == "/catalogue/c3-m07"
    assert micro.tree.xpath("(//nav[@class='trail'])[1]//a/text()")[-3:] == ["C3", "P-C3-02", "C3-M07"]


def test_the_page_of_an_sop_leads_to_where_its_posts_laws_documents_and_questions_are_used(
    officer: Callable[[str], Browser],
) -> None:
    addresses = set(officer(HELPDESK).get("/catalogue/c3-m07-03").tree.xpath("//main//a/@href"))

    for place in ("posts/", "laws/permen-p2mi-32-2025/pasal-13-huruf-e", "documents/", "fields/", "c3-m07-03/used"):
        assert any(each.startswith(f"/catalogue/{place}") for each in addresses), place
