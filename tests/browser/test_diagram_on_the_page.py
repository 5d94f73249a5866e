"""The diagram of a case: the way walked, the token, the micros behind a step, and the mark of its makers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.head_start import case_at
from tests.browser.officer_at_screen import DESK, PHONE, OfficerAtScreen
from tests.browser.served_office import HERE, ServedOffice

TOPMOST = """each => {
    const box = each.getBoundingClientRect();
    const points = [[0.2, 0.5], [0.5, 0.5], [0.8, 0.5]];
    return box.width > 20 && points.every(([x, y]) =>
        each.contains(document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)));
}"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_mark_of_bpmn_io_is_seen_and_nothing_lies_over_it(
    size: dict[str, int], window: Callable[..., OfficerAtScreen], office: ServedOffice
) -> None:
    case = case_at(office, "Merekam negara dan pekerjaan tujuan")
    officer = window(size=size)
    officer.sign_in(f"petugas-sispopmi.{HERE}")

    for address in (f"/cases/{case}?tab=diagram", "/catalogue/c3-m02"):
        officer.go(address)
        officer.page.locator("[data-viewer][data-ready]").wait_for()
        mark = officer.page.locator(".bjs-powered-by")
        mark.scroll_into_view_if_needed()

        assert mark.evaluate(TOPMOST), address


def test_the_token_is_found_by_following_the_steps_down_to_the_micro(
    officer: OfficerAtScreen, office: ServedOffice
) -> None:
    case = case_at(office, "Merekam data pribadi")
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.go(f"/cases/{case}?tab=diagram")
    page = officer.page
    page.locator("[data-viewer][data-ready]").wait_for()

    page.locator(".djs-element[data-element-id=pendataan]").click()
    page.locator(".djs-element[data-element-id=data_pribadi]").click()
    waiting = page.locator(".djs-element[data-element-id=rekam_pribadi]")
    waiting.wait_for()
    officer.picture("diagram-micro")

    assert "is-current" in (waiting.get_attribute("class") or "")
    assert page.locator("[data-trail] li").count() == 3


def test_the_diagram_turns_with_the_page_when_night_comes(officer: OfficerAtScreen) -> None:
    officer.sign_in(f"petugas-sispopmi.{HERE}")
    officer.go("/catalogue/c3-m02")
    page = officer.page
    page.locator("[data-viewer][data-ready]").wait_for()
    page.evaluate("() => { window.asked = true }")

    page.emulate_media(color_scheme="dark")

    told = page.evaluate(
        "() => [...document.querySelectorAll('.djs-shape .djs-visual > rect:first-child')].map(each =>"
        " [getComputedStyle(each).fill, getComputedStyle(each).stroke])"
    )
    assert page.evaluate("window.asked")
    assert ["rgb(23, 33, 42)", "rgb(232, 238, 243)"] in told
