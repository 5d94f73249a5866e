"""How large the paper is, and how wide the columns of the flowchart table are on it. Everything is in millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper, lying on its long side."""

    name: str
    width: float
    height: float
    margin: float = 12
    head: float = 7
    """Above the table: code, title and page."""
    foot: float = 5

    @property
    def inner(self) -> float:
        """How wide the table is."""
        return self.width - 2 * self.margin

    @property
    def tall(self) -> float:
        """How high the table may be."""
        return self.height - 2 * self.margin - self.head - self.foot


F4: Final = Paper("f4", 330, 215)
"""Folio, as Indonesian offices file it."""
A4: Final = Paper("a4", 297, 210)
PAPERS: Final[Mapping[str, Paper]] = {each.name: each for each in (F4, A4)}

_NUMBER = 9.0
_LEAST = {"activity": 40.0, "requirements": 28.0, "time": 15.0, "output": 27.0, "note": 33.0}
_WISHED = {"activity": 46.0, "requirements": 36.0, "time": 18.0, "output": 34.0, "note": 44.0}
_NARROW, _WIDE = 13.0, {1: 50.0, 2: 42.0}
"""How wide a performer's column should at least, and may at most, be; _MANY where there are more than two."""
_MANY = 34.0
UPRIGHT: Final = 19.0
"""Below so much, the names of performers are turned."""


@dataclass(frozen=True, slots=True)
class Widths:
    """The columns of one form on one paper."""

    number: float
    activity: float
    performer: float
    """Of each of them."""
    count: int
    requirements: float
    time: float
    output: float
    note: float

    @property
    def first(self) -> float:
        """Where the performers' columns begin."""
        return self.number + self.activity

    @property
    def last(self) -> float:
        """Where the performers' columns end."""
        return self.first + self.count * self.performer

    @property
    def all(self) -> tuple[float, ...]:
        """From left to right."""
        texts = (self.requirements, self.time, self.output, self.note)
        return (self.number, self.activity, *[self.performer] * self.count, *texts)

    @property
    def turned(self) -> bool:
        """Whether performers' names are written upwards."""
        return self.performer < UPRIGHT

    @property
    def symbol(self) -> float:
        """How wide a symbol is; what is left of the column on both sides is for arrows."""
        return min(17.0, self.performer * 0.6)

    def middle(self, column: int) -> float:
        """Where the symbols of a performer's column have their middle."""
        return self.first + (column + 0.5) * self.performer


def widths(paper: Paper, count: int) -> Widths:
    """Share the paper out: performers first get what they need, texts the rest, and never less than can be read."""
    count = max(count, 1)
    scale = paper.inner / F4.inner
    least = {name: each * scale for name, each in _LEAST.items()}
    wished = {name: each * scale for name, each in _WISHED.items()}
    room = paper.inner - _NUMBER
    each = min(
        _WIDE.get(count, _MANY),
        max((room - sum(wished.values())) / count, _NARROW),
        (room - sum(least.values())) / count,
    )
    texts = room - each * count
    part = {name: texts * wished[name] / sum(wished.values()) for name in wished}
    return Widths(
        _NUMBER, part["activity"], each, count, part["requirements"], part["time"], part["output"], part["note"]
    )
