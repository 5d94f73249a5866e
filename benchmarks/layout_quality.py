"""What can be counted in a picture: what covers what, what crosses what, how long lines are. Not whether it is beautiful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import combinations, pairwise

from engine.notation import (
    BoundaryEvent,
    Bounds,
    Definitions,
    Edge,
    Element,
    FlowNode,
    Lookup,
    Point,
    Shape,
    SubProcess,
    elements,
    lanes,
    nodes,
)
from sop_catalog.diagram.geometry import around, contains, overlap, runs_through
from sop_catalog.diagram.unplaced import place_of_name


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of one picture; added up, of many."""

    drawn: int = 0
    """Nodes with a shape and flows with a line."""
    missing: int = 0
    """Nodes, flows, lanes, pools and message flows without one."""
    overlaps: int = 0
    outside: int = 0
    """Nodes that do not lie in their lane."""
    through: int = 0
    """Lines that run through a shape which they do not join."""
    crossings: int = 0
    shared: int = 0
    """Lines that lie on one another for more than 10 pixels, those to one end not counted."""
    bends: int = 0
    slanted: int = 0
    """Pieces of lines that run along neither axis."""
    length: float = 0.0
    covered_labels: int = 0
    """Labels that lie on a shape, on another label or under a line of something else."""
    labels: int = 0
    area: float = 0.0

    def __add__(self, other: Quality) -> Quality:
        return Quality(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def judged(drawing: Definitions) -> Quality:
    """Count what can be counted in the first picture of a drawing."""
    plane = drawing.diagrams[0].plane
    lookup = Lookup(drawing)
    boxes = {each.element: each.bounds for each in plane.shapes}
    lines = {each.element: each for each in plane.edges if len(each.waypoints) > 1}
    labels = [*_labels(lookup, plane.shapes, plane.edges)]
    wanted = [each for each in elements(drawing) if _is_drawn(each)]
    return Quality(
        drawn=sum(each.id in boxes or each.id in lines for each in wanted),
        missing=sum(each.id not in boxes and each.id not in lines for each in wanted),
        overlaps=_overlaps(drawing, boxes),
        outside=_outside(drawing, lookup, boxes),
        through=_through(drawing, lookup, boxes, lines),
        crossings=sum(_crosses(one, other) for one, other in combinations(lines.values(), 2)),
        shared=sum(_share(lookup, one, other) for one, other in combinations(lines.values(), 2)),
        bends=sum(_bends(each.waypoints) for each in lines.values()),
        slanted=sum(a.x != b.x and a.y != b.y for each in lines.values() for a, b in pairwise(each.waypoints)),
        length=sum(abs(a.x - b.x) + abs(a.y - b.y) for each in lines.values() for a, b in pairwise(each.waypoints)),
        covered_labels=_covered(drawing, labels, boxes, lines),
        labels=len(labels),
        area=_area(boxes.values(), lines.values()),
    )


def _is_drawn(each: Element) -> bool:
    return isinstance(each, FlowNode) or type(each).__name__ in {"SequenceFlow", "Lane", "Participant", "MessageFlow"}


def _scopes(drawing: Definitions) -> Iterator[tuple[FlowNode, ...]]:
    for process in drawing.processes:
        yield process.nodes
        yield from (node.nodes for node, _ in nodes(process) if isinstance(node, SubProcess))


def _overlaps(drawing: Definitions, boxes: Mapping[str, Bounds]) -> int:
    found = 0
    for scope in _scopes(drawing):
        here = [boxes[each.id] for each in scope if each.id in boxes and not isinstance(each, BoundaryEvent)]
        found += sum(overlap(one, other) for one, other in combinations(here, 2))
    return found


def _outside(drawing: Definitions, lookup: Lookup, boxes: Mapping[str, Bounds]) -> int:
    found = 0
    for process in drawing.processes:
        if not any(lanes(process)):
            continue
        for node in process.nodes:
            lane = lookup.lane_of(node.id)
            if lane is not None and node.id in boxes:
                found += lane.id not in boxes or not contains(boxes[lane.id], boxes[node.id])
    return found


def _ends(lookup: Lookup, name: str) -> tuple[str, str]:
    found = lookup.find(name)
    return str(getattr(found, "source", "")), str(getattr(found, "target", ""))


def _through(drawing: Definitions, lookup: Lookup, boxes: Mapping[str, Bounds], lines: Mapping[str, Edge]) -> int:
    """Boundary events belong to their activity; a group holds what is in it."""
    found = 0
    hosts = {
        each.id: each.attached_to for scope in _scopes(drawing) for each in scope if isinstance(each, BoundaryEvent)
    }
    solid = [
        each.id
        for scope in _scopes(drawing)
        for each in scope
        if each.id in boxes and each.id not in hosts and not isinstance(each, SubProcess)
    ]
    for name, line in lines.items():
        joined = {hosts.get(each, each) for each in _ends(lookup, name)} | {*_ends(lookup, name)}
        for one in solid:
            through = any(runs_through(a, b, boxes[one]) for a, b in pairwise(line.waypoints))
            found += through and (one not in joined or _passes(line, boxes[one]))
    return found


def _passes(line: Edge, box: Bounds) -> bool:
    """Whether a line runs through a shape that it joins: on its way, not only where it begins or ends."""
    return any(runs_through(a, b, box, 6.0) for a, b in pairwise(line.waypoints))


def _crosses(one: Edge, other: Edge) -> int:
    return sum(_cut(a, b, c, d) for a, b in pairwise(one.waypoints) for c, d in pairwise(other.waypoints))


def _cut(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two pieces cross in their inside; touching is no crossing."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    turn = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    return 0.0 if abs(turn) < 1e-6 else turn


def _share(lookup: Lookup, one: Edge, other: Edge) -> bool:
    begins, ends = zip(_ends(lookup, one.element), _ends(lookup, other.element), strict=True)
    if begins[0] == begins[1] or ends[0] == ends[1]:
        return False
    return any(_along(a, b, c, d) > 10 for a, b in pairwise(one.waypoints) for c, d in pairwise(other.waypoints))


def _along(a: Point, b: Point, c: Point, d: Point) -> float:
    if a.x == b.x == c.x == d.x:
        return min(max(a.y, b.y), max(c.y, d.y)) - max(min(a.y, b.y), min(c.y, d.y))
    if a.y == b.y == c.y == d.y:
        return min(max(a.x, b.x), max(c.x, d.x)) - max(min(a.x, b.x), min(c.x, d.x))
    return 0.0


def _bends(way: tuple[Point, ...]) -> int:
    return sum(
        (a.x == b.x) != (b.x == c.x) or (a.y == b.y) != (b.y == c.y) or (a.x != b.x and a.y != b.y)
        for (a, b), (_, c) in pairwise(pairwise(way))
    )


def _labels(lookup: Lookup, shapes: Iterable[Shape], edges: Iterable[Edge]) -> Iterator[tuple[str, Bounds]]:
    """Names that stand beside their shape or line: where the picture puts them, else where a modeller would."""
    every: list[Shape | Edge] = [*shapes, *edges]
    for drawn in every:
        place = place_of_name(drawn, lookup.find(drawn.element))
        if place is not None:
            yield drawn.element, place


def _covered(
    drawing: Definitions, labels: list[tuple[str, Bounds]], boxes: Mapping[str, Bounds], lines: Mapping[str, Edge]
) -> int:
    solid = {
        each.id for scope in _scopes(drawing) for each in scope if each.id in boxes and not isinstance(each, SubProcess)
    }
    found = set()
    for name, box in labels:
        on_shape = any(overlap(box, boxes[one], 2.0) for one in solid if one != name)
        on_label = any(overlap(box, other, 2.0) for one, other in labels if one != name)
        under = any(
            runs_through(a, b, box) and overlap(box, _thick(a, b))
            for one, line in lines.items()
            if one != name
            for a, b in pairwise(line.waypoints)
        )
        if on_shape or on_label or under:
            found.add(name)
    return len(found)


def _thick(a: Point, b: Point) -> Bounds:
    """Box around a line, for a quick look."""
    box = around(a, b)
    return Bounds(box.x - 2, box.y - 2, box.width + 4, box.height + 4)


def _area(boxes: Iterable[Bounds], lines: Iterable[Edge]) -> float:
    """Square pixels of the whole picture, in thousands."""
    points = [(box.x, box.y) for box in boxes] + [(p.x, p.y) for line in lines for p in line.waypoints]
    if not points:
        return 0.0
    wide = max(x for x, _ in points) - min(x for x, _ in points) + 100
    high = max(y for _, y in points) - min(y for _, y in points) + 80
    return wide * high / 1000
