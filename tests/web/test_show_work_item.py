"""The page of a work item: what to do, until when, for whom, and who is next."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.office import ELSEWHERE, HELPDESK, SISPOPMI, Browser


def test_it_says_what_to_do_by_which_standard_and_who_is_next(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item)

    assert "Perkenalkan diri, tawarkan minum" in page.text
    assert "Mutu baku waktu15 menit" in page.text.replace(" waktu 1", " waktu1")
    assert "Memeriksa keadaan darurat" in page.text
    assert "Petugas Helpdesk, BP3MI Jawa Timur" in page.text


def test_one_line_says_where_it_stands_from_the_map_to_the_step(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item)

    trail = [each.text_content().strip() for each in page.tree.xpath("//nav[@class='trail']//li")]
    assert trail[0] == "Penanganan Kasus SISPOPMI"
    assert trail[-1] == "Menyambut CPMI dan menawarkan kebutuhan dasar"
    assert page.link("Penerimaan CPMI") == "/catalogue/c3-m02-01"


def test_why_it_is_due_then_is_explained_in_whole_sentences(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item)

    assert "15 menit dihitung terus-menerus, termasuk malam dan hari libur." in page.text
    assert "Batas waktunya Rabu, 18 November 2026 09.45 WIB." in page.text


def test_a_colleague_of_another_post_may_read_it_but_finds_no_button(
    item: str, officer: Callable[[str], Browser]
) -> None:
    page = officer(SISPOPMI).get(item)

    assert "Ini tugas Petugas Helpdesk, BP3MI Jawa Timur. Anda boleh membacanya." in page.text
    assert not [form for form in page.tree.forms if "/complete" in (form.get("action") or "")]


def test_for_another_office_it_is_not_there(item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(ELSEWHERE)

    theirs, nothing = browser.get(item), browser.get("/work/999999")

    assert (theirs.status, nothing.status) == (404, 404)
    number = item.rsplit("/", maxsplit=1)[1]
    assert theirs.text.replace(f"tugas {number}.", "tugas N.") == nothing.text.replace("tugas 999999.", "tugas N.")
