"""Setting the course of a case, and setting another instead, where an officer meets it: at the step that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import add_disposition_kind, complete_work_item, open_case
from engine.domain.disposition import DispositionKind
from engine.queries import Scope, worklist
from tests.web.office import HEAD, HELPDESK, NOW, Browser, Page
from web.wiring import Wiring

MANAGER, LEADER = "pengelola-kasus.jatim", "ketua-tim-pelindungan.jatim"
GROUND = "Keluarga siap menerima dan alamatnya sudah dipastikan."


def do(wiring: Wiring, login: str, outcome: str = "", **facts: Any) -> None:
    officer = wiring.engine.officer(login, at=NOW)
    with wiring.engine.reading(at=NOW) as reader:
        row = worklist(reader, officer, Scope.POSTS).rows[0]
    given: dict[str, Any] = {"seen": row.version, "outcome": outcome, "facts": facts}
    wiring.engine.perform(complete_work_item, row.item, **given, officer=login, at=NOW)


@pytest.fixture
def at_the_decision(wiring: Wiring, officer: Callable[[str], Browser]) -> Page:
    """The page of the step at which the head of the office sets the course."""
    wiring.engine.perform(open_case, "c3-m05-04", office="bp3mi-jatim", officer=MANAGER, at=NOW)
    do(wiring, MANAGER, usulan_disposisi=["pulang"], dasar_usulan="x")
    do(wiring, LEADER, "diajukan")
    do(wiring, HEAD, "disetujui")
    browser = officer(HEAD)
    return browser.get(browser.get("/work/post").link("Menetapkan disposisi"))


def test_the_step_cannot_be_completed_before_a_course_is_set_and_says_so(at_the_decision: Page) -> None:
    refused = at_the_decision.submit("/complete", nomor_penetapan="B-1")

    assert refused.status == 409
    assert "Tetapkan dulu disposisinya" in refused.text
    assert refused.tree.get_element_by_id("q-nomor_penetapan").get("value") == "B-1"


def test_setting_the_course_leads_back_to_the_step_and_opens_the_sub_case(at_the_decision: Page) -> None:
    page = at_the_decision.submit("/dispositions", kind="pulang", ground=GROUND)

    assert page.response.request.path == at_the_decision.response.request.path
    assert "Disposisi ditetapkan; subkasus S-2026-00001.1 dibuka." in page.text
    assert "Pulang ke keluarga" in page.text
    assert page.submit("/complete", nomor_penetapan="B-1").status == 200


def test_a_course_whose_procedure_is_not_in_force_cannot_be_picked(wiring: Wiring, at_the_decision: Page) -> None:
    with wiring.engine.begin(at=NOW) as work:
        add_disposition_kind(work, DispositionKind("rehabilitasi", "Rehabilitasi", "p-c3-99"))
    page = at_the_decision.browser.get(at_the_decision.response.request.path)

    refused = page.submit("/dispositions", kind="rehabilitasi", ground=GROUND)

    assert page.tree.xpath("//input[@name='kind'][@disabled]/@value") == ["rehabilitasi"]
    assert refused.status == 409
    assert "Belum ada edisi p-c3-99 yang berlaku" in refused.text


def test_without_a_ground_nothing_is_set(at_the_decision: Page) -> None:
    refused = at_the_decision.submit("/dispositions", kind="pulang", ground=" ")

    assert refused.status == 422
    assert "dasar pertimbangan seharusnya diisi" in refused.text


def test_who_does_not_decide_here_is_told_whose_work_it_is(
    at_the_decision: Page, officer: Callable[[str], Browser]
) -> None:
    browser = officer(HELPDESK)
    page = browser.get("/cases/S-2026-00001")
    token = page.form("/sign-out").form_values()[0][1]

    refused = browser.post("/cases/S-2026-00001/dispositions", csrf=token, kind="pulang", ground=GROUND)

    assert "Tetapkan disposisi ini" not in page.text
    assert refused.status == 403
    assert "Kepala BP3MI" in refused.text


def test_a_replaced_course_cancels_its_sub_case_with_the_reason(at_the_decision: Page) -> None:
    at_the_decision.submit("/dispositions", kind="pulang", ground=GROUND)
    browser = at_the_decision.browser
    page = browser.get("/cases/S-2026-00001")
    place = next(each.get("action") for each in page.tree.forms if "/replace" in (each.get("action") or ""))

    done = page.submit(place, kind="pulang", ground="Alamat keluarga ternyata lain.")

    assert "Disposisi diganti; subkasus S-2026-00001.2 dibuka." in done.text
    assert "Dibatalkan" in browser.get("/cases/S-2026-00001.1").text


def test_the_button_pressed_twice_sets_one_course(at_the_decision: Page) -> None:
    for _ in range(2):
        at_the_decision.submit("/dispositions", kind="pulang", ground=GROUND)

    page = at_the_decision.browser.get("/cases/S-2026-00001")

    assert "S-2026-00001.1" in page.text
    assert "S-2026-00001.2" not in page.text
