"""Where the words beside the shapes stand: questions above their gateway, answers on their arrow, names of events
below or beside them; never on a shape, and on a line only where there is no other place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.notation import Event, Gateway, Point
from sop_catalog.diagram.layout.axis import Axis
from sop_catalog.diagram.layout.graph import Graph
from sop_catalog.diagram.layout.measure import block, text_width
from sop_catalog.diagram.layout.picture import Picture, Rect
from sop_catalog.diagram.layout.router import NORTH, SOUTH, Spot
from sop_catalog.diagram.layout.sizes import EVENT, LABEL_WIDTH, QUESTION_WIDTH, Extent

if TYPE_CHECKING:
    from sop_catalog.diagram.layout.scope import Cells

_CLEAR = 4.0
"""Pixels between a label and what it belongs to."""
_NEARLY = 1.0
"""Pixels of a label's border that may be touched."""
_NARROW = 44.0
"""Pixels in which the name of an event on a border is written where a line stands in the way of a wider one."""
_BESIDE = 8.0
"""Pixels between a label and an upright line, on which the stroke of a default flow may stand."""


@dataclass(slots=True)
class Words:
    """One label: its size and the stretch of arrow it speaks of, if any."""

    size: tuple[float, float]
    stretch: tuple[int, int] = (0, 1)
    """For an arrow: between which points of its path the label belongs."""


@dataclass(slots=True)
class Wording:
    """All labels of a scope, and the room that they ask for in their cells."""

    graph: Graph
    cells: Cells
    paths: Mapping[str, list[Spot]]
    x: Axis
    y: Axis
    nodes: dict[str, Words] = field(default_factory=dict)
    arrows: dict[str, Words] = field(default_factory=dict)
    room: dict[tuple[int, int], Extent] = field(default_factory=dict)
    sides: set[tuple[str, int]] = field(default_factory=set)
    """Which sides of which nodes an arrow uses: (node, heading)."""
    begins: dict[str, Point] = field(default_factory=dict)
    """Where the stretch of an arrow that it shares with no other begins in the picture."""

    def __post_init__(self) -> None:
        """Measure every label and reserve its usual place."""
        self._note_sides()
        for name, node in self.graph.by_id.items():
            if node.name and isinstance(node, Gateway | Event):
                self._name(name)
        for arrow in self.graph.arrows:
            if arrow.label:
                self._answer(arrow.id, arrow.leaves or arrow.source)

    def _note_sides(self) -> None:
        for arrow in self.graph.arrows:
            path = self.paths[arrow.id]
            if not arrow.leaves:
                self.sides.add((arrow.source, _heading(path[0], path[1])))
            self.sides.add((arrow.target, _heading(path[-1], path[-2])))

    def _name(self, name: str) -> None:
        node = self.graph.by_id[name]
        if name in self.graph.host:
            self._boundary_name(name)
            return
        width = QUESTION_WIDTH if isinstance(node, Gateway) else LABEL_WIDTH
        size = block(node.name, width)
        self.nodes[name] = Words(size)
        half = self.cells.extent[name].up + _CLEAR + 3
        room = self._room(self.cells.column[name], self.cells.row[name])
        room.cover(left=size[0] / 2 + 2, right=size[0] / 2 + 2)
        if {(name, NORTH), (name, SOUTH)} <= self.sides:
            room.cover(left=size[0] + _BESIDE + 2)
        above = isinstance(node, Gateway)
        if (name, NORTH if above else SOUTH) in self.sides and (name, SOUTH if above else NORTH) not in self.sides:
            above = not above
        room.cover(up=half + size[1] if above else 0.0, down=0.0 if above else half + size[1])

    def _boundary_name(self, name: str) -> None:
        host = self.graph.host[name]
        words = self.graph.by_id[name].name
        longest = max(text_width(each) for each in words.split()) + 1
        size = block(words, max(LABEL_WIDTH - 20, min(longest, QUESTION_WIDTH)))
        self.nodes[name] = Words(size)
        room = self._room(self.cells.column[host], self.cells.row[host])
        extent = self.cells.extent[host]
        reach = EVENT / 2 + _CLEAR + size[0] - self.cells.shift[name]
        room.cover(left=min(reach, extent.left + EVENT))
        if self.cells.side[name] == NORTH:
            room.cover(up=extent.up + max(size[1] + _CLEAR, EVENT / 2))
        else:
            room.cover(down=extent.down + max(size[1] + _CLEAR, EVENT / 2))

    def _answer(self, arrow: str, source: str) -> None:
        label = next(each.label for each in self.graph.arrows if each.id == arrow)
        size = block(label, LABEL_WIDTH)
        path = self.paths[arrow]
        first, last = self._own_stretch(arrow, source)
        self.arrows[arrow] = Words(size, (first, last))
        here, there = path[first], path[first + 1]
        column = self._cell(self.x, here[0])
        row = self._cell(self.y, here[1])
        if column is None or row is None:
            return
        room = self._room(column, row)
        host = self.cells.extent.get(source) if first == 0 else None
        if here[1] == there[1]:
            start = host.right if host else 0.0
            room.cover(up=size[1] + _CLEAR)
            if there[0] > here[0]:
                room.cover(right=start + size[0] + 2 * _CLEAR - 20)
        else:
            room.cover(right=size[0] + 2 * _CLEAR)
            start = max(host.down, host.up) if host else 0.0
            if there[1] > here[1]:
                room.cover(down=start + size[1] + _CLEAR)
            else:
                room.cover(up=start + size[1] + _CLEAR)

    def _own_stretch(self, arrow: str, source: str) -> tuple[int, int]:
        """Return the first straight stretch of an arrow that no sister arrow shares, as places in its path."""
        path = self.paths[arrow]
        sisters = [
            self.paths[each.id]
            for each in self.graph.arrows
            if each.id != arrow and (each.leaves or each.source) == source
        ]
        shared = Counter(pair for other in sisters for pair in pairwise(other))
        first = next((at for at, pair in enumerate(pairwise(path)) if pair not in shared), 0)
        last = first + 1
        while last + 1 < len(path) and _heading(path[last - 1], path[last]) == _heading(path[last], path[last + 1]):
            last += 1
        return first, last

    def _cell(self, axis: Axis, line: int) -> int | None:
        return next((at for at, lines in enumerate(axis.cell_lines) if line in lines.values()), None)

    def _room(self, column: int, row: int) -> Extent:
        return self.room.setdefault((column, row), Extent())


