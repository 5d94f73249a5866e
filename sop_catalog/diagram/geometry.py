"""Boxes and lines of a picture: what covers what, and what runs through what. It knows nothing of what they stand for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from engine.notation import Bounds, Point

CELL: Final = 200.0
"""Pixels: about the distance of two neighbours."""
_MOST_CELLS: Final = 4_000
"""Of one question; one that reaches farther is put to everything."""


def overlap(one: Bounds, other: Bounds, slack: float = 1.0) -> bool:
    """Whether two boxes cover each other by more than this many pixels both ways."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return wide > slack and high > slack


def contains(outer: Bounds, inner: Bounds, slack: float = 1.0) -> bool:
    """Whether a box lies in another one, but for so many pixels."""
    return (
        outer.x - slack <= inner.x
        and outer.y - slack <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


def middle(box: Bounds) -> Point:
    return Point(box.x + box.width / 2, box.y + box.height / 2)


def distance(point: Point, box: Bounds) -> float:
    """How far a point is from a box; 0 inside it."""
    wide = max(box.x - point.x, 0.0, point.x - box.x - box.width)
    high = max(box.y - point.y, 0.0, point.y - box.y - box.height)
    return math.hypot(wide, high)


def runs_through(begin: Point, end: Point, box: Bounds, slack: float = 2.0) -> bool:
    """Whether a straight line passes the inside of a box; so many pixels of its border do not count (Liang, Barsky 1984)."""
    first, last = 0.0, 1.0
    ways = (
        (end.x - begin.x, begin.x, box.x + slack, box.x + box.width - slack),
        (end.y - begin.y, begin.y, box.y + slack, box.y + box.height - slack),
    )
    for way, at, low, high in ways:
        if way == 0:
            if not low < at < high:
                return False
        else:
            near, far = sorted(((low - at) / way, (high - at) / way))
            first, last = max(first, near), min(last, far)
    return first < last


def around(begin: Point, end: Point) -> Bounds:
    """The box around a straight line."""
    return Bounds(min(begin.x, end.x), min(begin.y, end.y), abs(end.x - begin.x), abs(end.y - begin.y))


class Boxes:
    """Named boxes, found again by where they lie."""

    def __init__(self, boxes: Iterable[tuple[str, Bounds]]) -> None:
        self._all = list(boxes)
        self._at: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._large = [number for number, (_, box) in enumerate(self._all) if _cells_of(box) > _MOST_CELLS]
        for number, (_, box) in enumerate(self._all):
            for cell in _cells(box):
                self._at[cell].append(number)

    def near(self, box: Bounds) -> list[tuple[str, Bounds]]:
        """Every box that could meet this one, in the order in which they were given."""
        if _cells_of(box) > _MOST_CELLS:
            return self._all
        found = {number for cell in _cells(box) for number in self._at.get(cell, ())}
        return [self._all[number] for number in sorted(found.union(self._large))]


def _cells_of(box: Bounds) -> float:
    return (box.width / CELL + 2) * (box.height / CELL + 2)


def _cells(box: Bounds) -> Iterator[tuple[int, int]]:
    if _cells_of(box) > _MOST_CELLS:
        return
    for column in range(int(box.x // CELL), int((box.x + box.width) // CELL) + 1):
        for row in range(int(box.y // CELL), int((box.y + box.height) // CELL) + 1):
            yield column, row
