"""One direction of the net: cells (columns or rows) with gaps between them, and the lines that arrows may run along.

The same axis is measured twice: with estimates before arrows are drawn, with what they really use afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gap:
    """How wide one gap is, where its first line runs and how far the next ones are from it."""

    size: float
    first: float
    step: float


Measure = Callable[[int, int], Gap]
"""Gap number and number of lines used in it → its size."""


@dataclass(slots=True)
class Places:
    """Where everything of an axis is, in pixels."""

    line: list[float]
    cell: list[float]
    """The anchor of each cell."""
    gap: list[tuple[float, float]]
    """Begin and end of each gap."""
    length: float


@dataclass(slots=True)
class Axis:
    """Cells in a row, a gap before each and one after the last."""

    offsets: Sequence[Collection[float]]
    """For each cell, where lines run through it, counted from its anchor; the anchor's own line (0) is always there."""
    tracks: int
    """Lines in each gap."""
    gap_lines: list[list[int]] = field(init=False, default_factory=list)
    cell_lines: list[dict[float, int]] = field(init=False, default_factory=list)
    count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Number the lines from the first gap to the last."""
        for offsets in self.offsets:
            self.gap_lines.append(self._take(self.tracks))
            inside = sorted({0.0, *offsets})
            self.cell_lines.append(dict(zip(inside, self._take(len(inside)), strict=True)))
        self.gap_lines.append(self._take(self.tracks))

    def place(
        self, sides: Sequence[tuple[float, float]], measure: Measure, used: Collection[int] | None = None
    ) -> Places:
        """Say where each line is, given how far each cell reaches on both sides of its anchor.

        Without `used`, all lines count; with it, lines that no arrow uses take no room.
        """
        at = 0.0
        places = Places([0.0] * self.count, [], [], 0.0)
        for number, lines in enumerate(self.gap_lines):
            taken = [each for each in lines if used is None or each in used]
            gap = measure(number, len(taken))
            here = at + gap.first
            for each in lines:
                places.line[each] = here
                here += gap.step if each in taken else 0.0
            places.gap.append((at, at + gap.size))
            at += gap.size
            if number < len(self.cell_lines):
                before, after = sides[number]
                places.cell.append(at + before)
                for offset, each in self.cell_lines[number].items():
                    places.line[each] = at + before + offset
                at += before + after
        places.length = at
        return places

    def middling(self) -> list[float]:
        """Return a small cost for each line of a gap, least in its middle, so that single arrows run there."""
        costs = [0.0] * self.count
        for lines in self.gap_lines:
            for at, each in enumerate(lines):
                costs[each] = 2.0 * abs(at - (len(lines) - 1) / 2)
        return costs

    def _take(self, number: int) -> list[int]:
        first = self.count
        self.count += number
        return list(range(first, self.count))
