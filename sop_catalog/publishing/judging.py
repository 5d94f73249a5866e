"""A file before every rule: a verdict with everything that stands against it. It changes nothing and asks no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from engine.domain.finding import Finding
from engine.machine import Machine
from engine.notation import Same
from engine.process import Bundle
from sop_catalog.publishing.drawings import Drawing, Drawings, Verdict, bundle_of, calls_of
from sop_catalog.rules import View, apply

_MACHINE = Machine()
_HOME: Final = ZoneInfo("Asia/Jakarta")
"""A day begins at 00.00 WIB, for all offices at once."""


def today(at: datetime) -> date:
    """The day that it is at the head office: of what is judged now, and of an edition that comes into force now."""
    return at.astimezone(_HOME).date()


def judge(verdict: Verdict, known: Drawings, *, walked: bool = True, on: date | None = None) -> Verdict:
    """Put a file that could be read before every rule, with the drawings that it may call, as things are on a day.

    Not `walked`, it is not tried whether every way leads to an end: the shipped diagrams were walked before they left.
    """
    drawing = verdict.drawing
    if drawing is None or not verdict.accepted:
        return verdict
    process = drawing.definitions.process(drawing.code)
    if process is None:
        raise LookupError(drawing.code)
    bundle, missing = bundle_of(drawing, known)
    at_hand = {**{code: each.definitions for code, each in known.items()}, drawing.code: drawing.definitions}
    found = [*verdict.findings, *apply(View(drawing.definitions, process, at_hand, on), walked=walked)]
    if not missing:
        found += [each for each in _runnable(drawing, bundle, known) if each not in found]
    else:
        found += _called_without(drawing, known)
    return replace(verdict, findings=tuple(found))


def _called_without(drawing: Drawing, known: Drawings) -> list[Finding]:
    """Say which of the drawings called calls something that is not at hand; its own calls are told by a rule."""
    found: list[Finding] = []
    for call in calls_of(drawing.definitions):
        called = known.get(call.called or "")
        for lacking in bundle_of(called, known)[1] if called else ():
            facts = {"name": call.name or call.id, "called": call.called, "lacking": lacking.facts["called"]}
            message = (
                "Expected “{name}” to call a drawing that is whole, but {called} calls {lacking}, which is not there."
            )
            found.append(Finding("calls-run", message, element=call.id, line=call.line, facts=facts))
    return found


def _runnable(drawing: Drawing, bundle: Bundle, known: Drawings) -> list[Finding]:
    """Say what keeps a drawing itself from running; of what it calls, only that it does not run."""
    of_called: list[Finding] = []
    found: list[Finding] = []
    for call in calls_of(drawing.definitions):
        called = known[call.called or ""]
        against = _examined(bundle_of(called, known)[0])
        of_called += against
        if any(each.severity == "error" for each in against):
            facts = {"name": call.name or call.id, "called": called.code}
            message = "Expected “{name}” to call a drawing that runs, but {called} does not."
            found.append(Finding("calls-run", message, element=call.id, line=call.line, facts=facts))
    return [each for each in _examined(bundle) if each not in of_called] + found


def _examined(bundle: Bundle) -> tuple[Finding, ...]:
    """What keeps a bundle from running: asked for a drawing itself, and again for each that calls it."""
    return _examine(bundle.code, tuple((code, Same(each)) for code, each in sorted(bundle.drawings.items())))


@lru_cache(maxsize=32)
def _examine(code: str, drawings: tuple[tuple[str, Same], ...]) -> tuple[Finding, ...]:
    return _MACHINE.examine(Bundle(code, {each: same.drawing for each, same in drawings}))
