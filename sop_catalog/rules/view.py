"""What a rule looks at: one process with its drawing, what it calls, and the registers. It sees no database."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from engine.domain.finding import Finding, Severity
from engine.domain.release import Activity
from engine.notation import (
    Bounds,
    CallActivity,
    Definitions,
    Edge,
    Element,
    FlowNode,
    Lookup,
    Plane,
    Process,
    Shape,
    SubProcess,
    nodes,
)
from engine.process import Bundle
from sop_catalog.diagram.extension import is_sop, read_activities, read_procedure
from sop_catalog.diagram.held import held_in
from sop_catalog.procedure import Procedure
from sop_catalog.soundness.calls import stand_in

Kind = TypeVar("Kind")

FARTHEST: Final = 100_000.0
"""Pixels from the origin: no page is larger."""

BY_PERSONS = frozenset({"userTask", "manualTask"})
"""Kinds of activity that an officer completes."""


@dataclass(frozen=True)
class View:
    """One process under the eyes of the rules."""

    drawing: Definitions
    process: Process
    drawings: Mapping[str, Definitions] = field(default_factory=dict)
    """Process id → the drawing that holds it: everything at hand, what calls this process included."""
    on: date | None = None
    """The day on which it is judged; without one, registers are taken as they stand."""

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(self.drawing)

    @cached_property
    def procedure(self) -> Procedure:
        return read_procedure(self.process)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of this process alone."""
        return tuple(each for each in read_activities(self.drawing) if each.process == self.process.id)

    @cached_property
    def nodes(self) -> tuple[FlowNode, ...]:
        """All flow nodes, however deep."""
        return tuple(node for node, _ in nodes(self.process))

    @property
    def by_persons(self) -> Iterator[Activity]:
        """The activities that an officer completes."""
        return (each for each in self.activities if each.kind in BY_PERSONS)

    @property
    def is_sop(self) -> bool:
        """Whether this drawing says that it is an SOP: it carries a cover sheet."""
        return is_sop(self.process)

    @property
    def weight(self) -> Severity:
        """How much a lack of what an SOP must say weighs: a plain drawing may run without it."""
        return "error" if self.is_sop else "warning"

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """All nodes of one kind."""
        return (node for node in self.nodes if isinstance(node, kind))

    @cached_property
    def callers(self) -> frozenset[str]:
        """Everything at hand that calls this process, however far up."""
        calls = {code: held_in(drawing, code).calls for code, drawing in self.drawings.items()}
        found: set[str] = set()
        waiting = [self.process.id]
        while waiting:
            code = waiting.pop()
            above = {caller for caller, called in calls.items() if code in called} - found - {self.process.id}
            found |= above
            waiting.extend(above)
        return frozenset(found)

    @cached_property
    def plane(self) -> Plane:
        """The first picture of the drawing; one without anything on it where there is none."""
        return self.drawing.diagrams[0].plane if self.drawing.diagrams else Plane()

    @cached_property
    def is_on_page(self) -> bool:
        """Whether all of the picture lies at places that can be compared; if not, a rule of its own says so."""
        pictured: tuple[Shape | Edge, ...] = (*self.plane.shapes, *self.plane.edges)
        boxes = [each.bounds for each in self.plane.shapes]
        boxes += [each.label.bounds for each in pictured if each.label and each.label.bounds]
        points = [point for edge in self.plane.edges for point in edge.waypoints]
        return all(is_place(number) for box in boxes for number in (box.x, box.y, box.width, box.height)) and all(
            is_place(number) for point in points for number in (point.x, point.y)
        )

    @cached_property
    def boxes(self) -> tuple[tuple[str, Bounds], ...]:
        """Where each flow node is drawn; what is drawn twice or not at all is told by a rule of its own."""
        drawn = {each.element: each.bounds for each in self.plane.shapes}
        return tuple((node.id, drawn[node.id]) for node in self.nodes if node.id in drawn)

    @cached_property
    def alone(self) -> Bundle:
        """This process with everything it calls replaced by a process of one step."""
        calls = {each.called for each in self.of(CallActivity) if each.called} - {self.process.id}
        return Bundle(self.process.id, {self.process.id: self.drawing, **{each: stand_in(each) for each in calls}})


def find(
    rule: str,
    element: Element | Activity,
    message: str,
    *,
    severity: Severity = "error",
    **facts: object,
) -> Finding:
    """Make one finding at one element; its id and name are always among the facts."""
    return find_on(element.line, rule, element, message, severity=severity, **facts)


def find_on(
    line: int,
    rule: str,
    element: Element | Activity,
    message: str,
    *,
    severity: Severity = "error",
    **facts: object,
) -> Finding:
    """Make one finding on a line within an element, such as that of a field of its form."""
    name = element.element if isinstance(element, Activity) else element.id
    told = {"id": name, "name": element.name or name, **facts}
    return Finding(rule, message, severity, name or None, line or element.line or None, told)


def is_place(number: float) -> bool:
    """Whether a number is a place on a page."""
    return math.isfinite(number) and abs(number) <= FARTHEST


def scopes(process: Process) -> Iterator[Process | SubProcess]:
    """Walk the process and every sub-process in it."""
    yield process
    yield from (node for node, _ in nodes(process) if isinstance(node, SubProcess))
