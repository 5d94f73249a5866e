"""Whether what is on the screen is fit for everybody, and within the width of the screen."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = frozenset({"serious", "critical"})
ANY = GRAVE | {"moderate", "minor"}
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNSTUCK = "() => document.querySelectorAll('.actions').forEach(each => { each.style.position = 'static'; })"
"""The bar of buttons sticks to the lower edge of a phone and lies over whatever is there until a thumb scrolls."""
HERE = "() => 'axe' in window"
ASK = "asked => axe.run(document, {resultTypes: ['violations'], preload: false, ...asked}).then(found => found.violations)"
LOOKS_ALONE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""The rules whose answer may be another one by night or on a narrow screen, while the page stays the same."""
_AXE = Axe()


def faults(page: Page, grave: frozenset[str] = GRAVE, *, again: bool = False) -> list[str]:
    """What axe finds on this page, and by how much it is wider than the screen.

    `again`: the same page was asked about in another light or width, so that only what depends on them is asked.
    """
    found = _found(page, LOOKS_ALONE if again else ())
    said = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found if each["impact"] in grave]
    if (wider := page.evaluate(WIDER)) > 0:
        said.append(f"wider than the screen by {wider} px")
    return said


def _found(page: Page, rules: tuple[str, ...]) -> list[dict[str, Any]]:
    """The judge is brought to a page once, however often it is asked there."""
    page.evaluate(UNSTUCK)
    asked = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    if not page.evaluate(HERE):
        page.evaluate(_AXE.axe_script)
    violations: list[dict[str, Any]] = page.evaluate(ASK, asked)
    return violations
