"""Counts of areas within areas, told so that nobody can work out a small one. It knows nothing of persons.

A count below five is told as `<5`. Where the others beside it and their total would give it away, another is kept back
(`-`), and where that does not help, all below that total. What lies within an area that is kept back is kept back too,
so that neither the area around nor those within can be put together: everybody is told a part of one and the same
picture. Each month counts its own cases alone, and totals over several months are never told: nothing is to be had
from the difference of two months.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

LEAST: Final = 5
"""The smallest count that is told."""
SMALL, KEPT_BACK = "<5", "-"
ELSEWHERE: Final = "?"
"""Stands for the unknown part of an area: `35.07.?` came from 35.07, and nobody knows from where there."""
_ROOM: Final = 3
"""How far a small count could lie from the least that it can be: it may be anything from one to four."""

Told = dict[str, str]
"""Area → the count as it is told; an area that is not in it is not told at all."""


def veiled(counts: Mapping[str, int], *, keep_back: Callable[[str], bool] = lambda _: False) -> Told:
    """Tell counts of places, each by its full code, for every area around them. `keep_back`: areas that may not be told.

    >>> veiled({"35.07.11": 9, "35.07.12": 2, "35.07.13": 30})
    {'35': '41', '35.07': '41', '35.07.12': '<5', '35.07.11': '-', '35.07.13': '30'}
    """
    total, inner = _tree(counts)
    told: Told = {}
    for area in sorted(inner[""]):
        own = _own(total[area], keep_back(area))
        told[area] = own
        if own not in (SMALL, KEPT_BACK):
            _descend(area, total, inner, keep_back, told)
    return told


def _tree(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """What lies in each area, and which areas lie directly within it; what is known no closer is a part of its own."""
    placed: dict[str, int] = {}
    parents = {around for place, count in counts.items() if count for around in _around(place)[:-1]}
    for place, count in counts.items():
        if count:
            placed[f"{place}.{ELSEWHERE}" if place in parents else place] = count
    total: dict[str, int] = {}
    inner: dict[str, list[str]] = {"": []}
    for place, count in placed.items():
        before = ""
        for area in _around(place):
            total[area] = total.get(area, 0) + count
            if area not in inner.setdefault(before, []):
                inner[before].append(area)
            before = area
    return total, inner


def _descend(
    area: str, total: Mapping[str, int], inner: Mapping[str, list[str]], keep_back: Callable[[str], bool], told: Told
) -> None:
    """Tell what lies directly within an area whose total is told, and go on within each part that is told too."""
    parts = inner.get(area, [])
    small = {each for each in parts if total[each] < LEAST}
    kept = {each for each in parts if each not in small and keep_back(each)}
    if any(keep_back(each) for each in small):
        return
    while not _safe([total[each] for each in small], [total[each] for each in kept]):
        further = _next(parts, small, kept, total)
        if further is None:
            return
        kept.add(further)
    for each in sorted(parts, key=lambda one: (total[one] >= LEAST, one in small or one not in kept, one)):
        told[each] = SMALL if each in small else KEPT_BACK if each in kept else str(total[each])
    for each in sorted(parts):
        if each not in small and each not in kept:
            _descend(each, total, inner, keep_back, told)


def _next(parts: list[str], small: set[str], kept: set[str], total: Mapping[str, int]) -> str | None:
    """The smallest part that would help by itself, or else the largest that is still told."""
    rest = sorted((each for each in parts if each not in small and each not in kept), key=lambda one: (total[one], one))
    for each in rest:
        if _safe([total[one] for one in small], [total[one] for one in (*kept, each)]):
            return each
    return rest[-1] if rest else None


def _safe(small: list[int], kept: list[int]) -> bool:
    """Whether nobody who knows what is told, and so the sum of what is not, can tell a small count from its neighbours.

    A small one lies between one and four, one that was kept back is five at least.
    """
    if not small:
        return len(kept) != 1
    sum_of = sum(small)
    if not kept:
        return len(small) > 1 and sum_of >= LEAST and len(small) < sum_of < (LEAST - 1) * len(small)
    return sum_of + sum(kept) - LEAST * len(kept) >= len(small) + _ROOM


def _own(count: int, kept: bool) -> str:
    if kept:
        return KEPT_BACK
    return SMALL if count < LEAST else str(count)


def _around(place: str) -> list[str]:
    """`35.07.11` and every area around it, the widest first."""
    parts = place.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts) + 1)]


def banded(count: int) -> str:
    """A count of persons who must not be told apart: `<5`, then in steps of five; empty for none."""
    if count <= 0:
        return ""
    return SMALL if count < LEAST else f"{count - count % LEAST}-{count - count % LEAST + LEAST - 1}"
