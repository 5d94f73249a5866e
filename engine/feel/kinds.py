"""The kinds of values that an expression works on, as plain Python values.

Numbers are decimals, never floats. A date and time without a zone is a local one: it is never compared with one that
has a zone, because nobody said which zone is meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final, TypeAlias

from engine.domain.release import Allowance


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of years and months. It has no length in days, so it is not a timedelta."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-P" if self.months < 0 else "P") + body


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is None is open. It is not a list, even of numbers."""

    start: "Value"
    end: "Value"
    start_included: bool = True
    end_included: bool = True


Value: TypeAlias = "bool | Decimal | str | date | time | datetime | timedelta | YearsMonths | Allowance | Range | list[Value] | dict[str, Value] | None"

KIND_NAMES: Final[Mapping[type, str]] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    Allowance: "span that an office counts",
    Range: "range",
    list: "list",
    dict: "context",
}


def kind_of(value: Value) -> str:
    return KIND_NAMES[type(value)]


def is_fixed(moment: datetime) -> bool:
    """Whether plain comparison and subtraction are right: Python ignores changes of the clock inside one named zone."""
    return moment.tzinfo is None or isinstance(moment.tzinfo, timezone)


def instant(moment: datetime) -> datetime:
    """The same moment in UTC; a local one stays as it is."""
    return moment if is_fixed(moment) else moment.astimezone(UTC)
