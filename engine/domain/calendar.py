"""A calendar: when an office works, in its own zone. It is not a deadline, and it decides nothing about a case.

Weeks are data (minutes of the day), so that a season with other hours, a shift or a local rule is a row and not code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.domain.sums import Sums
from engine.errors import NotValid

DAY = 24 * 60
"""Minutes of a day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of one day in which the office works, in minutes after midnight: `Hours(450, 720)` is 07:30 to 12:00."""

    opens: int
    closes: int
    """At most 1,440, which is midnight at the end of the day."""

    def __post_init__(self) -> None:
        """Refuse a span that is empty, reversed or outside the day."""
        if not 0 <= self.opens < self.closes <= DAY:
            raise NotValid(what="working hours", wanted="a span within one day", found=f"{self.opens}-{self.closes}")


Week: TypeAlias = tuple[tuple[Hours, ...], ...]
"""Seven days from Monday, each with its spans in order; a free day has none."""


def hours(text: str) -> tuple[Hours, ...]:
    """Read `07:30-12:00 13:00-16:00`; an empty text is a free day. Raises NotValid."""
    return tuple(_span(each) for each in text.split())


def hours_written(spans: Iterable[Hours]) -> str:
    """Write spans as `hours` reads them: `07:30-12:00 13:00-16:00`."""
    return " ".join(f"{_clock(each.opens)}-{_clock(each.closes)}" for each in spans)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _span(text: str) -> Hours:
    try:
        opens, closes = (_minutes(each) for each in text.split("-"))
    except ValueError as fault:
        raise NotValid(what="working hours", wanted="like 07:30-12:00", found=text) from fault
    return Hours(opens, closes)


def _minutes(text: str) -> int:
    if text == "24:00":
        return DAY
    read = time.fromisoformat(text)
    return read.hour * 60 + read.minute


def week(*days: str) -> Week:
    """Seven texts from Monday, each as `hours` reads them."""
    return tuple(hours(each) for each in days)


_MON_THU, _FRIDAY = "07:30-12:00 13:00-16:00", "07:30-11:30 13:00-16:30"
_RAMADAN_MON_THU, _RAMADAN_FRIDAY = "08:00-12:00 12:30-15:00", "08:00-11:30 12:30-15:30"

OFFICE_WEEK = week(_MON_THU, _MON_THU, _MON_THU, _MON_THU, _FRIDAY, "", "")
"""Perpres 21/2023: five days, 37 h 30 without breaks, from 07:30; breaks of 60 minutes, on Friday 90. Where in the day
a break lies is not said there: noon, and on Friday from 11:30, are what offices keep."""

RAMADAN_WEEK = week(_RAMADAN_MON_THU, _RAMADAN_MON_THU, _RAMADAN_MON_THU, _RAMADAN_MON_THU, _RAMADAN_FRIDAY, "", "")
"""Perpres 21/2023 in Ramadan: 32 h 30, from 08:00; breaks of 30 minutes, on Friday 60."""

ROUND_THE_CLOCK = week(*["00:00-24:00"] * 7)
"""Help desks, airports and shelters with shifts: Perpres 21/2023 leaves them outside the five days."""


class DayKind(StrEnum):
    """Why a day is off work."""

    PUBLIC = "public"
    JOINT_LEAVE = "joint-leave"
    """*Cuti bersama*, decreed each year by three ministers and often amended."""
    LOCAL = "local"
    """In one office or region only: an election, a disaster, a custom."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day off work, and on whose word."""

    day: date
    kind: DayKind
    title: str
    basis: str = ""
    """The decree, as far as it is known."""
    office: str = ""
    """Empty: off everywhere."""
    service: str = ""
    """Empty: off for every service of the office."""
    estimated: bool = False
    """Whether the date itself may still move: an Islamic date of a year that is not decreed yet."""