def spoilt_labels(picture: Picture) -> int:
    """Count what lies on labels in a finished picture: other labels, shapes that do not hold them, and lines."""
    found = 0
    for place, (name, label) in enumerate(picture.labels.items()):
        inner = label.grown(-_NEARLY)
        found += sum(inner.shared(other) > 0 for other in [*picture.labels.values()][place + 1 :])
        found += sum(
            0 < inner.shared(shape) < inner.width * inner.height
            for other, shape in picture.shapes.items()
            if other != name
        )
        found += sum(
            any(inner.cut(*each) for each in pairwise(line)) for other, line in picture.lines.items() if other != name
        )
    return found


def place_labels(picture: Picture, words: Wording) -> None:
    """Put every label where it disturbs least."""
    for _ in range(2):  # the second time each knows where the others are
        for name, label in words.nodes.items():
            _place(picture, name, _beside_node(picture, words, name, label))
        for name, label in words.arrows.items():
            _place(picture, name, _along(picture, words, name, label))


def _place(picture: Picture, name: str, places: Iterator[Rect]) -> None:
    others = [rect for other, rect in picture.labels.items() if other != name]
    picture.labels[name] = _least(places, picture, others)


def _least(places: Iterator[Rect], picture: Picture, placed: list[Rect]) -> Rect:
    def trouble(at_rect: tuple[int, Rect]) -> float:
        at, rect = at_rect
        near = rect.grown(1.0)
        cost = at * 3.0
        cost += sum(near.shared(each) for each in picture.shapes.values()) * 2
        cost += sum(near.shared(each) for each in placed) * 2
        for line in picture.lines.values():
            cost += sum(near.cut(a, b) + 10 for a, b in pairwise(line) if near.cut(a, b)) * 2
        for top, bottom in picture.lanes:
            cost += 30.0 * (rect.y < top < rect.bottom or rect.y < bottom < rect.bottom)
        outside = rect.x < 0 or rect.y < 0 or rect.right > picture.width or rect.bottom > picture.height
        return cost + 500.0 * outside

    return min(enumerate(places), key=trouble)[1]


