"""Every rule has a good and a bad drawing and a page, and tells the two apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.finding import Finding
from engine.notation import read
from sop_catalog.rules import RULES, WALKED, View, apply

HOUSE = Path(__file__).parents[3]
DRAWINGS = HOUSE / "tests" / "drawings" / "rules"
EVERY = {**RULES, **WALKED}
ADVISE = frozenset({"edges-clear", "labels-readable", "output-comes-in-time", "promise-holds"})
"""Rules that only warn in their bad drawings: they compare what they can, and an office may know better."""


def look_at(path: Path) -> View:
    drawing = read(path.read_bytes())
    called = read((DRAWINGS / "sheet-whole" / "good.bpmn").read_bytes())
    return View(drawing, drawing.processes[0], {called.processes[0].id: called})


@pytest.mark.parametrize("rule", EVERY)
def test_a_good_drawing_breaks_no_rule_at_all(rule: str) -> None:
    view = look_at(DRAWINGS / rule / "good.bpmn")

    found = apply(view)

    assert [str(each) for each in found] == []


@pytest.mark.parametrize("rule", EVERY)
def test_a_bad_drawing_breaks_its_rule_and_says_where(rule: str) -> None:
    view = look_at(DRAWINGS / rule / "bad.bpmn")

    found = list(EVERY[rule](view))

    assert ("warning" if rule in ADVISE else "error") in {each.severity for each in found}
    assert all(each.line for each in found)


@pytest.mark.parametrize("rule", EVERY)
def test_every_finding_fills_its_own_sentence(rule: str) -> None:
    view = look_at(DRAWINGS / rule / "bad.bpmn")

    found: list[Finding] = list(EVERY[rule](view))

    assert all("{" not in each.sentence() for each in found)


def test_every_rule_has_a_page_a_file_and_two_drawings() -> None:
    pages = {path.stem for path in (HOUSE / "docs" / "rules").glob("*.md")}
    drawings = {path.name for path in DRAWINGS.iterdir()}
    files = {path.stem.replace("_", "-") for path in (HOUSE / "sop_catalog" / "rules").glob("*.py")}

    assert pages == drawings == set(EVERY)
    assert files - {"--init--", "view"} == set(EVERY)
