"""What officers do beside finishing a step, as the pages offer it: hand on, comment, keep a draft, enter late, send back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import add_officer, assign_post
from tests.web.office import CHEAP, ELSEWHERE, HEAD, HELPDESK, NOW, SISPOPMI, Browser, Page
from web.wiring import Wiring

SAID = "Keluarga minta dihubungi sore hari."


@pytest.fixture
def second(wiring: Wiring) -> str:
    """A second officer of the help desk."""
    with wiring.engine.begin(at=NOW) as work:
        add_officer(work, "kedua", name="Orang Kedua", password=CHEAP)
        assign_post(work, "kedua", post="petugas-helpdesk", office="bp3mi-jatim", begins_on=NOW.date())
    return "kedua"


@pytest.fixture
def emergency(item: str, officer: Callable[[str], Browser]) -> Page:
    """The step that asks two questions and offers two outcomes."""
    helpdesk = officer(HELPDESK)
    helpdesk.get(item).submit("/complete")
    return helpdesk.get(helpdesk.get("/work/post").link("Memeriksa keadaan darurat"))


def keep(page: Page, **values: str) -> int:
    """What the page's script does some seconds after the last key."""
    page.browser.headers["X-Fragment"] = "draft"
    answer = page.browser.post(
        f"{page.response.request.path}/draft", **{**dict(page.form("/complete").form_values()), **values}
    )
    del page.browser.headers["X-Fragment"]
    return answer.status


def test_what_was_typed_is_there_on_another_device_with_the_moment_it_was_kept(
    emergency: Page, officer: Callable[[str], Browser]
) -> None:
    assert keep(emergency, sakit="yes", late_because="Listrik padam") == 200

    page = officer(HELPDESK).get(emergency.response.request.path)

    assert page.tree.xpath("//input[@name='sakit'][@value='yes'][@checked]")
    assert page.tree.get_element_by_id("late_because").text.strip() == "Listrik padam"
    assert "Tersimpan Rab 09.30 WIB" in page.text


