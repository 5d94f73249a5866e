"""Functions over dates, times and durations. The clock is the one given to the evaluation; without it there is no now."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import (
    CLOCK,
    DAY,
    LENGTH,
    MOMENT,
    NUMBER,
    STRING,
    TIME,
    define,
    optional,
)
from engine.feel.kinds import Value
from engine.feel.limits import NUMBERS
from engine.feel.spans import months_between
from engine.feel.temporal import (
    fixed_offset,
    read_date,
    read_date_and_time,
    read_duration,
    read_time,
    read_zone,
)

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def now(run: Evaluation) -> Value:
    if run.now is None:
        run.warn("no_clock", "Expected a clock, but the evaluation was given none.")
        return None
    return run.now


def today(run: Evaluation) -> Value:
    """The day of the given clock, in the clock's own zone."""
    moment = now(run)
    return moment.date() if isinstance(moment, datetime) else None


def _read(read: Callable[[str], Value], what: str) -> Callable[..., Value]:
    def reading(run: Evaluation, from_: str) -> Value:
        value = read(from_)
        run.warn("type_mismatch", f"Expected the text of {what}.")
        return None if value is None else value

    return reading


def date_of_parts(_run: Evaluation, year: Decimal, month: Decimal, day: Decimal) -> Value:
    return date(_whole(year), _whole(month), _whole(day))


def time_of_parts(
    _run: Evaluation, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Value:
    whole = int(second)
    fraction = NUMBERS.multiply(NUMBERS.subtract(second, Decimal(whole)), Decimal(1_000_000))
    zone = None if offset is None else fixed_offset(offset)
    if offset is not None and zone is None:
        raise OverflowError
    return time(_whole(hour), _whole(minute), whole, _whole(fraction), zone)


def date_of(_run: Evaluation, from_: date | datetime) -> Value:
    return from_.date() if isinstance(from_, datetime) else from_


def time_of(_run: Evaluation, from_: time | datetime) -> Value:
    """The time of day, with the offset that a moment has then."""
    if isinstance(from_, time):
        return from_
    offset = from_.utcoffset()
    return from_.time() if offset is None else from_.time().replace(tzinfo=fixed_offset(offset))


def moment_of(_run: Evaluation, from_: date | datetime) -> Value:
    return from_ if isinstance(from_, datetime) else datetime.combine(from_, time())


def moment_of_parts(_run: Evaluation, date_: date | datetime, time_: time) -> Value:
    return datetime.combine(date_of(_run, date_), time_)  # type: ignore[arg-type] # date_of a day is a date


def moment_in_zone(run: Evaluation, date_: datetime, timezone: str) -> Value:
    """The same instant, as the clocks of that zone show it; a local moment is taken to be there already."""
    zone = read_zone(timezone)
    if zone is None:
        run.warn("type_mismatch", "Expected the name of a zone, such as Asia/Jakarta.")
        return None
    return date_.replace(tzinfo=zone) if date_.tzinfo is None else date_.astimezone(zone)


def months_from(run: Evaluation, from_: date | datetime, to: date | datetime) -> Value:
    start, end = date_of(run, from_), date_of(run, to)
    return months_between(start, end) if isinstance(start, date) and isinstance(end, date) else None


def last_day_of_month(_run: Evaluation, date_: date | datetime) -> Value:
    first = date(date_.year, date_.month, 1)
    following = first.replace(day=28) + timedelta(days=4) if date_.month < len(_MONTHS) else None
    return date(date_.year, 12, 31) if following is None else following - timedelta(days=following.day)


def day_of_week(_run: Evaluation, date_: date | datetime) -> Value:
    return _WEEKDAYS[date_.weekday()]


def month_of_year(_run: Evaluation, date_: date | datetime) -> Value:
    return _MONTHS[date_.month - 1]


def day_of_year(_run: Evaluation, date_: date | datetime) -> Value:
    return Decimal(date_.timetuple().tm_yday)


def week_of_year(_run: Evaluation, date_: date | datetime) -> Value:
    """The week by ISO 8601: the first is the one with the year's first Thursday."""
    return Decimal(date_.isocalendar().week)


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise ValueError
    return int(number)


FUNCTIONS: Final = (
    define("now", now),
    define("today", today),
    define("date", _read(read_date, "a date"), from_=STRING),
    define("date", date_of, from_=DAY),
    define("date", date_of_parts, year=NUMBER, month=NUMBER, day=NUMBER),
    define("time", _read(read_time, "a time"), from_=STRING),
    define("time", time_of, from_=CLOCK),
    define("time", time_of_parts, hour=NUMBER, minute=NUMBER, second=NUMBER, offset=optional(LENGTH)),
    define("date and time", _read(read_date_and_time, "a date and time"), from_=STRING),
    define("date and time", moment_of, from_=DAY),
    define("date and time", moment_of_parts, date=DAY, time=TIME),
    define("date and time", moment_in_zone, date=MOMENT, timezone=STRING),
    define("duration", _read(read_duration, "a duration"), from_=STRING),
    define("years and months duration", months_from, from_=DAY, to=DAY),
    define("last day of month", last_day_of_month, date=DAY),
    define("day of week", day_of_week, date=DAY),
    define("month of year", month_of_year, date=DAY),
    define("day of year", day_of_year, date=DAY),
    define("week of year", week_of_year, date=DAY),
)
