"""Where a name stands that a picture gives no place: below its symbol or beside its line, as modellers show it."""

from __future__ import annotations

from typing import Final

from engine.notation import Bounds, Edge, Element, Event, Gateway, MessageFlow, Point, SequenceFlow, Shape
from sop_catalog.diagram.layout.measure import block

_WIDTH: Final = 90.0
_BELOW: Final = 4.0
_INDENT: Final = 15.0
"""Pixels from a line to the middle of its name."""
_NO_PLACE: Final = 8.0
"""A place narrower than this is none: some tools write 0."""


def place_of_name(drawn: Shape | Edge, element: Element | None) -> Bounds | None:
    """Return where the name of something is shown beside it; None where it has none, or shows it within itself."""
    if element is None or not element.name:
        return None
    given = drawn.label.bounds if drawn.label else None
    if given is not None and given.width >= _NO_PLACE:
        return given
    if isinstance(drawn, Shape):
        return _below(element.name, drawn.bounds) if isinstance(element, Event | Gateway) else given
    flows = isinstance(element, SequenceFlow | MessageFlow) and len(drawn.waypoints) > 1
    return _beside(element.name, drawn.waypoints) if flows else given


def _below(name: str, box: Bounds) -> Bounds:
    wide, high = block(name, _WIDTH)
    return Bounds(box.x + box.width / 2 - wide / 2, box.y + box.height + _BELOW, wide, high)


def _beside(name: str, way: tuple[Point, ...]) -> Bounds:
    wide, high = block(name, _WIDTH)
    at = (len(way) - 1) // 2
    here, there = way[at], way[at + 1]
    flat = abs(there.x - here.x) >= abs(there.y - here.y)
    x = (here.x + there.x) / 2 + (0 if flat else _INDENT + wide / 2 - 8)
    y = (here.y + there.y) / 2 - (_INDENT if flat else 0)
    return Bounds(x - wide / 2, y - high / 2, wide, high)
