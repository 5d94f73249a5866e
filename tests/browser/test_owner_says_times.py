"""An owner says by clicks what a law gives a time for and what happens when time runs out; the drawing holds it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from engine.domain.release import Allowance, Clock, Duty, LegalBasis, Rung, RungAct
from engine.notation import read
from sop_catalog.diagram.extension import read_activities, read_procedure
from tests.browser.officer_at_screen import OfficerAtScreen
from tests.browser.served_office import ServedOffice
from tests.browser.test_owner_changes_a_micro import STEP, begin


def enter(place: Locator, label: str, value: str) -> None:
    box = place.get_by_label(label, exact=True)
    box.fill(value)
    box.press("Tab")


def choose(place: Locator, label: str, value: str) -> None:
    place.get_by_label(label, exact=True).select_option(value)


def test_duties_a_ladder_and_the_time_of_a_stage_are_said_on_the_drawing_board(
    window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    officer = window()
    page = begin(officer)
    panel = page.locator("[data-panel]")

    page.get_by_role("button", name="Tambah kewajiban").click()
    enter(panel, "Apa yang wajib dilakukan", "Menjawab permohonan")
    duty = page.locator(".duties .question")
    enter(duty.get_by_role("group", name="Batas waktu"), "Lama", "72")
    choose(duty.get_by_role("group", name="Batas waktu"), "Dihitung dalam", "running-hours")
    choose(duty, "Dihitung sejak kasus sampai pada", STEP)
    enter(duty, "Dasar hukum", "UU 27/2022 | Pasal 32")
    officer.picture("duty")
    page.get_by_role("button", name="Tambah sesudah jatuh tempo").click()
    page.get_by_role("button", name="Tambah pada bagian waktu").click()
    enter(page.locator(".rung").first, "Pada persen dari batas waktu", "60")
    officer.picture("ladder")
    page.locator(f".djs-element[data-element-id={STEP}]").click()
    enter(panel, "Tahap yang dimasuki kasus", "Diterima")
    stay = panel.get_by_role("group", name="Berapa lama kasus boleh berada pada tahap itu")
    enter(stay, "Lama", "1,5")
    choose(stay, "Dihitung dalam", "working-hours")
    officer.picture("stage")
    page.get_by_role("link", name="Bandingkan dan kirim").click()

    told = page.locator(".differences").first
    told.wait_for()
    for words in (
        "kewajiban “Menjawab permohonan”",
        "dari “Menyambut CPMI",
        "pada 60 %: ingatkan pemegang tugas",
        "1,5 jam kerja",
    ):
        expect(told).to_contain_text(words)
    officer.picture("told")
    (text,) = (bytes(each[0]) for each in office.rows("select content from draft"))
    drawing = read(text)
    sheet = read_procedure(drawing.processes[0]).sheet
    step = next(each for each in read_activities(drawing) if each.element == STEP)
    law = LegalBasis("UU 27/2022", "Pasal 32")
    time = Allowance(72, Clock.RUNNING_HOURS)
    assert sheet.duties == (Duty("menjawab-permohonan", "Menjawab permohonan", time, begins=STEP, legal=(law,)),)
    assert sheet.ladder == (
        Rung(0.6, None, RungAct.REMIND),
        Rung(None, Allowance(2, Clock.WORKING_DAYS), RungAct.INCIDENT),
    )
    assert (step.stage, step.stage_allowance) == ("Diterima", Allowance(1.5, Clock.WORKING_HOURS))
