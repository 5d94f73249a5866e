"""Runs a pattern over a text, all its ways side by side, so that no way is ever walked twice from one place.

The ways are kept in order of preference: what is found is what a backtracking engine would find first.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from engine.feel.patterns.program import Instruction, Order, Program

Found: TypeAlias = tuple[int | None, ...]
"""Start and end of the whole match, then of each group."""

Spend: TypeAlias = Callable[[int], None]
_Way: TypeAlias = tuple[int, Found]


def find(program: Program, text: str, start: int, spend: Spend) -> Found | None:
    """Find the leftmost match that begins at `start` or later. Each way looked at costs one step."""
    best: Found | None = None
    ways: list[_Way] = []
    for at in range(start, len(text) + 1):
        seen: set[int] = set()
        if best is None:
            nothing: Found = (None,) * (2 * program.groups + 2)
            ways.append((0, nothing))
        here: list[_Way] = []
        for place, kept in ways:
            _settle(program, place, kept, text, at, seen, here)
        spend(1 + len(seen))
        ways = []
        for place, kept in here:
            step = program.steps[place]
            if step.order is Order.DONE:
                best = kept
                break  # the ways after this one are liked less
            if step.passes is not None and at < len(text) and step.passes(text[at]):
                ways.append((place + 1, kept))
        if best is not None and not ways:
            break
    return best


def find_all(program: Program, text: str, spend: Spend) -> Iterator[Found]:
    """Find match after match, none overlapping another."""
    at = 0
    while at <= len(text):
        found = find(program, text, at, spend)
        if found is None:
            return
        yield found
        start, end = found[0] or 0, found[1] or 0
        at = end if end > start else end + 1


def _settle(program: Program, place: int, kept: Found, text: str, at: int, seen: set[int], here: list[_Way]) -> None:
    """Follow all steps that take no character, until each way waits for one."""
    waiting = [(place, kept)]
    while waiting:
        place, kept = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        step = program.steps[place]
        if step.order in {Order.TAKE, Order.DONE}:
            here.append((place, kept))
        else:
            waiting.extend(reversed(_next_places(program, step, place, kept, text, at)))


def _next_places(program: Program, step: Instruction, place: int, kept: Found, text: str, at: int) -> list[_Way]:
    if step.order is Order.JUMP:
        return [(step.first, kept)]
    if step.order is Order.SPLIT:
        return [(step.first, kept), (step.second, kept)]
    if step.order is Order.SAVE:
        return [(place + 1, (*kept[: step.first], at, *kept[step.first + 1 :]))]
    if step.order is Order.BEGIN:
        stands = at == 0 or (program.by_line and text[at - 1] == "\n")
    else:
        stands = at == len(text) or (program.by_line and text[at] == "\n")
    return [(place + 1, kept)] if stands else []