def _beside_node(picture: Picture, words: Wording, name: str, label: Words) -> Iterator[Rect]:
    shape = picture.shapes[name]
    wide, high = label.size
    middle = shape.x + shape.width / 2
    above = Rect(middle - wide / 2, shape.y - _CLEAR - 3 - high, wide, high)
    below = Rect(middle - wide / 2, shape.bottom + _CLEAR, wide, high)
    if name in words.graph.host:
        yield from _beside_boundary(picture, words, name, label)
        return
    yield from (above, below) if isinstance(words.graph.by_id[name], Gateway) else (below, above)
    for y in (shape.y - high + 8, shape.y - _CLEAR - high, shape.bottom - 8, shape.bottom + _CLEAR):
        yield Rect(middle - 8 - wide, y, wide, high)
        yield Rect(middle + 8, y, wide, high)


def _beside_boundary(picture: Picture, words: Wording, name: str, label: Words) -> Iterator[Rect]:
    shape, host = picture.shapes[name], picture.shapes[words.graph.host[name]]
    up = words.cells.side[name] == NORTH
    y = host.y - 2 - label.size[1] if up else host.bottom + 2
    narrow = block(words.graph.by_id[name].name, _NARROW)
    for size in (label.size, narrow):
        for lift in (0.0, 10.0, 20.0):
            at = y - lift + label.size[1] - size[1] if up else y + lift
            yield Rect(shape.x - 2 - size[0], at, *size)
            yield Rect(shape.right + 2, at, *size)
    middle, centre = shape.x + shape.width / 2, host.x + host.width / 2
    for size in (label.size, narrow):
        at = shape.y - size[1] - 2 if up else shape.bottom + 2
        yield Rect(middle + _CLEAR, at, *size)
        yield Rect(middle - _CLEAR - size[0], at, *size)
        yield Rect(centre - _CLEAR - size[0], host.y - 2 - size[1] if up else host.bottom + 2, *size)


def _along(picture: Picture, words: Wording, name: str, label: Words) -> Iterator[Rect]:
    """Places along the own stretch of an arrow, nearest to its source first, then along the rest of it."""
    line = picture.lines[name]
    skip = _corner_before(words.paths[name], label.stretch[0])
    wide, high = label.size
    pieces = list(pairwise(line))
    own = [(words.begins.get(name, pieces[skip][0]), pieces[skip][1])] if skip < len(pieces) else []
    for at, (here, there) in enumerate([*own, *pieces[skip + 1 :], *pieces[: skip + 1]]):
        if here.y == there.y:
            yield from _along_level(here, there, wide, high)
        else:
            rises = at == 0 and name in words.begins and there.y < here.y
            yield from _along_upright(here, there, wide, high, left=rises)


def _along_level(here: Point, there: Point, wide: float, high: float) -> Iterator[Rect]:
    forth = 1 if there.x > here.x else -1
    reach = abs(there.x - here.x)
    for share in (0.0, 0.5, 1.0):
        off = 8 + max(reach - wide - 20, 0.0) * share
        x = here.x + off if forth > 0 else here.x - off - wide
        yield Rect(x, here.y - 3 - high, wide, high)
        yield Rect(x, here.y + 3, wide, high)


def _along_upright(here: Point, there: Point, wide: float, high: float, *, left: bool) -> Iterator[Rect]:
    """On the left first, all the way, where the line goes up from another that leads right: a name stands on that too."""
    forth = 1 if there.y > here.y else -1
    reach = abs(there.y - here.y)
    offs = [4 + max(reach - high - 12, 0.0) * share for share in (0.0, 0.5, 1.0)]
    tops = [here.y + off if forth > 0 else here.y - off - high for off in offs]
    if left:
        yield from (Rect(here.x - _BESIDE - wide, y, wide, high) for y in tops)
    for y in tops:
        yield Rect(here.x + _BESIDE, y, wide, high)
        yield Rect(here.x - _BESIDE - wide, y, wide, high)


def _corner_before(path: list[Spot], place: int) -> int:
    """Return the number of corners in a path up to a place: the straight piece that the place lies on."""
    turns = 0
    for at in range(1, place + 1):
        turns += at < len(path) - 1 and _heading(path[at - 1], path[at]) != _heading(path[at], path[at + 1])
    return turns


def _heading(here: Spot, there: Spot) -> int:
    if here[1] == there[1]:
        return 0 if there[0] > here[0] else 2
    return 1 if there[1] > here[1] else 3
