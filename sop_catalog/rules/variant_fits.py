"""An office's variant names its office and the central SOP that it stands in for, is called after both, and begins as that does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import variant_code
from engine.notation import Definitions, MessageDefinition, Process, StartEvent, TimerDefinition
from sop_catalog.registers import office
from sop_catalog.rules.view import View, find

RULE: Final = "variant-fits"


def check(view: View) -> Iterator[Finding]:
    """Look at a variant; of an SOP of every office nothing is asked but that it is not called like a variant."""
    sheet, code = view.procedure.sheet, view.process.id
    if not view.is_sop:
        return
    if bool(sheet.office) != bool(sheet.variant_of) or ("." in code and not sheet.office):
        message = (
            "Expected the sheet of “{name}” to name both the office whose variant it is and the SOP that it stands in "
            "for, or neither and a code without an office."
        )
        yield find(RULE, view.process, message)
    elif sheet.office:
        yield from _as_variant(view, sheet.office, sheet.variant_of)


def _as_variant(view: View, whose: str, central: str) -> Iterator[Finding]:
    drawing, wanted = view.drawings.get(central), variant_code(central, whose)
    if office(whose) is None:
        message = "Expected the office whose variant “{name}” is to be registered, but “{office}” is not."
        yield find(RULE, view.process, message, severity="warning", office=whose)
    if "." in central:
        message = "Expected “{name}” to stand in for a central SOP, but {central} is an office's variant itself."
        yield find(RULE, view.process, message, central=central)
    elif view.process.id != wanted:
        message = (
            "Expected the code of “{name}” to be {wanted}, after its office and what it stands in for, but found {id}."
        )
        yield find(RULE, view.process, message, wanted=wanted)
    elif drawing is None:
        message = (
            "Expected {central}, which “{name}” stands in for, to be there: no case runs on the variant until it is."
        )
        yield find(RULE, view.process, message, severity="warning", central=central)
    else:
        yield from _starts(view, drawing, central)


def _starts(view: View, drawing: Definitions, central: str) -> Iterator[Finding]:
    process = drawing.process(central)
    wanted = _messages(drawing, process) if process else frozenset()
    found = _messages(view.drawing, view.process)
    if wanted != found:
        message = (
            "Expected the variant “{name}” to begin by the messages by which {central} begins ({wanted}), "
            "but found: {found}."
        )
        told, said = (", ".join(sorted(each)) or "–" for each in (wanted, found))
        yield find(RULE, view.process, message, central=central, wanted=told, found=said)
    for each in view.process.nodes:
        if isinstance(each, StartEvent) and any(isinstance(one, TimerDefinition) for one in each.definitions):
            message = (
                "Expected the variant to begin by hand or by a message, but “{name}” is a timer: "
                "it would begin cases beside those of {central}."
            )
            yield find(RULE, each, message, central=central)


def _messages(drawing: Definitions, process: Process) -> frozenset[str]:
    names = {each.id: each.name for each in drawing.messages}
    starts = (each for each in process.nodes if isinstance(each, StartEvent))
    asked = (one.message for each in starts for one in each.definitions if isinstance(one, MessageDefinition))
    return frozenset(names.get(each) or each for each in asked if each)
