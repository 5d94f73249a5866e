"""The steps of the longest way fit into the time that is promised for the whole, and those of a duty into its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.domain.finding import Finding
from engine.domain.release import Allowance, Clock
from engine.notation import Activity as Node
from engine.notation import CallActivity, Lookup, Scope, SubProcess
from sop_catalog.diagram.extension import read_procedure
from sop_catalog.rules.view import View, find

RULE: Final = "promise-holds"

_COUNTED: Final[Mapping[Clock, tuple[str, float]]] = {
    Clock.WORKING_HOURS: ("working", 1),
    Clock.WORKING_DAYS: ("working", 7.5),
    Clock.RUNNING_HOURS: ("running", 1),
    Clock.CALENDAR_DAYS: ("running", 24),
    Clock.CONSECUTIVE_DAYS: ("running", 24),
    Clock.MONTHS: ("months", 1),
}
"""Clock → what it can be compared with, and how many hours (or months) one of it is. A working day: Perpres 21/2023."""

_OF_WHOLE: Final[Mapping[str, str]] = {
    "working": "Expected the steps of “{name}” to fit into the {promised} working hours promised, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
    "running": "Expected the steps of “{name}” to fit into the {promised} hours promised, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
    "months": "Expected the steps of “{name}” to fit into the {promised} months promised, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
}
_OF_DUTY: Final[Mapping[str, str]] = {
    "working": "Expected the steps of the duty “{title}” to fit into its {promised} working hours, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
    "running": "Expected the steps of the duty “{title}” to fit into its {promised} hours, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
    "months": "Expected the steps of the duty “{title}” to fit into its {promised} months, but {steps} add up to {sum}. Steps on that way that are counted otherwise and were not compared: {others}.",
}


@dataclass(frozen=True, slots=True)
class _Way:
    """One way through a drawing: what its steps add up to, how many are counted on another clock, and their names."""

    sum: float = 0
    others: int = 0
    names: tuple[str, ...] = ()

    def __add__(self, other: _Way) -> _Way:
        return _Way(self.sum + other.sum, self.others + other.others, self.names + other.names)


def check(view: View) -> Iterator[Finding]:
    """Warn where the steps need more than what is promised, each loop walked once; it says what was compared.

    Only times on clocks of one family are added: working hours and days, hours and days that run on, months. What is
    counted otherwise is passed over, so that a warning is right whatever those steps take.
    """
    sheet = view.procedure.sheet
    if sheet.promised is not None:
        way = _Walk(view, sheet.promised).longest(view.process)
        yield from _compare(sheet.promised, way, view, _OF_WHOLE)
    for duty in sheet.duties:
        scope = _scope(duty.begins, duty.ends, view)
        way = _Walk(view, duty.allowance).longest(scope, duty.begins, duty.ends) if scope else None
        yield from _compare(duty.allowance, way, view, _OF_DUTY, title=duty.title)


def _compare(
    time: Allowance, way: _Way | None, view: View, messages: Mapping[str, str], **facts: str
) -> Iterator[Finding]:
    family, unit = _COUNTED[time.clock]
    if way is not None and way.sum > time.amount * unit:
        told = {"sum": f"{way.sum:g}", "promised": f"{time.amount * unit:g}", "others": way.others, **facts}
        steps = " → ".join(way.names)
        yield find(RULE, view.process, messages[family], severity="warning", steps=steps, **told)


def _scope(begins: str, ends: str, view: View) -> Scope | None:
    """The process or group in which both ends of a duty stand; None where they stand in different ones."""
    first, last = (view.lookup.scope_of(each) if each else view.process for each in (begins, ends))
    return first if first is last else None


class _Walk:
    """Walks one drawing for one time: what its steps add up to on clocks that can be compared with it."""

    def __init__(self, view: View, time: Allowance) -> None:
        self._view = view
        self._family = _COUNTED[time.clock][0]
        self._allowances = {each.element: each.allowance for each in view.activities}

    def longest(self, scope: Scope, begins: str = "", ends: str = "") -> _Way | None:
        """The way on which they add up to most, without walking any arrow that leads back; None where no way leads so."""
        lookup = self._view.lookup
        found: dict[str, _Way | None] = {}
        starts = [begins] if begins else [each.id for each in scope.nodes if not lookup.incoming(each.id)]
        for node, onward in _last_first(starts, lookup):
            further = [way for each in onward if (way := found.get(each)) is not None]
            beyond = max(further, key=lambda each: each.sum, default=None if ends else _Way())
            beyond = _Way() if node == ends else beyond
            found[node] = None if beyond is None else self._own(node) + beyond
        return max(
            (way for each in starts if (way := found.get(each)) is not None), key=lambda each: each.sum, default=None
        )

    def _own(self, element: str) -> _Way:
        """What one node adds: its own allowance, that of what it calls, or the longest way through a group."""
        node = self._view.lookup.node(element)
        if isinstance(node, SubProcess):
            return self.longest(node) or _Way()
        allowance = self._allowances.get(element) or self._of_called(node)
        if allowance is None or not isinstance(node, Node):
            return _Way()
        family, unit = _COUNTED[allowance.clock]
        if family != self._family:
            return _Way(others=1)
        return _Way(allowance.amount * unit, 0, (f"“{node.name or node.id}”",))

    def _of_called(self, node: object) -> Allowance | None:
        called = node.called if isinstance(node, CallActivity) else None
        drawing = self._view.drawings.get(called) if called else None
        process = drawing.process(called) if drawing and called else None
        return read_procedure(process).sheet.promised if process else None


def _last_first(starts: list[str], lookup: Lookup) -> Iterator[tuple[str, list[str]]]:
    """Every node that can be come to, after all that follow it; with these, but for arrows that lead back."""
    done: set[str] = set()
    for start in starts:
        path: dict[str, list[str]] = {}
        waiting: list[tuple[str, bool]] = [(start, True)]
        while waiting:
            node, coming = waiting.pop()
            if not coming:
                done.add(node)
                yield node, path.pop(node)
            elif node not in done and node not in path:
                targets = [flow.target for flow in lookup.outgoing(node)]
                path[node] = [each for each in targets if each not in path and each != node]
                waiting.append((node, False))
                waiting.extend((each, True) for each in path[node])
