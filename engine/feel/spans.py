"""Arithmetic between dates, times and durations, by sign and kinds.

A function here gives None when one of its two moments has a zone and the other is local time, and raises an
ArithmeticError or ValueError when Python's calendar ends.
"""

import calendar
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from typing import Final

from engine.feel.kinds import Value, YearsMonths, instant, is_fixed
from engine.feel.limits import NUMBERS

_MICROSECOND: Final = timedelta(microseconds=1)
_MOST_MONTHS: Final = 12 * 10**9


def plus_months(day: date, months: YearsMonths) -> date:
    """Move a date by months; where the new month is too short for the day, to its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months.months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def plus_days(day: date, length: timedelta) -> date:
    """Move a date by a length: the day on which the length ends when it begins at midnight."""
    return (datetime.combine(day, time()) + length).date()


def plus_length(moment: datetime, length: timedelta) -> datetime:
    """Move a moment by a length that really passes, also over a change of the clock."""
    if is_fixed(moment):
        return moment + length
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def turn_clock(clock: time, length: timedelta) -> time:
    """Move a time of day; midnight is followed by the same day again."""
    return (datetime.combine(date(2000, 1, 1), clock) + length % timedelta(days=1)).timetz()


def between_moments(left: datetime, right: datetime) -> timedelta | None:
    if (left.utcoffset() is None) != (right.utcoffset() is None):
        return None
    return instant(left) - instant(right)


def between_times(left: time, right: time) -> timedelta | None:
    if (left.utcoffset() is None) != (right.utcoffset() is None):
        return None
    day = date(2000, 1, 1)
    return datetime.combine(day, left) - datetime.combine(day, right)


def months_between(start: date, end: date) -> YearsMonths:
    """Count the whole months from one date to another; below zero when the second is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    if months < 0 and end.day > start.day:
        months += 1
    return YearsMonths(months)


def microseconds(length: timedelta) -> Decimal:
    return Decimal(length // _MICROSECOND)


def seconds(length: timedelta) -> Decimal:
    return NUMBERS.divide(microseconds(length), Decimal(1_000_000))


def _scaled_length(length: timedelta, factor: Decimal) -> timedelta:
    return _whole_microseconds(NUMBERS.multiply(microseconds(length), factor))


def _divided_length(length: timedelta, divisor: Decimal) -> timedelta:
    return _whole_microseconds(NUMBERS.divide(microseconds(length), divisor))


def _whole_microseconds(count: Decimal) -> timedelta:
    return timedelta(microseconds=int(count.to_integral_value(ROUND_HALF_EVEN)))


def _whole_months(count: Decimal) -> YearsMonths:
    """A part of a month has no length, so it is cut off, as the standard does."""
    return _checked(int(count.to_integral_value(ROUND_DOWN)))


def _checked(months: int) -> YearsMonths:
    if abs(months) > _MOST_MONTHS:
        raise OverflowError
    return YearsMonths(months)


def _opposite(months: YearsMonths) -> YearsMonths:
    return YearsMonths(-months.months)


TEMPORAL: Final[Mapping[tuple[str, type, type], Callable[..., Value]]] = {
    ("+", date, YearsMonths): plus_months,
    ("+", YearsMonths, date): lambda months, day: plus_months(day, months),
    ("-", date, YearsMonths): lambda day, months: plus_months(day, _opposite(months)),
    ("+", date, timedelta): plus_days,
    ("+", timedelta, date): lambda length, day: plus_days(day, length),
    ("-", date, timedelta): lambda day, length: plus_days(day, -length),
    ("-", date, date): lambda left, right: left - right,
    ("+", datetime, YearsMonths): plus_months,
    ("+", YearsMonths, datetime): lambda months, moment: plus_months(moment, months),
    ("-", datetime, YearsMonths): lambda moment, months: plus_months(moment, _opposite(months)),
    ("+", datetime, timedelta): plus_length,
    ("+", timedelta, datetime): lambda length, moment: plus_length(moment, length),
    ("-", datetime, timedelta): lambda moment, length: plus_length(moment, -length),
    ("-", datetime, datetime): between_moments,
    ("+", time, timedelta): turn_clock,
    ("+", timedelta, time): lambda length, clock: turn_clock(clock, length),
    ("-", time, timedelta): lambda clock, length: turn_clock(clock, -length),
    ("-", time, time): between_times,
    ("+", timedelta, timedelta): lambda left, right: left + right,
    ("-", timedelta, timedelta): lambda left, right: left - right,
    ("*", timedelta, Decimal): _scaled_length,
    ("*", Decimal, timedelta): lambda factor, length: _scaled_length(length, factor),
    ("/", timedelta, Decimal): _divided_length,
    ("/", timedelta, timedelta): lambda left, right: NUMBERS.divide(microseconds(left), microseconds(right)),
    ("+", YearsMonths, YearsMonths): lambda left, right: _checked(left.months + right.months),
    ("-", YearsMonths, YearsMonths): lambda left, right: _checked(left.months - right.months),
    ("*", YearsMonths, Decimal): lambda months, factor: _whole_months(NUMBERS.multiply(months.months, factor)),
    ("*", Decimal, YearsMonths): lambda factor, months: _whole_months(NUMBERS.multiply(months.months, factor)),
    ("/", YearsMonths, Decimal): lambda months, divisor: _whole_months(NUMBERS.divide(months.months, divisor)),
    ("/", YearsMonths, YearsMonths): lambda left, right: NUMBERS.divide(left.months, right.months),
}
