"""Every name in the picture can be read: it fits into its shape, and nothing lies on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from engine.domain.finding import Finding
from engine.notation import Activity, Bounds, Edge, Shape, SubProcess
from sop_catalog.diagram.geometry import Boxes, around, overlap, runs_through
from sop_catalog.diagram.layout.measure import TASK_SIZE, block
from sop_catalog.rules.view import View, find

RULE: Final = "labels-readable"
_MARGIN: Final = 8.0
"""Pixels between the border of a shape and what is written in it, left and right together."""


def check(view: View) -> Iterator[Finding]:
    """Look at the names in the first picture of the drawing; they are to be read, so it only warns."""
    if not view.is_on_page:
        return
    pictured: tuple[Shape | Edge, ...] = (*view.plane.shapes, *view.plane.edges)
    labels = [(each.element, each.label.bounds) for each in pictured if each.label and each.label.bounds]
    labels = [(name, box) for name, box in labels if (element := view.lookup.find(name)) and element.name]
    yield from _too_long(view)
    yield from _covered(view, labels)
    yield from _crossed(view, labels)


def _too_long(view: View) -> Iterator[Finding]:
    """Names that stand in their shape; those of groups stand in its corner and have all its width."""
    for name, box in view.boxes:
        node = view.lookup.node(name)
        if isinstance(node, Activity) and not isinstance(node, SubProcess) and node.name:
            wide, high = block(node.name, max(box.width - _MARGIN, 1.0), TASK_SIZE)
            if high > box.height or wide > box.width:
                message = "Expected “{name}” to fit into its shape, but it does not: say it shorter or draw it larger."
                yield find(RULE, node, message, severity="warning")


def _covered(view: View, labels: list[tuple[str, Bounds]]) -> Iterator[Finding]:
    others, shapes = Boxes(labels), Boxes(view.boxes)
    order = {name: number for number, (name, _) in enumerate(labels)}
    for name, box in labels:
        for other, there in others.near(box):
            if order[other] > order[name] and overlap(box, there):
                message = "Expected the labels “{name}” and “{other}” to lie apart, but one covers the other: move one."
                yield _told(view, name, message, other)
        for other, there in shapes.near(box):
            if other != name and not isinstance(view.lookup.node(other), SubProcess) and overlap(box, there):
                message = "Expected the label “{name}” to lie free, but it covers “{other}”: move it."
                yield _told(view, name, message, other)


def _crossed(view: View, labels: list[tuple[str, Bounds]]) -> Iterator[Finding]:
    boxes = Boxes(labels)
    for edge in view.plane.edges:
        crossed = {
            name
            for begin, end in pairwise(edge.waypoints)
            for name, box in boxes.near(around(begin, end))
            if name != edge.element and runs_through(begin, end, box)
        }
        for name in sorted(crossed):
            message = "Expected the label “{name}” to lie free, but the line “{other}” runs through it: move one."
            yield _told(view, name, message, edge.element)


def _told(view: View, name: str, message: str, other: str) -> Finding:
    found, beside = view.lookup.find(name), view.lookup.find(other)
    return find(
        RULE, found or view.process, message, severity="warning", other=(beside.name if beside else "") or other
    )
