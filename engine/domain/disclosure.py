"""Which numbers may be told to everybody: none that stands for fewer than five persons, and none that gives such a one away.

Numbers form trees: a total, and groups of parts that each add up to it. What is hidden is hidden with so much beside it
that subtracting what is told leaves every small number open; why that holds is told in `docs/public-figures.md`. It knows
nothing of persons, and it does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

SMALL: Final = 5
"""A number from one to below this is small: it is never told, nor is its change."""
COVER: Final = 2 * SMALL
"""The least that the hidden parts of one group come to together, where it has so much: each may then be any small number."""

Key = tuple[str, ...]
Order = Callable[[Key], Any]
"""By what the parts that are hidden beside small ones are chosen: by chance, or who knows the rule could undo it."""
Shown = Mapping[Key, int | None]
"""What is told of each number; None where it is hidden."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, with the groups of parts that each add up to it."""

    key: Key
    count: int
    groups: tuple[tuple[Cell, ...], ...] = ()

    def each(self) -> Iterator[Cell]:
        """This number and all below it."""
        yield self
        for group in self.groups:
            for part in group:
                yield from part.each()


def shown(total: Cell, order: Order) -> dict[Key, int | None]:
    """What is told of a tree the first time. Nothing below a hidden number is told; a zero is, where its group holds no small number.

    Raises ValueError for a group that does not add up to its total.
    """
    _expect_sum(total)
    if is_small(total.count):
        return dict.fromkeys((each.key for each in total.each()), None)
    told: dict[Key, int | None] = {total.key: total.count}
    for group in total.groups:
        hidden = _hidden(group, order)
        for part in group:
            told |= _all_hidden(part) if part.key in hidden else shown(part, order)
    return told


def revised(total: Cell, before: Shown, order: Order) -> dict[Key, int | None]:
    """What is told of a tree once more, after `before` was.

    What was hidden stays hidden. What was told moves in steps of five only, so that who compares both sees no small
    change: it may be up to four away from the truth, and parts need not add up any more.
    """
    _expect_sum(total)
    told = _moved(total.count, before.get(total.key))
    if told is None:
        return _all_hidden(total)
    found: dict[Key, int | None] = {total.key: told}
    for group in total.groups:
        hidden = _hidden_again(group, before, order)
        for part in group:
            found |= _all_hidden(part) if part.key in hidden else revised(part, before, order)
    return found


def is_small(count: int) -> bool:
    """Whether a number stands for one to four."""
    return 0 < count < SMALL


def _hidden(group: tuple[Cell, ...], order: Order) -> frozenset[Key]:
    if not any(is_small(each.count) for each in group):
        return frozenset()
    return _covered({each.key for each in group if each.count < SMALL}, group, order)


def _covered(hidden: set[Key], group: tuple[Cell, ...], order: Order) -> frozenset[Key]:
    """Hide further parts, by chance, until those hidden come to enough together."""
    told = sorted((each for each in group if each.key not in hidden), key=lambda each: order(each.key))
    together = sum(each.count for each in group if each.key in hidden)
    for each in told:
        if together >= COVER and len(hidden) > 1:
            break
        hidden.add(each.key)
        together += each.count
    return frozenset(hidden)


def _hidden_again(group: tuple[Cell, ...], before: Shown, order: Order) -> frozenset[Key]:
    hidden = {each.key for each in group if _moved(each.count, before.get(each.key)) is None}
    return _covered(hidden, group, order) if hidden else frozenset()


def _moved(count: int, before: int | None) -> int | None:
    """A number that was told before, as it is told again: by whole steps towards the truth, or not any more."""
    if before is None:
        return None
    steps = abs(count - before) // SMALL * SMALL
    told = before + steps if count > before else before - steps
    return None if told != before and (told < SMALL or count < SMALL) else told


def _all_hidden(cell: Cell) -> dict[Key, int | None]:
    return dict.fromkeys((each.key for each in cell.each()), None)


def _expect_sum(total: Cell) -> None:
    for group in total.groups:
        if sum(each.count for each in group) != total.count:
            raise ValueError(f"the parts of {total.key} do not add up to it")
