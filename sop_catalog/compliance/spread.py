"""The middle of many times, with the band in which eight of ten lie. Not a mean: one forgotten step would move that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.queries.oversight import Duration


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, of how many."""

    number: int
    middle: timedelta
    low: timedelta
    """One of ten took less."""
    high: timedelta
    """One of ten took more."""


def spread(times: Iterable[timedelta]) -> Spread | None:
    """The median and the tenth and ninetieth percentile, between neighbours by proportion; None of nothing."""
    known = sorted(times)
    return Spread(len(known), *(_at(known, part) for part in (0.5, 0.1, 0.9))) if known else None


def spreads(
    found: Iterable[Duration], key: Callable[[Duration], Any]
) -> dict[Any, tuple[Spread | None, Spread | None]]:
    """Key → how long steps waited, and how long they were worked on where somebody took them first."""
    parted: dict[Any, list[Duration]] = {}
    for each in found:
        parted.setdefault(key(each), []).append(each)
    return {
        name: (
            spread(each.waited for each in group),
            spread(each.worked for each in group if each.worked is not None),
        )
        for name, group in parted.items()
    }


def _at(known: Sequence[timedelta], part: float) -> timedelta:
    place = (len(known) - 1) * part
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)
