"""The times of a case on its pages: why each date, pauses with a lawful reason, and more time with four eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import open_case
from engine.domain.release import Clock as CountedBy
from tests.web.office import ELSEWHERE, HEAD, HELPDESK, NOW, SISPOPMI, Browser, Clock, Page
from tests.web.one_app import app_over
from web.remaining import span_words
from web.wiring import Wiring

Officers = Callable[[str], Browser]
DIRECTOR = "direktur-pelindungan.pusat"
WAITING = "Menunggu salinan paspor dari perwakilan."
PAUSE = {"reason": "applicant", "text": WAITING, "of": "all"}


@pytest.fixture
def paused(case: str, officer: Officers, clock: Clock) -> Page:
    """The tab of times of a case that has waited for the applicant since half an hour after it was opened."""
    clock.now += timedelta(minutes=5)
    form = officer(SISPOPMI).get(f"/cases/{case}/pauses")
    return form.submit("/pauses", **PAUSE)


def asked(officer: Officers, case: str, amount: str = "1") -> Page:
    """Ask for more time for the stage of the case."""
    tab = officer(SISPOPMI).get(f"/cases/{case}?tab=time")
    form = tab.browser.get(f"{_why(tab, 1)}/extend")
    return form.submit("/extend", amount=amount, reason="Perwakilan libur nasional.", basis="")


def _why(tab: Page, place: int) -> str:
    """The address of the clock that stands in this place on the picture."""
    return str(tab.tree.xpath("//ol[@class='spans']/li//a[@class='time-why']/@href")[place])


def test_each_due_date_leads_to_its_calculation(case: str, item: str, officer: Officers) -> None:
    browser = officer(HELPDESK)

    from_list = browser.get("/work/post").tree.xpath("//li[@data-row]//a[@class='time-why']/@href")
    page = browser.get(from_list[0])

    assert page.status == 200
    assert "15 menit dihitung terus-menerus, termasuk malam dan hari libur." in page.text
    assert "tersisa 15 menit" in page.text
    assert f"{item}/time" in browser.get(item).tree.xpath("//a[@class='time-why']/@href")
    assert browser.get(_why(browser.get(f"/cases/{case}?tab=time"), 0)).status == 200


def test_the_picture_has_every_clock_and_the_same_as_a_table(case: str, officer: Officers) -> None:
    page = officer(SISPOPMI).get(f"/cases/{case}?tab=time")

    lines = page.tree.xpath("//ol[@class='spans']/li")
    rows = page.tree.xpath("//section[contains(@class, 'spans-card')]//tbody/tr")

    assert [each.xpath("string(.//b)") for each in lines][:2] == ["Penanganan Kasus SISPOPMI", "Terdata"]
    assert len(lines) == len(rows) == 5
    assert all(each.xpath(".//*[local-name()='svg']") for each in lines)


def test_what_is_left_is_never_told_as_more_than_there_is(wiring: Wiring) -> None:
    with app_over(wiring).test_request_context():
        assert span_words(timedelta(hours=81), CountedBy.WORKING_DAYS) == "10 hari kerja"
        assert span_words(timedelta(days=6, hours=23), CountedBy.CALENDAR_DAYS) == "6 hari"


def test_a_due_date_far_ahead_does_not_squeeze_what_has_passed(case: str, officer: Officers, clock: Clock) -> None:
    clock.now += timedelta(days=7)

    page = officer(SISPOPMI).get(f"/cases/{case}?tab=time")

    whole = page.tree.xpath("//ol[@class='spans']/li")[0]
    (piece,) = whole.xpath(".//*[local-name()='rect' and starts-with(@class, 'spent')]")
    assert float(piece.get("width").rstrip("%")) > 90
    assert whole.xpath(".//*[local-name()='svg' and @class='span-due' and @x='100%']")


def test_a_pause_stops_every_clock_and_says_what_is_left(paused: Page, officer: Officers) -> None:
    listed = officer(HELPDESK).get("/work/post")

    assert "Tercatat: waktu ini tidak dihitung." in paused.text
    assert "Menunggu pemohon" in paused.text
    assert WAITING in paused.text
    assert "dijeda; sisa 10 menit" in listed.text
    assert "dijeda; sisa 10 menit" in officer(HELPDESK).get("/cases").text


def test_a_pause_that_ends_moves_the_date_by_what_it_took_and_the_calculation_says_so(
    paused: Page, item: str, officer: Officers, clock: Clock
) -> None:
    clock.now += timedelta(hours=2)
    tab = officer(SISPOPMI).get(paused.response.request.path + "?tab=time")

    after = tab.browser.get(tab.link("Jalankan lagi waktunya")).submit("/end", ended_at="")
    why = officer(HELPDESK).get(f"{item}/time")

    assert "Waktu berjalan lagi." in after.text
    assert "tersisa 10 menit" in why.text
    assert "kantor menunggu pemohon" in why.text
    assert "Dicatat oleh Petugas SISPOPMI Contoh" in why.text


def test_a_pause_begun_by_mistake_is_crossed_out_and_counts_no_more(paused: Page, officer: Officers) -> None:
    page = paused.browser.get(paused.link("Betulkan"))

    after = page.submit("/correct", what="void", why="Salah kasus.")

    assert "dinyatakan batal" in after.text
    assert "Salah kasus." in after.text
    assert "dijeda; sisa" not in officer(HELPDESK).get("/work/post").text


def test_the_way_walked_says_why_time_stood_still_and_why_that_was_put_right(
    paused: Page, case: str, officer: Officers
) -> None:
    paused.browser.get(paused.link("Betulkan")).submit("/correct", what="void", why="Salah kasus.")

    way = officer(HELPDESK).get(f"/cases/{case}")

    lines = {each.xpath("string(.//b)"): each.text_content() for each in way.tree.xpath("//ol[@class='way']/li")}
    assert f"Menunggu pemohon · {WAITING}" in lines["Waktu dijeda"]
    assert "Salah kasus." in lines["Jeda dibetulkan"]
    assert "applicant" not in way.text


def test_a_duty_that_the_law_lets_nobody_extend_says_so(wiring: Wiring, officer: Officers) -> None:
    case = wiring.engine.perform(open_case, "s11-m03-04", office="bp3mi-jatim", officer=HEAD, at=NOW).case
    tab = officer(HEAD).get(f"/cases/{case}?tab=time")

    every = tab.tree.xpath("//ol[@class='spans']/li//a[@class='time-why']/@href")
    pages = [tab.browser.get(each).text for each in every]

    (firm,) = [each for each in pages if "Peraturan tidak membolehkan waktu kewajiban ini diperpanjang." in each]
    assert "Menjawab permohonan subjek data" in firm
    assert "Minta perpanjangan waktu" not in firm


def test_a_pause_entered_wrongly_is_replaced_by_what_it_should_have_been(paused: Page) -> None:
    page = paused.browser.get(paused.link("Betulkan"))

    after = page.submit("/correct", what="wrong", why="Bukan pemohon.", reason="other-agency")

    assert "Menunggu instansi lain" in after.text
    assert "menggantikan catatan yang keliru" in after.text


def test_the_same_once_more_is_no_correction(paused: Page) -> None:
    page = paused.browser.get(paused.link("Betulkan")).submit("/correct", what="wrong", why="Tidak apa-apa.")

    assert page.status == 422
    assert "Tidak ada yang berubah." in page.text


def test_a_pause_that_is_refused_keeps_what_was_typed(case: str, officer: Officers) -> None:
    form = officer(SISPOPMI).get(f"/cases/{case}/pauses")
    wrong = [
        ({"begins_at": "2026-11-18T23:00"}, "masih akan datang"),
        ({"begins_at": "2026-11-17T09:00"}, "kasus baru dibuka"),
        ({"begins_at": "kemarin"}, "waktu kejadian"),
        ({"reason": "sibuk"}, "alasan jeda"),
        ({"of": "chosen"}, "pilihan waktu"),
    ]

    pages = [(form.submit("/pauses", **PAUSE | said), told) for said, told in wrong]
    empty = form.submit("/pauses", **PAUSE | {"text": " "})

    assert [page.status for page, _ in pages] == [422] * 5
    assert [told for page, told in pages if told not in page.text] == []
    assert {page.tree.get_element_by_id("text").text for page, _ in pages} == {WAITING}
    assert empty.status == 422


def test_only_the_clocks_that_were_chosen_stand_still(case: str, officer: Officers, clock: Clock) -> None:
    clock.now += timedelta(minutes=5)
    form = officer(SISPOPMI).get(f"/cases/{case}/pauses")
    stage = form.tree.xpath("//input[@name='clock']/@value")[1]

    page = form.submit("/pauses", reason="force-majeure", text="Banjir.", of="chosen", clock=stage)

    assert "“Terdata”" in page.text
    assert "dijeda" not in officer(HELPDESK).get("/work/post").text


def test_another_office_sees_neither_clock_nor_pause(paused: Page, case: str, officer: Officers) -> None:
    browser = officer(ELSEWHERE)

    addresses = [f"/cases/{case}/pauses", _why(paused, 0), paused.link("Betulkan"), f"{_why(paused, 0)}/extend"]

    assert [browser.get(each).status for each in addresses] == [404] * 4


def test_more_time_is_granted_by_somebody_else_who_may_and_the_notice_is_drafted(case: str, officer: Officers) -> None:
    page = asked(officer, case)
    head = officer(HEAD)
    listed = head.get("/work/mine")

    form = head.get(head.get(listed.link("perpanjangan")).link("Putuskan"))
    after = form.submit("/" + form.response.request.path.rsplit("/", 1)[-1], grant="yes")
    notice = head.get(after.link("Pemberitahuan"))

    assert "Sudah diminta." in page.text
    assert "Bila disetujui" in form.text
    assert "Disetujui: tanggalnya bergeser." in after.text
    assert "14.30 WIB" in after.text
    assert notice.response.content_type == "application/pdf"


def test_the_head_office_decides_on_a_case_that_stays_closed_to_it(case: str, officer: Officers) -> None:
    asked(officer, case)
    director = officer(DIRECTOR)

    form = director.get(director.get(director.get("/work/mine").link("perpanjangan")).link("Putuskan"))
    after = form.submit("/" + form.response.request.path.rsplit("/", 1)[-1], grant="yes")
    links = [each for page in (form, after) for each in page.tree.xpath("//a/@href")]

    assert [each for each in ("Perwakilan libur nasional.", case, "Bila disetujui") if each not in form.text] == []
    assert "Kasus ini milik kantor lain." in form.text
    assert "Hitungan dimulai" in form.text
    assert "Disetujui: tanggalnya bergeser." in after.text
    assert [each for each in links if case in each or each.startswith("/clocks/")] == []
    assert director.get(f"/cases/{case}").status == 404


def test_declining_needs_a_reason_and_moves_nothing(case: str, officer: Officers) -> None:
    asked(officer, case)
    head = officer(HEAD)
    form = head.get(head.get("/extensions").link("Putuskan"))
    address = "/" + form.response.request.path.rsplit("/", 1)[-1]

    refused = form.submit(address, grant="no", answer=" ")
    after = refused.submit(address, grant="no", answer="Masih cukup waktu.")

    assert refused.status == 422
    assert "Ditolak: tanggalnya tetap." in after.text
    assert "Masih cukup waktu." in after.text


def test_whoever_asked_does_not_decide_and_who_has_no_power_neither(case: str, officer: Officers) -> None:
    asked(officer, case)

    mine = officer(SISPOPMI).get("/extensions/1")
    other = officer(HELPDESK).get("/extensions/1")

    assert "Anda yang meminta, jadi pegawai lain yang memutuskan." in mine.text
    assert "Pegawai yang berwenang memperpanjang waktu yang memutuskan." in other.text
    assert "Tidak ada yang menunggu Anda" in officer(SISPOPMI).get("/extensions").text


def test_an_extension_that_is_refused_keeps_what_was_typed(case: str, officer: Officers) -> None:
    page = asked(officer, case, "99")
    others = [page.submit("/extend", amount=amount, reason="Libur.") for amount in ("banyak", "0")]

    assert (page.status, *(each.status for each in others)) == (422, 422, 422)
    assert "paling banyak" in page.text
    assert all("di atas 0" in each.text for each in others)
    assert page.tree.get_element_by_id("reason").text == "Perwakilan libur nasional."
