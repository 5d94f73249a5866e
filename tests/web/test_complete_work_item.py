"""Completing a work item: answers, outcomes, what comes back, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.queries import case_page
from tests.web.office import HELPDESK, NOW, SISPOPMI, Browser, Page
from web.wiring import Wiring

EMERGENCY = {"sakit": "no", "anak": "no", "outcome": "tidak"}
HANDOVER = {"sumber_temuan": "sidak", "tempat_temuan": "Terminal Contoh", "rombongan": "no", "perlu_penampungan": "no"}


def open_item(browser: Browser, words: str) -> Page:
    return browser.get(browser.get("/work/post").link(words))


@pytest.fixture
def emergency(item: str, officer: Callable[[str], Browser]) -> Page:
    """The step that asks two questions and offers two outcomes."""
    helpdesk = officer(HELPDESK)
    helpdesk.get(item).submit("/complete")
    return open_item(helpdesk, "Memeriksa keadaan darurat")


@pytest.fixture
def handover(emergency: Page, officer: Callable[[str], Browser]) -> Page:
    """The step that asks for a text and for a moment."""
    emergency.submit("/complete", **EMERGENCY)
    return open_item(officer(SISPOPMI), "Menerima")


def test_completing_leads_to_the_case_and_says_what_was_done(item: str, officer: Callable[[str], Browser]) -> None:
    page = officer(HELPDESK).get(item).submit("/complete")

    assert page.response.request.path.startswith("/cases/S-2026-")
    assert "Selesai: Menyambut CPMI dan menawarkan kebutuhan dasar" in page.text


def test_outcomes_are_buttons_in_the_words_of_the_drawing(emergency: Page) -> None:
    buttons = {each.get("value") for each in emergency.tree.iter("button") if each.get("name") == "outcome"}

    assert buttons == {"tidak", "segera"}
    assert "Selesaikan" not in emergency.text


def test_the_outcome_decides_where_the_case_goes(emergency: Page, officer: Callable[[str], Browser]) -> None:
    emergency.submit("/complete", sakit="yes", anak="no", outcome="segera")

    page = officer(HELPDESK).get("/work/post")

    assert "pertolongan" in page.text


def test_a_missing_answer_brings_the_page_back_with_the_fault_beside_its_field(emergency: Page) -> None:
    refused = emergency.submit("/complete", sakit="yes", outcome="tidak")

    assert refused.status == 422
    assert "1 isian perlu dilihat lagi. Belum ada yang disimpan." in refused.text
    assert "Wajib diisi." in refused.tree.get_element_by_id("e-anak").text_content()
    assert refused.tree.xpath("//input[@name='sakit'][@value='yes'][@checked]")


def test_what_was_typed_is_there_again_when_something_else_was_wrong(handover: Page) -> None:
    refused = handover.submit("/complete", **HANDOVER, waktu_temuan="kemarin sore")

    assert refused.status == 422
    assert refused.tree.get_element_by_id("q-tempat_temuan").get("value") == "Terminal Contoh"
    assert "Isi tanggal dan jam." in refused.text


def test_a_moment_is_read_on_the_officers_own_clock(handover: Page, wiring: Wiring) -> None:
    handover.submit("/complete", **HANDOVER, waktu_temuan="2026-11-18T08:15")

    with wiring.engine.reading(at=NOW) as reader:
        page = case_page(reader, wiring.engine.officer(SISPOPMI, at=NOW), "S-2026-00001")

    told = next(each.data for each in page.timeline.records if "waktu_temuan" in each.data.get("facts", {}))
    assert "2026-11-18T08:15:00+07:00" in str(told["facts"]["waktu_temuan"])


def test_an_answer_that_the_form_did_not_ask_for_is_not_stored(
    emergency: Page, officer: Callable[[str], Browser]
) -> None:
    page = emergency.submit("/complete", **EMERGENCY, kasus_terdahulu="yes")

    assert page.status == 200
    assert "kasus_terdahulu" not in page.response.get_data(as_text=True)


def test_an_outcome_that_is_not_offered_is_refused_with_those_that_are(emergency: Page) -> None:
    refused = emergency.submit("/complete", sakit="no", anak="no", outcome="melompat")

    assert refused.status == 422
    assert "Pilih salah satu hasil" in refused.text


def test_the_same_form_sent_twice_completes_once(emergency: Page) -> None:
    first = emergency.submit("/complete", **EMERGENCY)
    again = emergency.submit("/complete", **EMERGENCY)

    assert (first.status, again.status) == (200, 200)
    assert first.response.request.path == again.response.request.path


def test_an_old_page_is_told_who_was_faster_and_when(item: str, officer: Callable[[str], Browser]) -> None:
    old = officer(HELPDESK).get(item)
    officer(HELPDESK).get(item).submit("/complete")

    refused = old.submit("/complete")

    assert refused.status == 409
    assert "sudah diselesaikan Petugas Helpdesk Contoh pukul 09:30" in refused.text


def test_a_form_without_the_version_of_its_page_is_refused_plainly(
    item: str, officer: Callable[[str], Browser]
) -> None:
    refused = officer(HELPDESK).get(item).submit("/complete", seen="x")

    assert refused.status == 400
    assert "tidak lengkap" in refused.text


def test_a_personal_answer_is_stored_out_of_sight(
    handover: Page, officer: Callable[[str], Browser], wiring: Wiring
) -> None:
    handover.submit("/complete", **HANDOVER, waktu_temuan="2026-11-18T08:15")
    browser = officer(SISPOPMI)
    open_item(browser, "Mendata barang").submit("/complete", barang_titipan="Tas")
    open_item(browser, "Memeriksa tanda pengenal").submit(
        "/complete", jenis_identitas="ktp", dokumen_ditahan="no", outcome="tidak_ada"
    )

    page = open_item(browser, "Mencatat identitas").submit("/complete", nama="Contoh Tersembunyi")

    assert page.status == 200
    assert "Contoh Tersembunyi" not in page.response.get_data(as_text=True)
    assert b"Contoh Tersembunyi" not in (wiring.settings.data_dir / "lajur.db").read_bytes()