@dataclass(frozen=True, slots=True)
class Season:
    """A span of dates in which another week holds, both ends included; without an end, it goes on."""

    name: str
    first: date | None
    last: date | None
    week: Week
    closes_on_holidays: bool | None = None
    """None: as it is without this season."""
    basis: str = ""
    """The decree or rule that says so."""

    def holds(self, day: date) -> bool:
        """Whether this is one of its days."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Calendar:
    """The working time of one office or service: its weeks, its holidays, its zone, and the edition that they come from."""

    zone: str
    """An IANA name: `Asia/Jakarta` (WIB), `Asia/Makassar` (WITA), `Asia/Jayapura` (WIT)."""
    week: Week = OFFICE_WEEK
    """The week that holds where no season does."""
    holidays: Mapping[date, str] = field(default_factory=dict)
    """Days on which the office is closed, with the name that explains it."""
    seasons: tuple[Season, ...] = ()
    """Of those that hold on a day, the first decides."""
    closes_on_holidays: bool = True
    """False for an office with shifts."""
    version: str = ""
    """Which state of the days this is, so that an old due date stays explainable."""
    certain: frozenset[int] | None = None
    """The years of which the joint leave days are known: a due date in another may still move. None: not asked."""
    edition: int = 0
    """The number of the calendar book that this was taken from; 0 for one of no book."""
    decreed: Mapping[int, str] = field(default_factory=dict)
    """Year → the decree on its joint leave, as far as it is known."""
    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    """What is known of each holiday beside its name."""
    name: str = ""
    """What the usual week is called, and `basis`: whose word it is."""
    basis: str = ""

    def __post_init__(self) -> None:
        """Refuse a calendar that could not be counted with."""
        _check(self)

    @cached_property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)

    def local(self, moment: datetime) -> datetime:
        """Tell the moment on this office's clock. Raises ValueError for a moment without a zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone has no place on an office's clock")
        return moment.astimezone(self.tz)

    def on(self, day: date) -> Calendar:  # noqa: ARG002 - a succession of calendars answers by the day
        """The calendar by which this day is judged."""
        return self

    def hours_of(self, day: date) -> tuple[Hours, ...]:
        """When the office works on this day; nothing on a holiday or a free day."""
        found = self._hours.get(day)
        if found is None:
            closed = day in self.holidays and self.closes(day)
            found = self._hours[day] = () if closed else self.week_of(day)[day.weekday()]
        return found

    @cached_property
    def _hours(self) -> dict[date, tuple[Hours, ...]]:
        """Days that were asked for already: a list of late work asks for the same year again and again."""
        return {}

    def season_of(self, day: date) -> Season | None:
        """The season whose week holds on this day, or None for the usual week."""
        return next((each for each in self.seasons if each.holds(day)), None)

    def week_of(self, day: date) -> Week:
        """The week that holds on this day: a season's, or the usual one."""
        season = self.season_of(day)
        return season.week if season else self.week

    def closes(self, day: date) -> bool:
        """Whether the office is closed when this day is a holiday."""
        said = (each.closes_on_holidays for each in self.seasons if each.holds(day))
        return next((each for each in said if each is not None), self.closes_on_holidays)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works at all on this day."""
        return bool(self.hours_of(day))

    def minutes_of(self, day: date) -> int:
        """How many minutes the office works on this day."""
        return sum(each.closes - each.opens for each in self.hours_of(day))

    @cached_property
    def _minutes(self) -> Sums:
        return Sums(self.minutes_of)

    @cached_property
    def _days(self) -> Sums:
        return Sums(self.is_working_day)

    def why_closed(self, day: date) -> str:
        """The holiday's name, or an empty text where the day is free anyway."""
        return self.holidays[day] if day in self.holidays and self.closes(day) else ""

    def spans_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The spans of this day as moments on the office's clock."""
        for each in self.hours_of(day):
            yield self.moment(day, each.opens), self.moment(day, each.closes)

    def moment(self, day: date, minute: int) -> datetime:
        """The moment at which the office's clock shows this minute of this day; 1,440 is the next midnight."""
        if minute == DAY:
            return datetime.combine(day + _ONE_DAY, _MIDNIGHT, self.tz)
        return datetime.combine(day, time(minute // 60, minute % 60), self.tz)

    def closing(self, day: date) -> datetime:
        """Close of business on a working day. Raises ValueError on a day without one."""
        if not (spans := self.hours_of(day)):
            raise ValueError(f"{day} is no working day")
        return self.moment(day, spans[-1].closes)

    def working_between(self, first: datetime, last: datetime) -> timedelta:
        """Working time between two moments on this office's clock, the first not after the second."""
        one, other = first.date(), last.date()
        if one == other:
            return self._within(first, last)
        ends = self._within(first, self.moment(one, DAY)) + self._within(self.moment(other, 0), last)
        return ends + timedelta(minutes=self._minutes.between(one + _ONE_DAY, other))

    def working_after(self, first: datetime, wanted: timedelta, *, reach: int) -> datetime | None:
        """The earliest moment by which so much working time has passed since a moment on this office's clock.

        None where that is not within `reach` days. `wanted` is above zero.
        """
        day = first.date()
        today = self._within(first, self.moment(day, DAY))
        if today >= wanted:
            return self._passed(first, wanted)
        wanted -= today
        found = self._minutes.reached(day + _ONE_DAY, -(-wanted // _MINUTE), day + timedelta(days=reach))
        if found is None:
            return None
        return self._passed(self.moment(found[0], 0), wanted - timedelta(minutes=found[1]))

    def working_day_after(self, day: date, wanted: int, *, reach: int) -> date | None:
        """The n-th working day after this one; None where that is not within `reach` days."""
        found = self._days.reached(day + _ONE_DAY, wanted, day + timedelta(days=reach + 1))
        return found and found[0]

    def _passed(self, first: datetime, wanted: timedelta) -> datetime:
        """When so much of the rest of a day's working time has passed; the day has so much."""
        for opens, closes in self.spans_of(first.date()):
            begins = max(opens, first)
            if closes - begins >= wanted:
                return begins + wanted
            wanted -= max(closes - begins, timedelta(0))
        raise ValueError(f"{first.date()} has no {wanted} left")

    def _within(self, first: datetime, last: datetime) -> timedelta:
        """Working time of the day of `first`, cut to the two moments."""
        spans = ((max(opens, first), min(closes, last)) for opens, closes in self.spans_of(first.date()))
        return sum((end - begin for begin, end in spans if begin < end), timedelta(0))


_ONE_DAY, _MINUTE, _MIDNIGHT = timedelta(days=1), timedelta(minutes=1), time()


PATTERNS: Mapping[str, Mapping[str, Any]] = {
    "perpres-21-2023": {},
    "siaga-24-7": {"week": ["00:00-24:00"] * 7, "closes_on_holidays": False},
}
"""Patterns by the name that registers use: what differs from the national week."""


def _check(calendar: Calendar) -> None:
    check_zone(calendar.zone)
    for each in (calendar.week, *(season.week for season in calendar.seasons)):
        check_week(each)
    if not any(calendar.week):
        raise NotValid(what="a working week", wanted="at least one span long", found="empty")


@cache
def check_zone(name: str) -> None:
    """Refuse what is no zone, and a zone with summer time. Raises NotValid."""
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise NotValid(what="the zone of a calendar", wanted="an IANA name", found=name) from fault
    winter, summer = (datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    if winter != summer:  # minutes of a day are counted on the wall clock, which would then jump
        raise NotValid(what="the zone of a calendar", wanted="one without summer time", found=name)


def check_week(days: Week) -> None:
    """Refuse a week that has not seven days, or whose spans overlap. Raises NotValid."""
    if len(days) != 7:  # noqa: PLR2004 - a week has seven days
        raise NotValid(what="a working week", wanted="seven days", found=len(days))
    for spans in days:
        if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
            raise NotValid(what="the hours of a working day", wanted="in order and apart", found=spans)
