"""Equality, order and arithmetic between values: what each operator means for each pair of kinds.

Nothing here raises for a wrong kind: the answer is null, and the evaluation is told why.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from engine.feel.evaluate import CHARACTERS_PER_STEP, Evaluation
from engine.feel.kinds import Range, Value, YearsMonths, instant
from engine.feel.limits import NUMBERS, held
from engine.feel.spans import TEMPORAL

Key: TypeAlias = tuple[object, ...]

_ORDERED: Final = frozenset({Decimal, str, date, time, datetime, timedelta, YearsMonths})


def key_of(value: Value, run: Evaluation, depth: int = 0) -> Key:
    """Describe a value by something hashable: two values are the same in depth exactly when their keys are equal."""
    run.spend(1)
    if type(value) is list:
        run.deeper(depth)
        return (list, *(key_of(element, run, depth + 1) for element in value))
    if type(value) is dict:
        run.deeper(depth)
        return (dict, frozenset((name, key_of(element, run, depth + 1)) for name, element in value.items()))
    if type(value) is Range:
        ends = (key_of(value.start, run, depth + 1), key_of(value.end, run, depth + 1))
        return (Range, *ends, value.start_included, value.end_included)
    if type(value) is datetime:
        return (datetime, _comparable(value))
    return (type(value), value)


def equal(left: Value, right: Value, run: Evaluation, position: int | None = None) -> bool | None:
    """FEEL's `=`: null equals null only; values of two kinds cannot be compared, which is null and not false."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        run.mismatch("two values of one kind to compare", left, right, position=position)
        return None
    if _zones_differ(left, right):
        run.warn("type_mismatch", "Expected both to have a zone or neither, but one is local time.", position)
        return None
    if type(left) in {list, dict, Range, datetime}:
        return key_of(left, run) == key_of(right, run)
    return left == right


def compare(left: Value, right: Value, run: Evaluation, position: int | None = None) -> int | None:
    """Say which comes first (below zero: the left one); null when the two have no order."""
    if type(left) is not type(right) or type(left) not in _ORDERED:
        run.mismatch("two values of one ordered kind to compare", left, right, position=position)
        return None
    if _zones_differ(left, right):
        run.warn("type_mismatch", "Expected both to have a zone or neither, but one is local time.", position)
        return None
    if type(left) is datetime and type(right) is datetime:
        left, right = _comparable(left), _comparable(right)
    if left == right:
        return 0
    return -1 if left < right else 1  # type: ignore[operator] # both are of the same ordered kind


SIGNS: Final[Mapping[str, Callable[[int], bool]]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def compared(sign: str, left: Value, right: Value, run: Evaluation, position: int | None = None) -> bool | None:
    """Apply any of the six comparison signs."""
    if sign in {"=", "!="}:
        same = equal(left, right, run, position)
        return same if same is None or sign == "=" else not same
    order = compare(left, right, run, position)
    return None if order is None else SIGNS[sign](order)


def both(left: bool | None, right: bool | None) -> bool | None:
    """Three-valued and."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def within(value: Value, span: Range, run: Evaluation, position: int | None = None) -> bool | None:
    low = high = True if value is not None else None
    if span.start is not None:
        low = compared(">=" if span.start_included else ">", value, span.start, run, position)
    if span.end is not None:
        high = compared("<=" if span.end_included else "<", value, span.end, run, position)
    return both(low, high)


def found_in(value: Value, place: Value, run: Evaluation, position: int | None = None) -> bool | None:
    """FEEL's `in` for one place: equal to it, within the range, or an element of the list (or within one of its ranges)."""
    if type(place) is Range and type(value) is not Range:
        return within(value, place, run, position)
    if type(place) is not list:
        return equal(value, place, run, position)
    wanted = key_of(value, run)
    if key_of(place, run) == wanted:
        return True
    return any(
        within(value, element, run, position) is True if type(element) is Range else key_of(element, run) == wanted
        for element in place
    )


def arithmetic(sign: str, left: Value, right: Value, run: Evaluation, position: int) -> Value:
    """Apply an arithmetic sign; null for kinds that it does not join, and for results that cannot be held."""
    operation = _OPERATIONS.get((sign, type(left), type(right)))
    if operation is None:
        run.mismatch(f"values that “{sign}” can join", left, right, position=position)
        return None
    try:
        result = operation(left, right)
    except (ArithmeticError, ValueError):
        run.warn("out_of_range", f"Expected “{sign}” to give a value that can be held.", position)
        return None
    if result is None:
        run.warn("type_mismatch", "Expected both to have a zone or neither, but one is local time.", position)
        return None
    if type(result) is str:
        run.spend(len(result) // CHARACTERS_PER_STEP)
        return run.sized_text(result)
    return result


def negated(value: Value, run: Evaluation, position: int) -> Value:
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is timedelta:
        return -value if value > timedelta.min else None
    if type(value) is YearsMonths:
        return YearsMonths(-value.months)
    run.mismatch("a number or a duration after “-”", value, position=position)
    return None


def power(base: Decimal, exponent: Decimal) -> Decimal:
    if not base and not exponent:
        return Decimal(1)
    return held(NUMBERS.power(base, exponent))


def _comparable(moment: datetime) -> datetime:
    try:
        return instant(moment)
    except OverflowError:  # at the very ends of the calendar
        return moment


def _zones_differ(left: Value, right: Value) -> bool:
    if type(left) is datetime and type(right) is datetime:
        return (left.utcoffset() is None) != (right.utcoffset() is None)
    if type(left) is time and type(right) is time:
        return (left.utcoffset() is None) != (right.utcoffset() is None)
    return False


_OPERATIONS: Final[Mapping[tuple[str, type, type], Callable[..., Value]]] = {
    ("+", Decimal, Decimal): NUMBERS.add,
    ("-", Decimal, Decimal): NUMBERS.subtract,
    ("*", Decimal, Decimal): NUMBERS.multiply,
    ("/", Decimal, Decimal): NUMBERS.divide,
    ("**", Decimal, Decimal): power,
    ("+", str, str): lambda left, right: left + right,
    **TEMPORAL,
}
