"""Documents, letters and the slip, from the desk and from the person's own telephone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from engine import open_case
from tests.browser.fitness import faults
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen, Watch
from tests.browser.served_office import HERE, ServedOffice

COMPLAINTS = f"petugas-layanan-pengaduan.{HERE}"
KTP = "Melihat data dan jejak pemrosesannya"


@pytest.fixture
def case(office: ServedOffice) -> str:
    login = f"petugas-sispopmi.{HERE}"
    opened = office.engine.perform(open_case, "p-c3-01", office=f"bp3mi-{HERE}", officer=login, at=office.clock())
    return opened.case or ""


def a_photo(place: Path) -> Path:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(made, "JPEG")
    (place / "kk.jpg").write_bytes(made.getvalue())
    return place / "kk.jpg"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_photo_is_attached_looked_at_and_a_letter_is_made(
    size: dict[str, int], window: Callable[..., OfficerAtScreen], office: ServedOffice, case: str, tmp_path: Path
) -> None:
    officer = window(size=size)
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.go(f"/cases/{case}?tab=documents")
    officer.picture("documents-empty")
    assert faults(officer.page) == []

    box = officer.page.locator("form.attach-any").first
    box.get_by_label("Dokumen apa?").select_option(label="Kartu keluarga (KK)")
    box.locator("[type=file]").set_input_files(a_photo(tmp_path))
    officer.press("Lampirkan", box)
    officer.page.locator(".said-good").wait_for()
    with officer.page.expect_response("**/glance") as glance:
        officer.page.get_by_text("Lihat sekilas").click()
    assert glance.value.ok
    officer.page.get_by_text("Surat lainnya …").click()
    officer.picture("documents-usual")
    assert faults(officer.page) == []

    letter = officer.page.locator("form.letter").filter(has_text="BAST")
    letter.locator("select").select_option(index=1)
    with officer.page.expect_download() as got:
        letter.get_by_role("button").click()
    assert got.value.path().read_bytes().startswith(b"%PDF-")


def test_a_person_sees_how_it_stands_and_asks_about_their_data(
    window: Callable[..., OfficerAtScreen], office: ServedOffice, case: str
) -> None:
    officer = window()
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.go(f"/cases/{case}?tab=documents")
    officer.press("Buat kartu")
    pin = officer.page.locator(".pin").inner_text().replace(" ", "")
    code = officer.page.locator("code").inner_text()
    officer.picture("slip-made")
    with officer.page.expect_download() as got:
        officer.press("Buat kartu (PDF)")
    assert got.value.path().read_bytes().startswith(b"%PDF-")

    person = window(size=PHONE)
    person.go(f"/s/{code}")
    person.picture("slip-asks")
    assert faults(person.page) == []
    person.page.get_by_label("PIN").fill(pin)
    person.press("Tampilkan")
    person.page.get_by_role("heading", name="Pilihan Anda").wait_for()
    person.picture("slip-shows")
    assert faults(person.page) == []
    assert case not in person.page.content()
    person.page.get_by_label("Saya ingin melihat data saya yang disimpan").check()
    person.page.get_by_label("Dengan kata-kata Anda sendiri").fill("Apa saja yang dicatat tentang saya?")
    person.page.get_by_label("PIN").fill(pin)
    person.press("Kirim permohonan")
    person.page.locator(".said-good").wait_for()
    person.picture("slip-request-taken")

    officer.sign_in(COMPLAINTS)
    officer.open_item("Menerima permohonan", ["S-2026-00002"])
    assert officer.page.get_by_label("Melihat data dan jejak pemrosesannya").is_checked()


def test_a_step_waits_for_the_document_that_its_answers_ask_for(
    window: Callable[..., OfficerAtScreen], office: ServedOffice, watch: Watch
) -> None:
    watch.expected |= {"422"}
    officer = window()
    at = office.clock()
    case = office.engine.perform(open_case, "p-s11-01", office=f"bp3mi-{HERE}", officer=COMPLAINTS, at=at).case or ""
    officer.sign_in(COMPLAINTS)
    officer.work("Menerima permohonan", "", [case])
    officer.open_item("Memastikan pemohon berhak", [case])
    officer.answers = {"pemohon": "Kuasa", "cara_pastikan": "Surat kuasa atau bukti perwalian"}
    officer.fill_in()
    officer.press("Berhak", officer.form)
    officer.page.locator("#faults").wait_for()
    officer.picture("item-document-missing")
    assert faults(officer.page) == []

    officer.attach("surat_kuasa")
    officer.picture("item-document-there")
    officer.fill_in()
    officer.press("Berhak", officer.form)

    officer.page.locator(".said-good").wait_for()
