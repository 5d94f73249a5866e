"""Every line of the picture goes from what it begins at to what it ends at, and runs through nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from engine.domain.finding import Finding
from engine.notation import BoundaryEvent, Bounds, Edge, Element, MessageFlow, SequenceFlow, SubProcess
from sop_catalog.diagram.geometry import Boxes, around, distance, runs_through
from sop_catalog.rules.view import View, find

RULE: Final = "edges-clear"
_NEAR: Final = 10.0
"""Pixels that a line may end before what it leads to: some editors leave a gap."""
_POINTS: Final = 2


def check(view: View) -> Iterator[Finding]:
    """Look at the lines of the flows in the first picture of the drawing; they are to be read, so it only warns."""
    if not view.is_on_page:
        return
    boxes, drawn = Boxes(view.boxes), dict(view.boxes)
    for edge in view.plane.edges:
        flow = view.lookup.find(edge.element)
        if isinstance(flow, SequenceFlow | MessageFlow):
            ends = {"source": _named(view, flow.source), "target": _named(view, flow.target)}
            yield from _loose(flow, edge, drawn, ends)
            for other in _passed(view, flow, edge, boxes):
                message = (
                    "Expected the line from “{source}” to “{target}” to pass by “{other}”, but it runs through it: "
                    "draw it around."
                )
                yield find(RULE, flow, message, severity="warning", other=_named(view, other), **ends)


def _loose(
    flow: SequenceFlow | MessageFlow, edge: Edge, drawn: dict[str, Bounds], ends: dict[str, str]
) -> Iterator[Finding]:
    if len(edge.waypoints) < _POINTS:
        message = (
            "Expected the line from “{source}” to “{target}” to have two points, but it has {points}: draw it anew."
        )
        yield find(RULE, flow, message, severity="warning", points=len(edge.waypoints), **ends)
        return
    for end, point in ((flow.source, edge.waypoints[0]), (flow.target, edge.waypoints[-1])):
        if end in drawn and (away := distance(point, drawn[end])) > _NEAR:
            message = (
                "Expected the line from “{source}” to “{target}” to touch both, but it ends {away} pixels beside one: "
                "draw it up to there."
            )
            yield find(RULE, flow, message, severity="warning", away=round(away), **ends)


def _passed(view: View, flow: SequenceFlow | MessageFlow, edge: Edge, boxes: Boxes) -> list[str]:
    own = {flow.source, flow.target}
    for end in tuple(own):
        node = view.lookup.node(end)
        own |= {node.attached_to} if isinstance(node, BoundaryEvent) else set()
        scope = view.lookup.scope_of(end)
        while isinstance(scope, SubProcess):
            own.add(scope.id)
            scope = view.lookup.scope_of(scope.id)
    passed: dict[str, None] = {}
    for begin, end_ in pairwise(edge.waypoints):
        for name, box in boxes.near(around(begin, end_)):
            if name not in own and runs_through(begin, end_, box):
                passed[name] = None
    return list(passed)


def _named(view: View, name: str) -> str:
    found: Element | None = view.lookup.find(name)
    return (found.name if found else "") or name
