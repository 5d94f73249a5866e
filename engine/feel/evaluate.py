"""One evaluation: the facts it reads, what it may still spend, and what it has to warn of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Final

from engine.feel.errors import FeelLimitExceeded
from engine.feel.kinds import KIND_NAMES, Range, Value, YearsMonths
from engine.feel.limits import NUMBERS, Limits

CHARACTERS_PER_STEP: Final = 100
_KEPT: frozenset[type] = frozenset({bool, type(None), date, time, datetime, timedelta, YearsMonths})


@dataclass(frozen=True, slots=True)
class FeelWarning:
    """Why something gave null. `kind` is one of: unknown_name, no_property, type_mismatch, out_of_range,
    not_a_value, no_clock, bad_pattern.
    """

    kind: str
    message: str
    position: int


class Evaluation:
    """The state of one evaluation. It ends with it: nothing here outlives one call of `evaluate`."""

    __slots__ = ("_admitted", "context", "limits", "now", "position", "slots", "steps", "warnings")

    def __init__(
        self,
        context: Mapping[str, object],
        slots: int,
        now: datetime | None,
        limits: Limits,
        warnings: list[FeelWarning] | None,
    ) -> None:
        self.context = context
        self.slots: list[Value] = [None] * slots
        self.now = now
        self.limits = limits
        self.steps = limits.steps
        self.warnings = warnings
        self.position = 0  # of the call that is being made, for the warnings of functions
        self._admitted: dict[str, Value] | None = None

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimitExceeded(f"Expected at most {self.limits.steps:,} steps, but the expression needs more.")

    def warn(self, kind: str, message: str, position: int | None = None) -> None:
        """Note why something is null. It returns nothing, and nothing is FEEL's null."""
        if self.warnings is not None and len(self.warnings) < self.limits.warnings:
            self.warnings.append(FeelWarning(kind, message, self.position if position is None else position))

    def sized_list(self, elements: list[Value]) -> list[Value]:
        self.spend(len(elements))
        if len(elements) > self.limits.list_size:
            raise FeelLimitExceeded(f"Expected a list of at most {self.limits.list_size:,} elements.")
        return elements

    def sized_text(self, text: str) -> str:
        if len(text) > self.limits.string_size:
            raise FeelLimitExceeded(f"Expected a string of at most {self.limits.string_size:,} characters.")
        return text

    def variable(self, name: str, position: int) -> Value:
        """Read a fact; null with a warning when there is none of that name, or it is no FEEL value."""
        if self._admitted is not None and name in self._admitted:
            return self._admitted[name]
        try:
            value = self.context[name]
        except KeyError:
            self.warn("unknown_name", f"Expected a value for “{name}”, but there is none.", position)
            return None
        kind = type(value)
        if kind in _KEPT:
            return value  # type: ignore[return-value] # the line above is the proof
        admitted = self.admit(value, position, 0)
        if kind is not str and kind is not Decimal:  # what took work is admitted once only
            self._admitted = self._admitted or {}
            self._admitted[name] = admitted
        return admitted

    def admit(self, value: object, position: int, depth: int) -> Value:
        """Bring a Python value into the value model: copies, exact types, within the limits."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, str):
            return self.sized_text(str.__str__(value))
        if isinstance(value, Decimal | int):
            return self._admit_number(value, position)
        if isinstance(value, list | tuple | Mapping | Range):
            return self._admit_composite(value, position, depth + 1)
        return self._admit_temporal(value, position)

    def _admit_number(self, value: Decimal | int, position: int) -> Value:
        try:
            if isinstance(value, Decimal) and value.is_finite():
                return NUMBERS.plus(value)
            if isinstance(value, int) and value.bit_length() <= 128:  # noqa: PLR2004 - beyond 10^38 anyway
                return NUMBERS.create_decimal(value)
        except DecimalException:
            pass
        self.warn("out_of_range", "Expected a finite number below 10^34.", position)
        return None

    def _admit_composite(self, value: object, position: int, depth: int) -> Value:
        if depth > self.limits.value_depth:
            raise FeelLimitExceeded(f"Expected values nested at most {self.limits.value_depth} deep.")
        if isinstance(value, list | tuple):
            self.spend(len(value))
            return self.sized_list([self.admit(element, position, depth) for element in value])
        if isinstance(value, Range):
            start = self.admit(value.start, position, depth)
            return Range(start, self.admit(value.end, position, depth), value.start_included, value.end_included)
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            self.spend(len(value))
            return {str.__str__(key): self.admit(element, position, depth) for key, element in value.items()}
        self.warn("not_a_value", "Expected the keys of a context to be strings.", position)
        return None

    def _admit_temporal(self, value: object, position: int) -> Value:
        if type(value) in _KEPT:
            return value  # type: ignore[return-value] # as above
        if isinstance(value, datetime):
            return datetime.combine(date(value.year, value.month, value.day), value.timetz())
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        if isinstance(value, timedelta):
            return timedelta(value.days, value.seconds, value.microseconds)
        self.warn("not_a_value", f"Expected a FEEL value, but found {type(value).__name__}.", position)
        return None

    def measured(self, value: Value, depth: int = 0) -> Value:
        """Pay for the whole of a value, so that a result which shares parts cannot be a bomb to whoever writes it."""
        if type(value) is list or type(value) is dict:
            self.deeper(depth)
            self.spend(1 + len(value))
            for element in value.values() if type(value) is dict else value:
                if type(element) is list or type(element) is dict:
                    self.measured(element, depth + 1)
                elif type(element) is str:
                    self.spend(len(element) // CHARACTERS_PER_STEP)
        return value

    def deeper(self, depth: int) -> None:
        if depth > self.limits.value_depth:
            raise FeelLimitExceeded(f"Expected values nested at most {self.limits.value_depth} deep.")

    def mismatch(self, what: str, *values: Value, position: int | None = None) -> None:
        """Warn of values that do not fit, unless one is null: what made it null has been told already."""
        if None not in values:
            kinds = " and ".join(KIND_NAMES[type(value)] for value in values)
            self.warn("type_mismatch", f"Expected {what}, but found {kinds}.", position)
