"""Every legal basis is in the register, and still in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Activity, LegalBasis
from engine.notation import Process
from sop_catalog.registers import instrument
from sop_catalog.rules.view import View, find

RULE: Final = "legal-basis-known"


def check(view: View) -> Iterator[Finding]:
    """Look at the sheet, at every duty on it and at every activity."""
    for place, basis in _bases(view):
        known = instrument(basis.instrument)
        if known is None:
            message = "Expected “{instrument}”, which “{name}” names, to be in the register of legal bases: cite it as the register does, or have it added."
            yield find(RULE, place, message, severity=view.weight, instrument=basis.instrument)
        elif known.is_to_come(view.on):
            message = (
                "Expected a legal basis in force, but “{instrument}”, which “{name}” names, is enacted on {since} only: "
                "name what is in force until then."
            )
            yield find(RULE, place, message, severity="warning", instrument=basis.instrument, since=known.since)
        elif known.is_replaced(view.on):
            told = {"instrument": basis.instrument, "successor": known.replaced_by or "?"}
            message = (
                "Expected a legal basis in force, but “{instrument}”, which “{name}” names, was replaced: "
                "name what took its place ({successor}) and look up the article there."
            )
            yield find(RULE, place, message, severity="warning", **told)


def _bases(view: View) -> Iterator[tuple[Process | Activity, LegalBasis]]:
    sheet = view.procedure.sheet
    yield from ((view.process, each) for each in sheet.legal)
    yield from ((view.process, each) for duty in sheet.duties for each in duty.legal)
    for step in view.activities:
        yield from ((step, each) for each in step.legal)
