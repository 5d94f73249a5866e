"""A step that cannot be done, and an answer put right afterwards, as the pages offer them; and what the case then shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import publish_release
from engine.domain.release import Performer
from tests.small_office import release_of
from tests.web.office import HELPDESK, NOW, Browser, Page
from web.wiring import Wiring

CATCHES = """
    start -> user A -> end
    boundary b (on A; error TAK_DAPAT_DIHUBUNGI) -> user B -> end mended
"""


@pytest.fixture
def step(wiring: Wiring, officer: Callable[[str], Browser]) -> Page:
    """An open step whose drawing has a way for when it cannot be done."""
    own = Performer("petugas-helpdesk")
    names: dict[str, Any] = {
        "A": {"name": "Menghubungi keluarga", "performer": own},
        "B": {"name": "Mencari lewat RT", "performer": own},
    }
    wiring.engine.perform(publish_release, release_of(CATCHES, "c3-m91", **names), at=NOW)
    browser = officer(HELPDESK)
    case = browser.get("/cases/new").submit("/cases/new", release="c3-m91")
    return browser.get(case.link("Menghubungi keluarga"))


def test_a_step_that_cannot_be_done_is_reported_and_the_case_goes_on_the_way_drawn_for_it(step: Page) -> None:
    code = step.form("/fail").xpath(".//input[@name='code']/@value")

    page = step.submit("/fail", code=code[0])

    assert code == ["TAK_DAPAT_DIHUBUNGI"]
    assert "Mencari lewat RT" in page.text
    assert "Berakhir dengan kesalahan: Menghubungi keluarga" in page.text


def test_an_error_that_the_drawing_knows_nothing_of_is_told_with_the_name_of_the_step(step: Page) -> None:
    page = step.submit("/fail", code="LAIN")

    assert page.status == 409
    assert "Diagram tidak menangani kesalahan “LAIN” pada tugas “Menghubungi keluarga”." in page.text
    assert page.form("/complete") is not None


def test_a_corrected_answer_stands_on_the_step_with_why_and_in_the_case(
    case: str, item: str, officer: Callable[[str], Browser]
) -> None:
    browser = officer(HELPDESK)
    browser.get(item).submit("/complete")
    emergency = browser.get(browser.get("/work/post").link("Memeriksa keadaan darurat"))
    emergency.submit("/complete", sakit="no", anak="no", outcome="tidak")

    page = browser.get(emergency.response.request.path).submit(
        "/correct", anak="yes", reason="Anaknya datang menyusul."
    )
    told = browser.get(f"/cases/{case}")

    assert page.status == 200
    assert "Anaknya datang menyusul." in page.text
    assert "Dibetulkan: Memeriksa keadaan darurat" in told.text
