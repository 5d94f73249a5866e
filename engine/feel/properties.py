"""What stands behind the dot for values that are not contexts: `date.year`, `duration.hours`, `range.start`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.feel.kinds import Range, Value, YearsMonths
from engine.feel.spans import microseconds

_MICROSECONDS_PER: Final = {"day": 86_400_000_000, "hour": 3_600_000_000, "minute": 60_000_000, "second": 1_000_000}


def _part_of(length: timedelta, unit: str, within: str | None) -> Decimal:
    """The unit's share of a length, with the length's sign: 90 minutes are 1 hour and 30 minutes."""
    count = int(microseconds(abs(length))) // _MICROSECONDS_PER[unit]
    if within is not None:
        count %= _MICROSECONDS_PER[within] // _MICROSECONDS_PER[unit]
    return Decimal(-count if length < timedelta() else count)


def _years(months: YearsMonths) -> Decimal:
    years = abs(months.months) // 12
    return Decimal(-years if months.months < 0 else years)


def _months(months: YearsMonths) -> Decimal:
    rest = abs(months.months) % 12
    return Decimal(-rest if months.months < 0 else rest)


def _zone_name(moment: datetime) -> str | None:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


_OF_DATES: Final[Mapping[str, Callable[..., Value]]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(day.isoweekday()),
}
_OF_TIMES: Final[Mapping[str, Callable[..., Value]]] = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": lambda clock: Decimal(clock.second),
    "time offset": lambda clock: clock.utcoffset(),
}

PROPERTIES: Final[Mapping[type, Mapping[str, Callable[..., Value]]]] = {
    date: _OF_DATES,
    time: _OF_TIMES,
    datetime: {**_OF_DATES, **_OF_TIMES, "timezone": _zone_name},
    timedelta: {
        "days": lambda length: _part_of(length, "day", None),
        "hours": lambda length: _part_of(length, "hour", "day"),
        "minutes": lambda length: _part_of(length, "minute", "hour"),
        "seconds": lambda length: _part_of(length, "second", "minute"),
    },
    YearsMonths: {"years": _years, "months": _months},
    Range: {
        "start": lambda span: span.start,
        "end": lambda span: span.end,
        "start included": lambda span: span.start_included,
        "end included": lambda span: span.end_included,
    },
}
