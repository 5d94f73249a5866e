"""What is said of an office's variant whose sheet, code or start do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.notation import Definitions, MessageDefinition, StartEvent, TimerDefinition, read
from sop_catalog.diagram.extending import write_sheet
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.publishing.variants import renamed
from sop_catalog.rules import View
from sop_catalog.rules.variant_fits import check

DRAWINGS = Path(__file__).parents[2] / "drawings" / "rules"
CENTRAL = "c3-m05-91"


def said(drawing: Definitions, *, beside: bool = True) -> list[tuple[str, str]]:
    central = read((DRAWINGS / "sheet-whole" / "good.bpmn").read_bytes())
    at_hand = {CENTRAL: central} if beside else {}
    view = View(drawing, drawing.processes[0], at_hand)
    return [(each.severity, each.sentence()) for each in check(view)]


@pytest.fixture
def good() -> Definitions:
    return read((DRAWINGS / "variant-fits" / "good.bpmn").read_bytes())


def with_sheet(drawing: Definitions, **changes: str) -> Definitions:
    process = drawing.processes[0]
    sheet = replace(read_procedure(process).sheet, **changes)  # type: ignore[arg-type]
    return replace(drawing, processes=(replace(process, extensions=(write_sheet(sheet),)),))


@pytest.mark.parametrize(
    ("changes", "severity", "words"),
    [
        ({"office": ""}, "error", "both the office"),
        ({"variant_of": ""}, "error", "both the office"),
        ({"office": "", "variant_of": ""}, "error", "both the office"),
        ({"variant_of": "c3-m05-91.bp3mi-jateng"}, "error", "variant itself"),
        ({"office": "bp3mi-jateng"}, "error", "c3-m05-91.bp3mi-jateng"),
    ],
)
def test_a_sheet_that_does_not_fit_is_told(
    good: Definitions, changes: dict[str, str], severity: str, words: str
) -> None:
    found = said(with_sheet(good, **changes))

    assert [(each, words in sentence) for each, sentence in found] == [(severity, True)]


def test_an_office_that_nobody_knows_and_a_central_sop_that_is_not_there_are_warnings(good: Definitions) -> None:
    other = renamed(with_sheet(good, office="bp3mi-x"), f"{CENTRAL}.bp3mi-jatim", f"{CENTRAL}.bp3mi-x")

    assert [severity for severity, _ in said(other, beside=False)] == ["warning", "warning"]


@pytest.mark.parametrize(
    ("definition", "words"),
    [(MessageDefinition(id="m", message="ada_tamu"), "ada_tamu"), (TimerDefinition(id="t", kind="cycle"), "timer")],
)
def test_a_variant_that_begins_otherwise_is_told(
    good: Definitions, definition: MessageDefinition | TimerDefinition, words: str
) -> None:
    process = good.processes[0]
    nodes = tuple(
        replace(each, definitions=(definition,)) if isinstance(each, StartEvent) else each for each in process.nodes
    )

    ((severity, sentence),) = said(replace(good, processes=(replace(process, nodes=nodes),)))

    assert (severity, words in sentence) == ("error", True)
