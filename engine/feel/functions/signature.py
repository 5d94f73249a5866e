"""What a function is called, what it takes, and how it is called with values that fit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from engine.feel.errors import FeelLimitExceeded
from engine.feel.evaluate import CHARACTERS_PER_STEP, Evaluation
from engine.feel.kinds import KIND_NAMES, Range, Value, YearsMonths


@dataclass(frozen=True, slots=True)
class Kind:
    """What a parameter accepts. Null is accepted only where the kind says so; elsewhere it makes the result null."""

    name: str
    types: frozenset[type]
    required: bool = True
    repeated: bool = False


def _kind(name: str, *types: type) -> Kind:
    return Kind(name, frozenset(types))


STRING: Final = _kind("a string", str)
NUMBER: Final = _kind("a number", Decimal)
BOOLEAN: Final = _kind("a boolean", bool)
LIST: Final = _kind("a list", list)
CONTEXT: Final = _kind("a context", dict)
DATE: Final = _kind("a date", date)
TIME: Final = _kind("a time", time)
DAY: Final = _kind("a date or a date and time", date, datetime)
MOMENT: Final = _kind("a date and time", datetime)
CLOCK: Final = _kind("a time or a date and time", time, datetime)
LENGTH: Final = _kind("a days and time duration", timedelta)
SIGNED: Final = _kind("a number or a duration", Decimal, timedelta, YearsMonths)
RANGE: Final = _kind("a range", Range)
KEYS: Final = _kind("a string or a list of strings", str, list)
ANY: Final = Kind("a value", frozenset(KIND_NAMES))


def optional(kind: Kind) -> Kind:
    """A parameter that may be left out or be null."""
    return replace(kind, required=False, types=kind.types | {type(None)})


def repeated(kind: Kind) -> Kind:
    """The last parameter, given once or more."""
    return replace(kind, repeated=True)


@dataclass(frozen=True, slots=True)
class Function:
    """One way to call a function; a name may have several. `call` gets the evaluation and the values."""

    name: str
    call: Callable[..., Value]
    parameters: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def takes(self, count: int, labels: tuple[str, ...]) -> bool:
        """Whether it can be called with this many arguments, or with these names."""
        least = sum(kind.required for kind in self.kinds)
        if labels:
            required = {name for name, kind in zip(self.parameters, self.kinds, strict=True) if kind.required}
            return required <= set(labels) <= set(self.parameters) and len(set(labels)) == len(labels)
        endless = bool(self.kinds) and self.kinds[-1].repeated
        return least <= count and (endless or count <= len(self.kinds))

    def places(self, labels: tuple[str, ...], count: int) -> tuple[int, ...]:
        """Which parameter each argument is for."""
        if labels:
            return tuple(self.parameters.index(label) for label in labels)
        last = len(self.kinds) - 1
        return tuple(min(index, last) for index in range(count))

    def fits(self, values: list[Value], places: tuple[int, ...]) -> bool:
        kinds = self.kinds
        return all(
            type(value) in kinds[place].types or (kinds[place].types == LIST.types and value is not None)
            for value, place in zip(values, places, strict=True)
        )

    def invoke(self, run: Evaluation, values: list[Value], places: tuple[int, ...], *, named: bool) -> Value:
        """Call it with values that fit, within the limits; null with a warning when the result cannot be held."""
        admitted = [self._admitted(run, value, place) for value, place in zip(values, places, strict=True)]
        if named:
            admitted = self._in_order(admitted, places)
        try:
            result = self.call(run, *admitted)
        except FeelLimitExceeded:
            raise
        except (ArithmeticError, ValueError):
            run.warn("out_of_range", f"Expected “{self.name}” to give a value that can be held.")
            return None
        if type(result) is str:
            run.spend(len(result) // CHARACTERS_PER_STEP)
            return run.sized_text(result)
        return run.sized_list(result) if type(result) is list else result

    def _admitted(self, run: Evaluation, value: Value, place: int) -> Value:
        if type(value) is list or type(value) is dict:
            run.spend(len(value))
        elif type(value) is str:
            run.spend(len(value) // CHARACTERS_PER_STEP)
        if self.kinds[place].types == LIST.types and type(value) is not list:
            return [value]  # the standard's "singleton list"
        return value

    def _in_order(self, values: list[Value], places: tuple[int, ...]) -> list[Value]:
        ordered: list[Value] = [None] * (max(places, default=-1) + 1)
        for value, place in zip(values, places, strict=True):
            ordered[place] = value
        return ordered


def define(name: str, call: Callable[..., Value], **parameters: Kind) -> Function:
    """One entry of a family's table. `start_position` is the parameter “start position”, `from_` is “from”."""
    names = tuple(parameter.rstrip("_").replace("_", " ") for parameter in parameters)
    return Function(name, call, names, tuple(parameters.values()))
