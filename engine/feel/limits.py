"""What one expression may cost, and the arithmetic in which numbers are counted."""

import decimal
from dataclasses import dataclass

DIGITS = 34

NUMBERS = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=DIGITS - 1,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
"""Numbers have 34 significant digits (IEEE decimal128) and stay below 10^34, so none can be a bomb when written out."""


def held(number: decimal.Decimal) -> decimal.Decimal:
    """Give a finite number back; raises OverflowError for an infinite one, which some operations make without a signal."""
    if not number.is_finite():
        raise OverflowError
    return number


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one expression: the first three when it is read, the others while it is evaluated.

    A step is one turn of a loop over one node, one element of a list that a function reads, or one
    character that a pattern looks at; straight-line expressions cost none.
    """

    length: int = 2_000
    nodes: int = 600
    depth: int = 40
    steps: int = 100_000
    list_size: int = 10_000
    string_size: int = 20_000
    value_depth: int = 60
    pattern_size: int = 200
    pattern_program: int = 2_000
    warnings: int = 50


DEFAULT = Limits()
