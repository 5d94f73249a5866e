"""What a loop goes through: lists, and whole numbers from one to another."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

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
    if type(start) is not Decimal or type(end) is not Decimal or start % 1 or end % 1:
        run.mismatch("two whole numbers to count between", start, end, position=at)
        return None
    step = 1 if start <= end else -1
    return (Decimal(number) for number in range(int(start), int(end) + step, step))


def is_closed(span: Range) -> bool:
    return span.start_included and span.end_included
