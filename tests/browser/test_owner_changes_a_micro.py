"""An owner changes a micro by clicks, a second owner approves: new cases run on it, old ones end on theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from engine import add_officer, assign_post
from engine.notation import read, write
from sop_catalog.diagram.settling import settle
from tests.browser.officer_at_screen import PHONE, OfficerAtScreen, Watch
from tests.browser.served_office import BEGUN, HERE, ServedOffice
from tests.shipped import BPMN
from tests.web.office import CHEAP, OWNER

SECOND = "pemilik-kedua.pusat"
CODE, STEP, OLD = "c3-m02-01", "sambut_cpmi", "Menyambut CPMI dan menawarkan kebutuhan dasar"
NEW = "Menyambut CPMI bersama pendamping"

KEEPS = """async xml => {
    const { modeler, load } = document.querySelector('[data-editor]').lajur;
    await load(modeler, xml);
    return (await modeler.saveXML({ format: true })).xml;
}"""


@pytest.fixture
def owners(office: ServedOffice) -> None:
    """There are two process owners in the head office."""
    with office.engine.begin(at=BEGUN) as work:
        add_officer(work, SECOND, name="Pemilik Kedua Contoh", password=CHEAP)
        assign_post(work, SECOND, post="pemilik-proses", office="pusat", begins_on=date(2026, 1, 1))


def begin(officer: OfficerAtScreen, code: str = CODE) -> Page:
    """Begin a draft on the desk, and wait for the drawing board."""
    officer.sign_in(OWNER)
    officer.go("/catalogue/drafts")
    officer.page.get_by_label("Dari edisi yang berlaku").select_option(code)
    officer.press("Ubah SOP ini")
    officer.page.locator("[data-editor][data-ready]").wait_for()
    return officer.page


def enter(page: Page, label: str, value: str) -> None:
    box = page.locator("[data-panel]").get_by_label(label, exact=True)
    box.fill(value)
    box.press("Tab")


def test_a_micro_is_changed_by_clicks_and_only_new_cases_run_on_it(
    window: Callable[..., OfficerAtScreen], office: ServedOffice, owners: None, watch: Watch
) -> None:
    watch.expected.add("403")
    officer = window()
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    old = officer.open_case()

    page = begin(officer)
    page.locator(f".djs-element[data-element-id={STEP}]").click()
    enter(page, "Nama", NEW)
    enter(page, "Lama", "0.2")
    page.get_by_role("button", name="Tambah isian").click()
    enter(page, "Pertanyaan pada formulir", "Siapa yang mendampingi")
    page.locator(".question").get_by_label("Jenis jawaban", exact=True).select_option("choice")
    expect(page.locator("[data-count]")).to_contain_text("1 harus diperbaiki")
    page.locator("[data-findings] button").first.click()
    expect(page.locator("[data-own]")).to_contain_text("siapa_yang_mendampingi")
    officer.picture("draw-finding")
    enter(page, "Pilihan", "keluarga|Keluarga\nrelawan|Relawan")
    expect(page.locator("[data-count]")).to_contain_text("tidak ada yang menghalangi")
    page.get_by_role("link", name="Bandingkan dan kirim").click()

    told = page.locator(".differences").first
    for words in (
        f"nama: {OLD} → {NEW}",
        "batas waktu: 15 menit → 12 menit",
        "isian “Siapa yang mendampingi” ditambah",
    ):
        expect(told).to_contain_text(words)
    officer.press("Kirim")
    expect(page.locator(".said-good")).to_contain_text("Terkirim")
    assert page.get_by_role("button", name="Setujui").count() == 0

    officer.sign_in(SECOND)
    officer.go("/catalogue/drafts")
    officer.follow("Penerimaan CPMI di Kantor BP3MI")
    expect(page.get_by_text("1 kasus berjalan")).to_be_visible()
    page.get_by_label("Catatan").fill("Sesuai hasil evaluasi.")
    officer.picture("draft-to-approve")
    officer.press("Setujui")
    expect(page.locator(".said-good")).to_contain_text("edisi 2")

    officer.sign_in(f"petugas-sispopmi.{HERE}")
    new = officer.open_case()
    officer.sign_in(f"petugas-helpdesk.{HERE}")
    officer.work(OLD, "", [old])
    officer.work(NEW, "", [new])
    found = office.rows(
        'select c.number, w.name from work_item w join "case" c on c.id = w.case_id '
        "where w.state = 'completed' order by c.number"
    )
    assert found == [(old, OLD), (new, NEW)]
    assert office.audit_breaks() == []


def test_the_drawing_board_keeps_every_word_of_a_drawing(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    page = begin(window())
    codes = ("p-c3-01", "p-c3-02", "c3-m03-05", "c3-m02-01", "c3-m03-02", "c3-m05")

    kept = {}
    for code in codes:
        text = next(BPMN.rglob(f"{code}-[a-z]*.bpmn")).read_bytes()
        kept[code] = write(settle(read(page.evaluate(KEEPS, text.decode()).encode()), read(text))) == text

    assert kept == dict.fromkeys(codes, True)


def test_of_two_windows_on_one_draft_the_second_is_told(
    window: Callable[..., OfficerAtScreen], office: ServedOffice, watch: Watch
) -> None:
    watch.expected.add("409")
    first, second = window(), window()
    page = begin(first)
    second.sign_in(OWNER)
    second.go(page.url.removeprefix(office.address))
    second.page.locator("[data-editor][data-ready]").wait_for()

    enter(page, "Judul", "Penerimaan yang Pertama")
    page.locator("[data-status=saved]").wait_for()
    enter(second.page, "Judul", "Penerimaan yang Kedua")

    expect(second.page.locator("[data-trouble]")).to_contain_text("mungkin di jendela lain")
    second.page.on("dialog", lambda asked: asked.accept())
    second.page.get_by_role("link", name="Muat ulang").click()
    expect(second.page.locator("[data-panel]").get_by_label("Judul", exact=True)).to_have_value(
        "Penerimaan yang Pertama"
    )


def test_on_a_telephone_a_draft_is_read_and_said_to_need_a_wider_screen(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    address = begin(window()).url.removeprefix(office.address)
    phone = window(size=PHONE)
    phone.sign_in(OWNER)

    phone.go(address)

    phone.page.locator("[data-viewer][data-ready]").wait_for()
    expect(phone.page.get_by_text("layar yang lebih lebar")).to_be_visible()
    phone.picture("draft-on-a-telephone")
