"""Lays out one scope: a process with its lanes, or the inside of a sub-process.

First columns and rows, then the arrows over the net between them, and only then pixels: each gap becomes as wide as
what runs through it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from engine.notation import Point, Scope, SubProcess
from sop_catalog.diagram.layout.axis import Axis, Gap, Places
from sop_catalog.diagram.layout.graph import Graph
from sop_catalog.diagram.layout.labels import Wording, place_labels, spoilt_labels
from sop_catalog.diagram.layout.picture import Picture, Rect, straightened
from sop_catalog.diagram.layout.ports import Side, Talk, doors, jobs
from sop_catalog.diagram.layout.router import EAST, NORTH, SHARED, SOUTH, WEST, Net, NoWay, Spot, route
from sop_catalog.diagram.layout.rows import Rows
from sop_catalog.diagram.layout.sizes import BETWEEN, EVENT, PADDING, TRACK, Extent, extent_of

_HEADLINE = 18.0
"""Room for the name at the top of an expanded sub-process."""
_ROWS = 34.0
"""Pixels between two rows of one lane, at least."""
_TRACKS = (5, 9)
"""Lines tried in each gap: more only where fewer do not do."""
_PARTED = 14.0
"""Pixels that the name of an arrow keeps from where it parts from another."""
_SHIFT = 25.0
"""How far a boundary event sits from the middle of its task."""


@dataclass(slots=True)
class Cells:
    """Which column and row each node of a scope stands in, and how much room it takes."""

    column: dict[str, int]
    row: dict[str, int]
    extent: dict[str, Extent]
    lane_of_row: list[int]
    lane_heights: Sequence[float]
    shift: dict[str, float] = field(default_factory=dict)
    """For each boundary event, its distance from the anchor of its host."""
    side: dict[str, Side] = field(default_factory=dict)
    """For each boundary event, the edge of its host that it sits on."""


def lay_out(
    scope: Scope, lane_of: Mapping[str, int], lane_heights: Sequence[float], talks: Sequence[Talk] = ()
) -> Picture:
    """Lay out a scope; `lane_of` numbers the lane of each node from the top, `lane_heights` says how high each must be.

    `talks` are message flows to pools above or below; their lines end at the top or bottom of the picture.
    """
    inner = {each.id: _inside(each) for each in scope.nodes if isinstance(each, SubProcess)}
    graph = Graph(scope)
    cells = _cells(graph, lane_of, lane_heights, inner)
    best, least = Picture(), math.inf
    for shared in SHARED:
        picture = _drawn(graph, cells, inner, talks, shared)
        if (spoilt := spoilt_labels(picture)) < least:
            best, least = picture, spoilt
        if not spoilt:
            break
    return best


def _drawn(graph: Graph, cells: Cells, inner: Mapping[str, Picture], talks: Sequence[Talk], shared: float) -> Picture:
    """Draw with as few lines in the gaps as all arrows find their way on."""
    for tracks in _TRACKS:
        try:
            return _Draft(graph, cells, inner, tracks, talks).picture(shared)
        except NoWay:
            continue
    return _Draft(graph, cells, inner, _TRACKS[-1], talks).picture(shared, lenient=True)


def _inside(node: SubProcess) -> Picture:
    picture = lay_out(node, {each.id: 0 for each in node.nodes}, [0.0])
    framed = Picture(picture.width, picture.height + _HEADLINE, picture.axis + _HEADLINE)
    framed.put(picture, 0.0, _HEADLINE)
    return framed


def _cells(
    graph: Graph, lane_of: Mapping[str, int], lane_heights: Sequence[float], inner: Mapping[str, Picture]
) -> Cells:
    lane = {each: lane_of.get(each, 0) for each in graph.nodes}
    rows = Rows(graph, lane)
    number: dict[tuple[int, int], int] = {}
    lane_of_row: list[int] = []
    for this in range(len(lane_heights)):
        used = [rows.row[each] for each in graph.nodes if lane[each] == this] or [0]
        for row in range(min(used), max(used) + 1):
            number[this, row] = len(lane_of_row)
            lane_of_row.append(this)
    cells = Cells(
        column=graph.column,
        row={each: number[lane[each], rows.row[each]] for each in graph.nodes},
        extent={each: _extent(graph, each, inner) for each in graph.nodes},
        lane_of_row=lane_of_row,
        lane_heights=lane_heights,
    )
    _seat_boundary_events(graph, cells)
    return cells


def _extent(graph: Graph, node: str, inner: Mapping[str, Picture]) -> Extent:
    inside = inner.get(node)
    if inside is None:
        return extent_of(graph.by_id[node])
    return Extent(inside.width / 2, inside.width / 2, inside.axis, inside.height - inside.axis)


def _seat_boundary_events(graph: Graph, cells: Cells) -> None:
    leads = {arrow.leaves: arrow for arrow in graph.arrows if arrow.leaves}
    seats: dict[tuple[str, Side], list[str]] = {}
    for node, host in graph.host.items():
        if host not in cells.row:
            continue
        arrow = leads.get(node)
        down = arrow is not None and cells.row[arrow.target] > cells.row[host]
        side: Side = SOUTH if down else NORTH
        if len(seats.get((host, side), ())) > 1:
            side = NORTH if down else SOUTH
        seats.setdefault((host, side), []).append(node)
        cells.side[node] = side
    for (host, _), nodes in seats.items():
        reach = cells.extent[host].right - _SHIFT
        for at, node in enumerate(nodes):
            cells.shift[node] = reach - at * (2 * _SHIFT if len(nodes) <= 2 else EVENT + 4)  # noqa: PLR2004


class _Draft:
    """One try to draw a scope with a given number of lines in each gap."""

    def __init__(
        self, graph: Graph, cells: Cells, inner: Mapping[str, Picture], tracks: int, talks: Sequence[Talk]
    ) -> None:
        self.graph = graph
        self.cells = cells
        self.inner = inner
        self.talks = talks
        self.columns = 1 + max(cells.column.values(), default=-1)
        self.x = Axis([self._offsets(each) for each in range(self.columns)], tracks)
        self.y = Axis([()] * len(cells.lane_of_row), tracks)

    def picture(self, shared: float, *, lenient: bool = False) -> Picture:
        """Draw it; `shared` is the price of a way out that two arrows use. Raises NoWay where an arrow finds none, unless it may run along others."""
        net = self._net()
        net.lenient, net.shared = lenient, shared
        work = jobs(self.graph, self.cells, self.x, self.y, self.talks)
        net.doors = doors(work)
        paths = {job.id: route(net, job) for job in work}
        words = Wording(self.graph, self.cells, paths, self.x, self.y)
        across, down = self._final(paths, words)
        picture = Picture(across.length, down.length, down.cell[self._main_row()] if down.cell else PADDING)
        self._add_shapes(picture, across, down)
        for name, path in paths.items():
            picture.lines[name] = self._line(name, path, across, down)
        for name, label in words.arrows.items():
            x, y = paths[name][label.stretch[0]]
            if label.stretch[0]:
                words.begins[name] = _parted(Point(across.line[x], down.line[y]), picture.lines[name])
        picture.lanes = self._lanes(down)
        place_labels(picture, words)
        for name, inside in self.inner.items():
            picture.put(inside, picture.shapes[name].x, picture.shapes[name].y)
        return picture

    def _offsets(self, column: int) -> list[float]:
        shifts = self.cells.shift.items()
        return [shift for node, shift in shifts if self.cells.column[self.graph.host[node]] == column]

    def _net(self) -> Net:
        xs = self.x.place(self._sides_across({}), self._gap_across).line
        ys = self.y.place(self._sides_down({}), self._gap_down).line
        blocked = {
            (x, y)
            for node in self.graph.nodes
            for x in self.x.cell_lines[self.cells.column[node]].values()
            for y in self.y.cell_lines[self.cells.row[node]].values()
        }
        return Net(xs, ys, blocked, self.x.middling(), self.y.middling())

    def _final(self, paths: Mapping[str, list[Spot]], words: Wording) -> tuple[Places, Places]:
        upright: set[int] = set()
        level: set[int] = set()
        for path in paths.values():
            for here, there in pairwise(path):
                (upright if here[0] == there[0] else level).add(here[0] if here[0] == there[0] else here[1])
        across = self.x.place(self._sides_across(words.room), self._gap_across, upright)
        return across, self.y.place(self._sides_down(words.room), self._gap_down, level)

    def _sides_across(self, room: Mapping[tuple[int, int], Extent]) -> list[tuple[float, float]]:
        sides = [Extent() for _ in range(self.columns)]
        for node, column in self.cells.column.items():
            extent = self.cells.extent[node]
            sides[column].cover(left=extent.left, right=extent.right)
        for (column, _), extent in room.items():
            sides[column].cover(left=extent.left, right=extent.right)
        return [(each.left, each.right) for each in sides]

    def _sides_down(self, room: Mapping[tuple[int, int], Extent]) -> list[tuple[float, float]]:
        sides = [Extent(up=EVENT, down=EVENT) for _ in self.cells.lane_of_row]
        for node, row in self.cells.row.items():
            extent = self.cells.extent[node]
            sides[row].cover(up=extent.up, down=extent.down)
        for node, side in self.cells.side.items():
            host = self.cells.extent[self.graph.host[node]]
            reach = sides[self.cells.row[self.graph.host[node]]]
            if side == NORTH:
                reach.cover(up=host.up + EVENT / 2)
            else:
                reach.cover(down=host.down + EVENT / 2)
        for (_, row_number), extent in room.items():
            sides[row_number].cover(up=extent.up, down=extent.down)
        self._raise_lanes(sides)
        return [(each.up, each.down) for each in sides]

    def _raise_lanes(self, sides: list[Extent]) -> None:
        """Make every lane high enough for its name."""
        for lane, least in enumerate(self.cells.lane_heights):
            rows = [side for side, of in zip(sides, self.cells.lane_of_row, strict=True) if of == lane]
            lacking = least - sum(each.up + each.down for each in rows) - _ROWS * (len(rows) - 1) - 2 * PADDING
            if lacking > 0:
                rows[0].cover(up=rows[0].up + lacking / 2)
                rows[-1].cover(down=rows[-1].down + lacking / 2)

    def _gap_across(self, number: int, lines: int) -> Gap:
        least = BETWEEN if 0 < number < self.columns else PADDING
        size = max(least, TRACK * (lines + 1))
        return Gap(size, size / (lines + 1), size / (lines + 1))

    def _gap_down(self, number: int, lines: int) -> Gap:
        lanes = self.cells.lane_of_row
        if 0 < number < len(lanes) and lanes[number - 1] == lanes[number]:
            size = max(_ROWS, TRACK * (lines + 1))
            return Gap(size, size / (lines + 1), size / (lines + 1))
        above = max(PADDING, TRACK * (lines + 1))
        border = 0 < number < len(lanes)
        return Gap(above + (PADDING if border else 0.0), above / (lines + 1), above / (lines + 1))

    def _main_row(self) -> int:
        return self.cells.row[self.graph.main[0]] if self.graph.main else 0

    def _lanes(self, down: Places) -> list[tuple[float, float]]:
        lanes = self.cells.lane_of_row
        borders = [down.gap[at][1] - PADDING for at in range(1, len(lanes)) if lanes[at - 1] != lanes[at]]
        return list(zip([0.0, *borders], [*borders, down.length], strict=True))

    def _add_shapes(self, picture: Picture, across: Places, down: Places) -> None:
        for node in self.graph.nodes:
            x, y = across.cell[self.cells.column[node]], down.cell[self.cells.row[node]]
            size = self.cells.extent[node]
            picture.shapes[node] = Rect(x - size.left, y - size.up, size.left + size.right, size.up + size.down)
        for node, shift in self.cells.shift.items():
            host = picture.shapes[self.graph.host[node]]
            x = across.cell[self.cells.column[self.graph.host[node]]] + shift
            y = host.y if self.cells.side[node] == NORTH else host.bottom
            picture.shapes[node] = Rect(x - EVENT / 2, y - EVENT / 2, EVENT, EVENT)

    def _line(self, name: str, path: list[Spot], across: Places, down: Places) -> list[Point]:
        points = [Point(across.line[x], down.line[y]) for x, y in path]
        source, target = self._ends(name)
        if source:
            points[0] = self._border(source, path[0], path[1], across, down)
        if target:
            points[-1] = self._border(target, path[-1], path[-2], across, down)
        return straightened(points)

    def _ends(self, name: str) -> tuple[str, str]:
        for arrow in self.graph.arrows:
            if arrow.id == name:
                return arrow.leaves or arrow.source, arrow.target
        talk = next(each for each in self.talks if each.id == name)
        return (talk.node, "") if talk.outward else ("", talk.node)

    def _border(self, node: str, anchor: Spot, beyond: Spot, across: Places, down: Places) -> Point:
        """Return where a line leaves the shape of a node on its way from the anchor to the next spot."""
        x, y = across.line[anchor[0]], down.line[anchor[1]]
        heading = _heading(anchor, beyond)
        if node in self.graph.host:
            host = self.cells.extent[self.graph.host[node]]
            return Point(x, y - host.up - EVENT / 2 if heading == NORTH else y + host.down + EVENT / 2)
        size = self.cells.extent[node]
        reach = {EAST: (size.right, 0.0), WEST: (-size.left, 0.0), SOUTH: (0.0, size.down), NORTH: (0.0, -size.up)}
        dx, dy = reach[heading]
        return Point(x + dx, y + dy)


def _parted(begin: Point, line: Sequence[Point]) -> Point:
    """Return a point a little way on from where an upright line parts from another: a name there is plainly its own."""
    for here, there in pairwise(line):
        low, high = sorted((here.y, there.y))
        if here.x == there.x == begin.x and low <= begin.y <= high:
            away = min(_PARTED, abs(there.y - begin.y) / 3)
            return Point(begin.x, begin.y + (away if there.y > here.y else -away))
    return begin


def _heading(here: Spot, there: Spot) -> int:
    if here[1] == there[1]:
        return EAST if there[0] > here[0] else WEST
    return SOUTH if there[1] > here[1] else NORTH
