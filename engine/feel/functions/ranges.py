"""Functions that place values and ranges before, within or after each other.

A single value counts as the range that holds it alone. A range with an open end, or ends of two kinds, gives null.
"""

from collections.abc import Callable
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import ANY, RANGE, define
from engine.feel.kinds import Range, Value
from engine.feel.operations import compare, key_of, within


def _as_range(value: Value) -> Range:
    return value if type(value) is Range else Range(value, value)


def _ends(run: Evaluation, left: Value, right: Value) -> int | None:
    if left is None or right is None:
        return None
    return compare(left, right, run)


def before(run: Evaluation, a: Value, b: Value) -> Value:
    left, right = _as_range(a), _as_range(b)
    order = _ends(run, left.end, right.start)
    if order is None:
        return None
    return order < 0 or (order == 0 and not (left.end_included and right.start_included))


def meets(run: Evaluation, range1: Range, range2: Range) -> Value:
    order = _ends(run, range1.end, range2.start)
    return None if order is None else order == 0 and range1.end_included and range2.start_included


def includes(run: Evaluation, range_: Range, value: Value) -> Value:
    if type(value) is not Range:
        return within(value, range_, run)
    start, end = _ends(run, range_.start, value.start), _ends(run, range_.end, value.end)
    if start is None or end is None:
        return None
    starts = start < 0 or (start == 0 and (range_.start_included or not value.start_included))
    return starts and (end > 0 or (end == 0 and (range_.end_included or not value.end_included)))


def overlaps(run: Evaluation, range1: Range, range2: Range) -> Value:
    first, second = before(run, range1, range2), before(run, range2, range1)
    return None if first is None or second is None else first is False and second is False


def coincides(run: Evaluation, a: Value, b: Value) -> Value:
    if a is None or b is None:
        return None
    return key_of(a, run) == key_of(b, run)


def _swapped(call: Callable[[Evaluation, Value, Value], Value]) -> Callable[..., Value]:
    return lambda run, first, second: call(run, second, first)


FUNCTIONS: Final = (
    define("before", before, a=ANY, b=ANY),
    define("after", _swapped(before), a=ANY, b=ANY),
    define("meets", meets, range1=RANGE, range2=RANGE),
    define("met by", lambda run, first, second: meets(run, second, first), range1=RANGE, range2=RANGE),
    define("overlaps", overlaps, range1=RANGE, range2=RANGE),
    define("includes", includes, range=RANGE, value=ANY),
    define("during", lambda run, value, span: includes(run, span, value), value=ANY, range=RANGE),
    define("coincides", coincides, a=ANY, b=ANY),
)