def test_a_draft_is_kept_by_nobody_else(emergency: Page, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    token = browser.get("/work/mine").form("/sign-out").form_values()[0][1]

    assert browser.post(f"{emergency.response.request.path}/draft", csrf=token, sakit="yes").status == 403


def test_whoever_leads_the_office_gives_an_item_to_a_colleague_with_what_was_typed(
    emergency: Page, officer: Callable[[str], Browser], second: str
) -> None:
    address = emergency.response.request.path
    emergency.submit("/claim")
    keep(emergency, sakit="yes")

    told = officer(HEAD).get(address).submit("/reassign", to=second)

    assert "Sudah dialihkan ke rekan Anda" in told.text
    theirs = officer(second).get(address)
    assert theirs.tree.xpath("//input[@name='sakit'][@value='yes'][@checked]")


def test_a_colleague_without_oversight_is_not_offered_to_hand_it_on(
    item: str, officer: Callable[[str], Browser]
) -> None:
    assert "Alihkan ke rekan" not in officer(SISPOPMI).get(item).text


def test_a_comment_stands_on_the_page_of_its_step_and_of_its_case(
    case: str, item: str, officer: Callable[[str], Browser]
) -> None:
    page = officer(HELPDESK).get(item).submit("/comments", text=SAID)

    assert SAID in page.text
    there = officer(SISPOPMI).get(f"/cases/{case}").text
    assert "Pada: Menyambut CPMI dan menawarkan kebutuhan dasar" in there
    assert SAID in there


def test_a_late_entry_is_shown_with_both_moments_and_its_reason(
    case: str, item: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(HELPDESK)

    page = browser.get(item).submit("/complete", happened_at="2026-11-18T06:15", late_because="Jaringan mati.")

    assert "dicatat belakangan; terjadi 18 Nov 2026 06.15 WIB" in page.text
    assert "Dicatat belakangan: terjadi Rab 06.15 WIB, dicatat Rab 09.30 WIB." in browser.get(item).text
    assert "Jaringan mati." in officer(SISPOPMI).get(f"/cases/{case}").text


def test_a_real_time_that_cannot_be_brings_the_page_back_with_it(item: str, officer: Callable[[str], Browser]) -> None:
    refused = officer(HELPDESK).get(item).submit("/complete", happened_at="2026-12-18T06:15", late_because="Salah")

    assert refused.status == 422
    assert "Waktu kejadian tidak boleh di masa depan" in refused.text
    assert refused.tree.get_element_by_id("happened_at").get("value") == "2026-12-18T06:15"


def test_whoever_was_overtaken_reads_who_was_faster_and_keeps_what_was_typed(
    emergency: Page, officer: Callable[[str], Browser], second: str
) -> None:
    theirs = officer(second).get(emergency.response.request.path)
    emergency.submit("/complete", sakit="no", anak="no", outcome="tidak")

    refused = theirs.submit("/complete", sakit="yes", anak="yes", outcome="segera")

    assert refused.status == 409
    assert "“Memeriksa keadaan darurat dan kerentanan”" in refused.text or "Memeriksa keadaan darurat" in refused.text
    assert "Yang sudah Anda ketik" in refused.text


def test_a_step_is_taken_back_and_its_page_says_by_whom_and_why(item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)
    browser.get(item).submit("/complete")

    page = browser.get(item).submit("/take-back", reason="Salah orang.")

    assert "Ditarik kembali oleh Petugas Helpdesk Contoh" in page.text
    assert "Salah orang." in page.text
    assert page.form("/complete") is not None


def test_work_is_returned_to_the_step_before_which_reads_why(
    item: str, emergency: Page, officer: Callable[[str], Browser]
) -> None:
    emergency.submit("/return", reason="Kebutuhan dasar belum dicatat.")

    page = officer(HELPDESK).get(item)

    assert "Dikembalikan oleh Petugas Helpdesk Contoh" in page.text
    assert "Kebutuhan dasar belum dicatat." in page.text


def test_an_answer_is_corrected_in_the_open(emergency: Page, officer: Callable[[str], Browser]) -> None:
    address = emergency.response.request.path
    emergency.submit("/complete", sakit="no", anak="no", outcome="tidak")

    page = officer(HELPDESK).get(address).submit("/correct", anak="no", reason="Keliru.")

    assert page.status == 422
    assert "pembetulan seharusnya jawaban lain dari yang ada" in page.text


def test_a_case_rests_and_goes_on_with_reasons(case: str, item: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    page = browser.get(f"/cases/{case}").submit("/suspend", reason="Menunggu surat dokter.")
    assert "Ditangguhkan oleh Petugas SISPOPMI Contoh" in page.text
    assert officer(HELPDESK).get(item).submit("/complete").status == 409

    page = browser.get(f"/cases/{case}").submit("/resume", reason="Suratnya sudah ada.")

    assert "Kasus dilanjutkan." in page.text
    assert officer(HELPDESK).get(item).submit("/complete").status == 200


def test_a_closed_case_is_opened_again(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(SISPOPMI)
    browser.get(f"/cases/{case}").submit("/cancel", closing="menolak-layanan", reason="Menolak dan pulang sendiri.")

    page = browser.get(f"/cases/{case}").submit("/reopen", reason="Kembali meminta bantuan.")

    assert "Kasus dibuka kembali." in page.text
    assert "Berjalan" in page.text


def test_a_case_goes_over_to_another_office_when_that_accepts(
    case: str, item: str, officer: Callable[[str], Browser]
) -> None:
    here, there = officer(SISPOPMI), officer(ELSEWHERE)
    here.get(f"/cases/{case}").submit("/handovers", to_office="bp3mi-jateng", reason="Keluarga di Cilacap.", days="3")
    listed = there.get("/work/mine")
    assert "BP3MI Jawa Timur menawarkan satu kasus kepada kantor Anda" in listed.text
    assert there.get(f"/cases/{case}").status == 404

    taken = there.get(listed.link("menawarkan")).submit("/accept")

    assert "Kasus ini sekarang milik kantor Anda." in taken.text
    assert there.get(item).form("/complete") is not None
    assert "BP3MI Jawa Tengah sudah menerima kasus ini" in here.get("/work/mine").text


def test_an_offer_is_declined_with_a_reason_that_the_other_office_reads(
    case: str, officer: Callable[[str], Browser]
) -> None:
    here, there = officer(SISPOPMI), officer(ELSEWHERE)
    here.get(f"/cases/{case}").submit("/handovers", to_office="bp3mi-jateng", reason="Dekat keluarga.", days="3")

    there.get(there.get("/work/mine").link("menawarkan")).submit("/decline", reason="Rumah Ramah kami penuh.")

    assert "BP3MI Jawa Tengah menolak kasus ini: Rumah Ramah kami penuh." in here.get("/work/mine").text


def test_an_offer_that_the_engine_refuses_stays_on_the_page(case: str, officer: Callable[[str], Browser]) -> None:
    refused = officer(SISPOPMI).get(f"/cases/{case}").submit("/handovers", to_office="", reason="Dekat keluarga.")

    assert refused.status == 422
    assert refused.tree.get_element_by_id("offer-reason").text == "Dekat keluarga."


def test_the_lists_are_searched_by_stage_and_procedure_too(case: str, officer: Callable[[str], Browser]) -> None:
    browser = officer(HELPDESK)

    found, none = browser.get("/cases?q=terdata"), browser.get("/cases?q=tidakada")

    assert case in found.text
    assert case not in none.text
    assert "Menyambut CPMI" in browser.get("/work/post?q=terdata").text
