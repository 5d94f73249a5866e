"""A laid-out scope: where each shape, line and label is, in pixels from its own corner. Not yet BPMN's own picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.notation import Bounds, Point


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with its sides along the axes."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: float) -> Rect:
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def shared(self, other: Rect) -> float:
        """Return the area that both cover."""
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return wide * high if wide > 0 and high > 0 else 0.0

    def cut(self, here: Point, there: Point) -> float:
        """Return the length of a level or upright line that runs inside."""
        if not (here.x == there.x or here.y == there.y):
            return 0.0
        wide = min(self.right, max(here.x, there.x)) - max(self.x, min(here.x, there.x))
        high = min(self.bottom, max(here.y, there.y)) - max(self.y, min(here.y, there.y))
        return wide + high if wide >= 0 and high >= 0 and wide + high > 0 else 0.0

    def bounds(self) -> Bounds:
        return Bounds(round(self.x), round(self.y), round(self.width), round(self.height))


@dataclass(slots=True)
class Picture:
    """One scope, ready to be put somewhere."""

    width: float = 0.0
    height: float = 0.0
    axis: float = 0.0
    """The height at which its main way runs."""
    shapes: dict[str, Rect] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Rect] = field(default_factory=dict)
    lanes: list[tuple[float, float]] = field(default_factory=list)
    """Top and bottom of each lane."""

    def put(self, other: Picture, dx: float, dy: float) -> None:
        """Take in what another picture shows, moved."""
        self.shapes |= {name: rect.moved(dx, dy) for name, rect in other.shapes.items()}
        self.labels |= {name: rect.moved(dx, dy) for name, rect in other.labels.items()}
        self.lines |= {name: [Point(p.x + dx, p.y + dy) for p in line] for name, line in other.lines.items()}


def straightened(points: Iterable[Point]) -> list[Point]:
    """Return a line without points that stand still or lie on the way between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        while len(kept) > 1 and _between(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _between(before: Point, point: Point, after: Point) -> bool:
    return before.x == point.x == after.x or before.y == point.y == after.y
