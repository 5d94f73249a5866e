"""Dates, times and durations as text: reading and writing ISO 8601 as FEEL means it.

Reading gives None for what is not a date, time or duration, and for what Python cannot hold: years outside 1 to 9999,
and fractions finer than a microsecond, which would otherwise be cut off in silence.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from engine.feel.kinds import Value, YearsMonths

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6})0*)?(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
_ZONE = r"(?:@([A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*){0,2}))?"
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile(_TIME)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}{_ZONE}")
_MONTHS = re.compile(r"(-?)P(?=[0-9])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_DAYS = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,12})(?:\.([0-9]{1,6})0*)?S)?)?"
)
_LONGEST_ZONE = 64


def read_date(text: str) -> date | None:
    found = _DATE_ONLY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Read a time of day, with or without an offset. A named zone is refused: its offset depends on the date."""
    found = _TIME_ONLY.fullmatch(text)
    return None if found is None else _time_of(*found.groups())


def read_date_and_time(text: str) -> datetime | None:
    """Read a date and time; with an offset, with a named zone (`@Asia/Jakarta`), or local. A bare date is midnight."""
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        day = read_date(text)
        return None if day is None else datetime.combine(day, time())
    year, month, day_, *clock, zone_name = found.groups()
    at = _time_of(*clock)
    day = read_date(f"{year}-{month}-{day_}")
    if at is None or day is None:
        return None
    if zone_name is None:
        return datetime.combine(day, at)
    zone = read_zone(zone_name)
    return None if zone is None else _in_zone(datetime.combine(day, at), zone)


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """Read a duration of either kind. Months and days in one text are refused: together they have no order."""
    months = read_months(text)
    return read_days(text) if months is None else months


def read_months(text: str) -> YearsMonths | None:
    found = _MONTHS.fullmatch(text)
    if found is None:
        return None
    sign, years, months = found.groups()
    total = int(years or 0) * 12 + int(months or 0)
    return YearsMonths(-total if sign else total)


def read_days(text: str) -> timedelta | None:
    found = _DAYS.fullmatch(text)
    if found is None:
        return None
    sign, weeks, days, hours, minutes, seconds, fraction = found.groups()
    try:
        length = timedelta(
            weeks=int(weeks or 0),
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(seconds or 0),
            microseconds=int((fraction or "0").ljust(6, "0")),
        )
    except OverflowError:
        return None
    return -length if sign else length


def read_zone(name: str) -> tzinfo | None:
    if len(name) > _LONGEST_ZONE:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder of zones is an OSError
        return None


def read_temporal(text: str) -> Value:
    """Read whatever the text is: what FEEL's `@"…"` does."""
    for reader in (read_date, read_time, read_date_and_time, read_duration):
        value: Value = reader(text)
        if value is not None:
            return value
    return None


def write_time(value: time) -> str:
    return _with_z(value.isoformat())


def write_date_and_time(value: datetime) -> str:
    """Write a moment so that reading gives it back: with its named zone where that is enough, else with its offset."""
    zone = value.tzinfo
    if isinstance(zone, ZoneInfo) and zone.key:
        text = f"{value.replace(tzinfo=None).isoformat()}@{zone.key}"
        again = read_date_and_time(text)
        if again is not None and again.utcoffset() == value.utcoffset():
            return text
    return _with_z(value.isoformat())


def write_days(value: timedelta) -> str:
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    clock = (
        (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{seconds}{fraction}S" if seconds or fraction else "")
    )
    days = f"{value.days}D" if value.days else ""
    return f"{sign}P{days}T{clock}" if clock else f"{sign}P{days or 'T0S'}"


def fixed_offset(offset: timedelta) -> timezone | None:
    """The zone with this offset from UTC; None when no clock on earth could have it."""
    if offset == timedelta():
        return UTC
    return timezone(offset) if abs(offset) < timedelta(days=1) else None


def _time_of(hour: str, minute: str, second: str, fraction: str | None, offset: str | None) -> time | None:
    zone = None if offset is None else _offset_of(offset)
    if offset is not None and zone is None:
        return None
    try:
        return time(int(hour), int(minute), int(second), int((fraction or "0").ljust(6, "0")), zone)
    except ValueError:
        return None


def _offset_of(text: str) -> timezone | None:
    if text == "Z":
        return UTC
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if max(minutes, *seconds, 0) > 59:  # noqa: PLR2004 - minutes and seconds of a clock
        return None
    length = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return fixed_offset(-length if text[0] == "-" else length)


def _in_zone(moment: datetime, zone: tzinfo) -> datetime | None:
    if moment.tzinfo is not None:
        return None  # an offset and a zone name together may contradict each other
    try:
        moment = moment.replace(tzinfo=zone)
        moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment


def _with_z(text: str) -> str:
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
