"""Lays out a drawing: left to right, lanes as rows, the main way straight, returns below, exceptions above.

The same drawing always gets the same layout, and what it says does not change: only its picture is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from engine.notation import (
    Collaboration,
    Definitions,
    Diagram,
    Edge,
    Label,
    Lane,
    MessageFlow,
    Participant,
    Plane,
    Point,
    Process,
    Shape,
    SubProcess,
    elements,
    lanes,
    nodes,
)
from sop_catalog.diagram.layout.measure import TASK_SIZE, text_width, wrap
from sop_catalog.diagram.layout.picture import Picture, Rect, straightened
from sop_catalog.diagram.layout.pools import Outside, Span, outside_pools
from sop_catalog.diagram.layout.ports import Talk
from sop_catalog.diagram.layout.scope import lay_out
from sop_catalog.diagram.layout.sizes import NAME_STRIP, POOL_DISTANCE, POOL_HEIGHT

__all__ = ["layout"]

_MARGIN = 40.0
_APART = 60.0
"""Pixels between two white-box pools of one drawing."""


def layout(definitions: Definitions) -> Definitions:
    """Return the drawing with one picture of everything in it, in place of those it had."""
    collaboration = definitions.collaborations[0] if definitions.collaborations else Collaboration()
    page = Picture()
    top = _MARGIN
    for process in definitions.processes:
        top = _add_process(page, process, collaboration, top) + _APART
    _add_missing_flows(page, collaboration)
    plane = collaboration.id or (definitions.processes[0].id if definitions.processes else definitions.id)
    diagram = Diagram(id=f"{plane}-gambar", plane=_plane(definitions, plane, page))
    return replace(definitions, diagrams=(diagram,))


def _add_process(page: Picture, process: Process, collaboration: Collaboration, top: float) -> float:
    """Put one process with its pool, lanes and the pools it talks to on the page; return where it ends."""
    rows = [each for each in lanes(process) if not each.children]
    lane_of = _lane_numbers(process, rows)
    pool = next((each for each in collaboration.participants if each.process == process.id), None)
    outside = outside_pools(process, collaboration, lane_of, len(rows) or 1)
    picture = lay_out(process, lane_of, [_name_length(each.name) for each in rows] or [0.0], outside.talks)
    strip = NAME_STRIP * (bool(rows) + (pool is not None))
    y = top + (POOL_HEIGHT + POOL_DISTANCE if outside.above else 0.0)
    page.put(picture, _MARGIN + strip, y)
    for row, (begin, end) in zip(rows, picture.lanes, strict=False):
        x = _MARGIN + (NAME_STRIP if pool else 0.0)
        page.shapes[row.id] = Rect(x, y + begin, picture.width + NAME_STRIP, end - begin)
    _add_outer_lanes(page, process)
    if pool:
        page.shapes[pool.id] = Rect(_MARGIN, y, picture.width + strip, picture.height)
    frame = Rect(_MARGIN, y, picture.width + strip, picture.height)
    return _add_outside(page, outside, frame, strip)


def _name_length(name: str) -> float:
    """Return how high a lane must be for its name to stand upright in two lines."""
    whole = text_width(name, TASK_SIZE)
    fits = (width for width in range(40, int(whole) + 2, 4) if len(wrap(name, width, TASK_SIZE)) <= 2)  # noqa: PLR2004
    return min(whole, next(fits, whole)) + 12


def _lane_numbers(process: Process, rows: list[Lane]) -> dict[str, int]:
    known = {each.id for each in process.nodes}
    found = {node: at for at, row in enumerate(rows) for node in row.node_refs if node in known}
    hosts = {each.id: getattr(each, "attached_to", "") for each in process.nodes}
    return {each: found.get(each, found.get(hosts[each], 0)) for each in hosts}


def _add_outer_lanes(page: Picture, process: Process) -> None:
    for lane in reversed(list(lanes(process))):
        inside = [page.shapes[each.id] for each in lane.children if each.id in page.shapes]
        if inside:
            left, top = min(each.x for each in inside), min(each.y for each in inside)
            right, bottom = max(each.right for each in inside), max(each.bottom for each in inside)
            page.shapes[lane.id] = Rect(left - NAME_STRIP, top, right - left + NAME_STRIP, bottom - top)


def _add_outside(page: Picture, outside: Outside, frame: Rect, strip: float) -> float:
    """Put the black-box pools above and below, and lead the message flows up to their borders."""
    for pools, y in (
        (outside.above, frame.y - POOL_DISTANCE - POOL_HEIGHT),
        (outside.below, frame.bottom + POOL_DISTANCE),
    ):
        cuts = _cuts(page, pools, outside.talks, frame, strip)
        for pool, (left, right) in zip(pools, pairwise(cuts), strict=True):
            begin = left if left == frame.x else left + 8
            page.shapes[pool] = Rect(begin, y, (right if right == frame.right else right - 8) - begin, POOL_HEIGHT)
    for talk in outside.talks:
        line = page.lines[talk.id]
        y = frame.y - POOL_DISTANCE if talk.above else frame.bottom + POOL_DISTANCE
        if talk.outward:
            page.lines[talk.id] = straightened([*line, Point(line[-1].x, y)])
        else:
            page.lines[talk.id] = straightened([Point(line[0].x, y), *line])
    return frame.bottom + (POOL_DISTANCE + POOL_HEIGHT if outside.below else 0.0)


def _cuts(page: Picture, pools: Mapping[str, Span], talks: Sequence[Talk], frame: Rect, strip: float) -> list[float]:
    """Return where a row of pools is cut: in the middle between the message flows of neighbours."""
    reach = {pool: [page.lines[t.id][-1 if t.outward else 0].x for t in talks if t.pool == pool] for pool in pools}
    cuts = [frame.x]
    for here, there in pairwise(pools):
        share = frame.x + strip + (frame.width - strip) * pools[here][1]
        low, high = max([*reach[here], cuts[-1] + 30]), min([*reach[there], frame.right - 30])
        cuts.append((low + high) / 2 if reach[here] and reach[there] else min(max(share, low + 20), high - 20))
    return [*cuts, frame.right] if pools else [frame.x]


def _add_missing_flows(page: Picture, collaboration: Collaboration) -> None:
    """Draw the message flows that no layout of a process drew: between two processes, or into a sub-process."""
    for flow in collaboration.message_flows:
        here, there = page.shapes.get(flow.source), page.shapes.get(flow.target)
        if flow.id in page.lines or here is None or there is None:
            continue
        page.lines[flow.id] = _straight_down(here, there) if here.y < there.y else _straight_down(there, here)[::-1]


def _straight_down(upper: Rect, lower: Rect) -> list[Point]:
    x, other = upper.x + upper.width / 2, lower.x + lower.width / 2
    if lower.x < x < lower.right:
        other = x
    elif upper.x < other < upper.right:
        x = other
    middle = (upper.bottom + lower.y) / 2
    points = [Point(x, upper.bottom), Point(x, middle), Point(other, middle), Point(other, lower.y)]
    return [points[0], points[3]] if x == other else points


def _plane(definitions: Definitions, plane: str, page: Picture) -> Plane:
    shapes, edges = [], []
    drawn = [each for process in definitions.processes for each, _ in nodes(process)]
    expanded = {each.id for each in drawn if isinstance(each, SubProcess)}
    pools = {each.id for collaboration in definitions.collaborations for each in collaboration.participants}
    rows = {each.id for process in definitions.processes for each in lanes(process)}
    for each in _in_order(definitions):
        if each in page.shapes:
            shapes.append(
                Shape(
                    id=f"{each}_di",
                    element=each,
                    bounds=page.shapes[each].bounds(),
                    is_horizontal=True if each in pools | rows else None,
                    is_expanded=True if each in expanded else None,
                    label=_label(page, each),
                )
            )
        elif each in page.lines:
            points = tuple(Point(round(p.x), round(p.y)) for p in page.lines[each])
            edges.append(Edge(id=f"{each}_di", element=each, waypoints=points, label=_label(page, each)))
    return Plane(id=f"{plane}-bidang", element=plane, shapes=tuple(shapes), edges=tuple(edges))


def _label(page: Picture, name: str) -> Label | None:
    return Label(bounds=page.labels[name].bounds()) if name in page.labels else None


def _in_order(definitions: Definitions) -> list[str]:
    """Pools first, then their lanes, then what stands in them: viewers draw later shapes over earlier ones."""
    first = [each.id for each in elements(definitions) if isinstance(each, Participant)]
    second = [each.id for each in elements(definitions) if isinstance(each, Lane)]
    rest = [each.id for each in elements(definitions) if not isinstance(each, Participant | Lane | MessageFlow)]
    last = [each.id for each in elements(definitions) if isinstance(each, MessageFlow)]
    return [*first, *second, *rest, *last]
