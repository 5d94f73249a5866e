"""Functions over numbers, all in decimal."""

from collections.abc import Callable
from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import NUMBER, SIGNED, define, optional
from engine.feel.kinds import Value, YearsMonths
from engine.feel.limits import DIGITS, NUMBERS, held

_COSTLY: Final = 50


def _rounding(mode: str) -> Callable[..., Value]:
    """Round to so many digits after the point; a negative number of them rounds before the point."""

    def rounded(run: Evaluation, n: Decimal, scale: Decimal | None = None) -> Value:
        digits = int(scale or 0)
        if abs(digits) > DIGITS:
            run.warn("out_of_range", f"Expected a scale between -{DIGITS} and {DIGITS}.")
            return None
        exponent = n.as_tuple().exponent
        if isinstance(exponent, int) and -exponent <= digits:
            return n
        return NUMBERS.plus(n.quantize(Decimal(1).scaleb(-digits), rounding=mode, context=NUMBERS))

    return rounded


def absolute(_run: Evaluation, n: Value) -> Value:
    if type(n) is Decimal:
        return NUMBERS.abs(n)
    if type(n) is timedelta:
        return abs(n)
    return YearsMonths(abs(n.months)) if type(n) is YearsMonths else None


def modulo(_run: Evaluation, dividend: Decimal, divisor: Decimal) -> Value:
    """The rest of a division; it has the sign of the divisor."""
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


def even(_run: Evaluation, number: Decimal) -> Value:
    return NUMBERS.remainder(number, Decimal(2)) == 0


def odd(_run: Evaluation, number: Decimal) -> Value:
    return abs(NUMBERS.remainder(number, Decimal(2))) == 1


def _costly(operation: Callable[[Decimal], Decimal]) -> Callable[..., Value]:
    def costly(run: Evaluation, number: Decimal) -> Value:
        run.spend(_COSTLY)
        return held(operation(number))

    return costly


FUNCTIONS: Final = (
    define("decimal", _rounding(ROUND_HALF_EVEN), n=NUMBER, scale=NUMBER),
    define("floor", _rounding(ROUND_FLOOR), n=NUMBER, scale=optional(NUMBER)),
    define("ceiling", _rounding(ROUND_CEILING), n=NUMBER, scale=optional(NUMBER)),
    define("round up", _rounding(ROUND_UP), n=NUMBER, scale=optional(NUMBER)),
    define("round down", _rounding(ROUND_DOWN), n=NUMBER, scale=optional(NUMBER)),
    define("round half up", _rounding(ROUND_HALF_UP), n=NUMBER, scale=optional(NUMBER)),
    define("round half down", _rounding(ROUND_HALF_DOWN), n=NUMBER, scale=optional(NUMBER)),
    define("abs", absolute, n=SIGNED),
    define("modulo", modulo, dividend=NUMBER, divisor=NUMBER),
    define("sqrt", _costly(NUMBERS.sqrt), number=NUMBER),
    define("log", _costly(NUMBERS.ln), number=NUMBER),
    define("exp", _costly(NUMBERS.exp), number=NUMBER),
    define("even", even, number=NUMBER),
    define("odd", odd, number=NUMBER),
)
