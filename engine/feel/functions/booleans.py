"""Functions over truth: not, all, any, and sameness."""

from datetime import datetime, time
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import ANY, define, repeated
from engine.feel.kinds import Value
from engine.feel.operations import key_of


def negate(run: Evaluation, negand: Value) -> Value:
    if type(negand) is bool:
        return not negand
    run.mismatch("a boolean", negand)
    return None


def every(run: Evaluation, *values: Value) -> Value:
    return _joined(run, values, deciding=False)


def some(run: Evaluation, *values: Value) -> Value:
    return _joined(run, values, deciding=True)


def is_same(run: Evaluation, value1: Value, value2: Value) -> Value:
    return key_of(value1, run) == key_of(value2, run) and _offset(value1) == _offset(value2)


def _offset(value: Value) -> str:
    """Two moments of different offsets are the same instant, but not the same value."""
    return str(value.tzinfo) if isinstance(value, datetime | time) else ""


def _joined(run: Evaluation, values: tuple[Value, ...], *, deciding: bool) -> Value:
    elements = values[0] if len(values) == 1 and type(values[0]) is list else list(values)
    result: bool | None = not deciding
    for element in elements:
        if element is deciding:
            return deciding
        if type(element) is not bool:
            run.mismatch("a list of booleans", element)
            result = None
    return result


FUNCTIONS: Final = (
    define("not", negate, negand=ANY),
    define("all", every, list=repeated(ANY)),
    define("any", some, list=repeated(ANY)),
    define("is", is_same, value1=ANY, value2=ANY),
)
