"""Everything that stands in the process is drawn once, in its lane, and nothing lies on top of something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final, TypeVar

from engine.domain.finding import Finding
from engine.notation import BoundaryEvent, Bounds, Element, Lane, Plane, Process, SubProcess, lanes
from sop_catalog.diagram.geometry import contains, distance, middle, overlap
from sop_catalog.rules.view import View, find, is_place, scopes

RULE: Final = "layout-drawn-once"
_SEEN: Final = 4.0
"""Pixels: nothing smaller is seen or can be taken hold of."""

Drawn = TypeVar("Drawn", bound=Element)


def check(view: View) -> Iterator[Finding]:
    """Look at the first picture of the drawing; one without a picture runs, but nobody can read it."""
    if not view.drawing.diagrams:
        message = "Expected a picture of “{name}” in the file, but there is none: have it laid out."
        yield find(RULE, view.process, message, severity=view.weight)
        return
    plane = view.drawing.diagrams[0].plane
    bounds = {each.element: each.bounds for each in plane.shapes}
    yield from _not_once(view, plane)
    yield from _not_finite(view, plane)
    if view.is_on_page:
        yield from _outside_their_lane(view, bounds)
        yield from _off_their_host(view, bounds)
        yield from _overlapping(view, bounds)
        yield from _pools(view, bounds)


def _not_once(view: View, plane: Plane) -> Iterator[Finding]:
    shapes = Counter(each.element for each in plane.shapes)
    edges = Counter(each.element for each in plane.edges)
    closed = frozenset(each.element for each in plane.shapes if each.is_expanded is not True)
    shown = list(_shown(view.process, closed))
    flows = [flow for scope in shown for flow in scope.flows]
    nodes: list[Element] = [node for scope in shown for node in scope.nodes]
    for element, times in [(each, shapes[each.id]) for each in nodes] + [(each, edges[each.id]) for each in flows]:
        if times != 1:
            message = "Expected “{name}” to be drawn once, but it is drawn {times} times: draw what is missing, take away what is too much."
            yield find(RULE, element, message, severity=view.weight, times=times)


def _shown(scope: Process | SubProcess, closed: frozenset[str]) -> Iterator[Process | SubProcess]:
    """The process and the sub-processes in it, but for those that are drawn closed and all that stand in these."""
    yield scope
    for each in scope.nodes:
        if isinstance(each, SubProcess) and each.id not in closed:
            yield from _shown(each, closed)


def _not_finite(view: View, plane: Plane) -> Iterator[Finding]:
    for shape in plane.shapes:
        if not _is_finite(shape.bounds):
            yield _far(view, shape.element)
        elif min(shape.bounds.width, shape.bounds.height) < _SEEN:
            element = view.lookup.find(shape.element) or view.process
            message = "Expected “{name}” to be drawn large enough to be seen, but it is not: draw it larger."
            yield find(RULE, element, message, severity=view.weight)
    for edge in plane.edges:
        if not all(is_place(point.x) and is_place(point.y) for point in edge.waypoints):
            yield _far(view, edge.element)


def _far(view: View, name: str) -> Finding:
    element = view.lookup.find(name) or view.process
    return find(RULE, element, "Expected “{name}” to be drawn on the page, but its place is off it: move it there.")


def _outside_their_lane(view: View, bounds: dict[str, Bounds]) -> Iterator[Finding]:
    known = {each.id for each in view.process.nodes}
    for lane in lanes(view.process):
        for name in lane.node_refs:
            if name not in known or name not in bounds or lane.id not in bounds:
                continue
            node = view.lookup.find(name) or lane
            message = "Expected “{name}” to be drawn in the lane “{lane}”, but it reaches out of it: move it, or give it to the other lane."
            if distance(middle(bounds[name]), bounds[lane.id]):
                yield find(RULE, node, message, severity=view.weight, lane=lane.name or lane.id)
            elif not contains(bounds[lane.id], bounds[name]) and not isinstance(node, BoundaryEvent):
                yield find(RULE, node, message, severity="warning", lane=lane.name or lane.id)


def _off_their_host(view: View, bounds: dict[str, Bounds]) -> Iterator[Finding]:
    for event in view.of(BoundaryEvent):
        host = view.lookup.node(event.attached_to)
        if host and event.id in bounds and host.id in bounds and not overlap(bounds[event.id], bounds[host.id]):
            message = "Expected “{name}” to be drawn on the border of “{host}”, to which it belongs: move it there."
            yield find(RULE, event, message, severity=view.weight, host=host.name or host.id)


def _overlapping(view: View, bounds: dict[str, Bounds]) -> Iterator[Finding]:
    for scope in scopes(view.process):
        yield from _apart([each for each in scope.nodes if not isinstance(each, BoundaryEvent)], bounds)


def _pools(view: View, bounds: dict[str, Bounds]) -> Iterator[Finding]:
    """Pools beside each other, and in each its lanes: all of them in it, and none on top of another."""
    pools = [each for collaboration in view.drawing.collaborations for each in collaboration.participants]
    yield from _apart(pools, bounds)
    own = next((each for each in pools if each.process == view.process.id and each.id in bounds), None)
    for lane_set in view.process.lane_sets:
        yield from _lanes(lane_set.lanes, bounds, own)


def _lanes(every: Sequence[Lane], bounds: dict[str, Bounds], outer: Element | None) -> Iterator[Finding]:
    for lane in (each for each in every if each.id in bounds):
        if outer is not None and not contains(bounds[outer.id], bounds[lane.id]):
            message = "Expected the lane “{name}” to be drawn in “{outer}”, but it reaches out of it: move its border."
            yield find(RULE, lane, message, severity="warning", outer=outer.name or outer.id)
        yield from _lanes(lane.children, bounds, lane)
    yield from _apart(every, bounds)


def _apart(drawn: Sequence[Element], bounds: dict[str, Bounds]) -> Iterator[Finding]:
    shown = [each for each in drawn if each.id in bounds]
    for one, other in _near(sorted(shown, key=lambda each: (bounds[each.id].x, bounds[each.id].y))):
        if overlap(bounds[one.id], bounds[other.id]):
            message = "Expected “{name}” and “{other}” to be drawn apart, but one covers the other: move one."
            yield find(RULE, other, message, severity="warning", other=one.name or one.id)


def _near(drawn: list[Drawn]) -> Iterator[tuple[Drawn, Drawn]]:
    """Pairs that could meet; of a page too full to compare all with all, neighbours only."""
    if len(drawn) <= 400:  # noqa: PLR2004 - 80,000 comparisons take a tenth of a second
        return combinations(drawn, 2)
    return pairwise(drawn)


def _is_finite(box: Bounds) -> bool:
    return all(is_place(each) for each in (box.x, box.y, box.width, box.height))
