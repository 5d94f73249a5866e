"""What a loop goes through: lists, and whole numbers from one to another."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias, TypeGuard

from engine.feel.evaluate import Evaluation
from engine.feel.kinds import Range, Value

Turn: TypeAlias = tuple[Callable[[Evaluation], Iterator[Value] | None], int]


def all_turns(run: Evaluation, turns: list[Turn], cost: int) -> Iterator[bool | None]:
    """Go through all combinations, the last variable fastest; None when there is nothing to go through."""
    elements, slot = turns[0]
    domain = elements(run)
    if domain is None:
        yield None
        return
    for element in domain:
        run.spend(1 + cost)
        run.slots[slot] = element
        if len(turns) == 1:
            yield True
        else:
            yield from all_turns(run, turns[1:], cost)


def counted(start: Value, end: Value, run: Evaluation, at: int) -> Iterator[Value] | None:
    """Count from one whole number to another, up or down."""
    if not _is_whole(start) or not _is_whole(end):
        run.mismatch("two whole numbers to count between", start, end, position=at)
        return None
    first, last = int(start), int(end)
    step = 1 if first <= last else -1
    return (Decimal(number) for number in range(first, last + step, step))


def _is_whole(value: Value) -> TypeGuard[Decimal]:
    return type(value) is Decimal and value == value.to_integral_value()


def is_closed(span: Range) -> bool:
    return span.start_included and span.end_included
