"""When a timer fires: ISO 8601 as drawn, a span that an office counts, or FEEL that gives one of these. It asks no clock.

Months of ISO 8601 count by the calendar (31 January + P1M is the last of February), in the zone of the instant they are
added to. `working days(3)` and its kin are counted as deadlines are, by the calendar of an office; that is not known
here, so such a timer is written down as the instant from which it counts and the allowance (`Counted`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from engine import feel
from engine.domain.deadline import check_allowance
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid
from engine.expression import Condition
from engine.process import NotATime

_DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,5})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,8})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,10})(?:[.,]([0-9]{1,6}))?S)?)?"
)
_COUNTED: Final = re.compile(
    rf"({'|'.join(clock.value.replace('-', ' +') for clock in Clock)}) *\( *(-?[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?) *\)"
)
_CYCLE: Final = re.compile(r"R([0-9]{0,9})/(.+)")
_YEAR: Final = 12
SHORTEST: Final = timedelta(minutes=1)
"""The shortest period of a cycle: a shorter one would only keep a worker busy."""


class Duration(NamedTuple):
    """A span of calendar months and exact time; not a span of working days."""

    months: int
    exact: timedelta

    def after(self, moment: datetime, times: int = 1) -> datetime:
        """The instant this long (or a multiple of it) after another. Raises OverflowError beyond the year 9999."""
        years, month = divmod(moment.year * _YEAR + moment.month - 1 + self.months * times, _YEAR)
        if not 1 <= years <= date.max.year:
            raise OverflowError(years)
        return _on_day(moment, years, month + 1) + self.exact * times

    @property
    def is_nothing(self) -> bool:
        """Whether it takes no time."""
        return not self.months and not self.exact


class Counted(NamedTuple):
    """An instant that only the calendar of an office can tell."""

    since: datetime
    allowance: Allowance

    def isoformat(self) -> str:
        """As it stands in a snapshot, where else the instant stands; `read_instant` reads both."""
        return f"{self.since.isoformat()}/{self.allowance.clock}/{self.allowance.amount:g}"


Period: TypeAlias = Duration | Allowance


class Cycle(NamedTuple):
    """A number of firings, each one period after the one before."""

    repeats: int | None
    """None: for as long as the activity lasts."""
    period: Period
    text: str
    """The period as drawn."""


class Unreadable(ValueError):
    """A text that is no time; its argument says what is wrong with it."""


def _on_day(moment: datetime, year: int, month: int) -> datetime:
    for day in range(moment.day, moment.day - 4, -1):
        try:
            return moment.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    raise OverflowError(month)


def read_date(text: str) -> datetime:
    """Read an instant with its zone."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise Unreadable("no date and time")
    if found[3] is None:
        raise Unreadable("a date and time without a zone")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("no day of the calendar") from None


def read_duration(text: str) -> Duration:
    """Read a duration; a negative one is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise Unreadable("a negative duration" if text.startswith("-P") else "no duration")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:7])
    fraction = int((found[8] or "0").ljust(6, "0"))
    try:
        exact = timedelta(days, seconds, fraction, minutes=minutes, hours=hours, weeks=weeks)
    except OverflowError:
        raise Unreadable("longer than any calendar") from None
    return Duration(years * _YEAR + months, exact)


def read_period(text: str) -> Period:
    """Read a duration, or a span that an office counts: `working days(3)`."""
    found = _COUNTED.fullmatch(text)
    if found is None:
        return read_duration(text)
    allowance = Allowance(float(found[2]), Clock(re.sub(" +", "-", found[1])))
    try:
        check_allowance(allowance)
    except NotValid:
        raise Unreadable("no span that an office can count") from None
    return allowance


def read_cycle(text: str) -> Cycle:
    """Read `Rn/period`."""
    found = _CYCLE.fullmatch(text)
    if found is None:
        raise Unreadable("no cycle (such as R3/P1D)")
    period = read_period(found[2].strip())
    count = int(found[1]) if found[1] else None
    if count == 0:
        raise Unreadable("a cycle that never fires")
    if _is_shorter(period):
        raise Unreadable("a period of less than a minute")
    return Cycle(count, period, found[2].strip())


def _is_shorter(period: Period) -> bool:
    if isinstance(period, Duration):
        return not period.months and period.exact < SHORTEST
    return timedelta(hours=period.amount) < SHORTEST


def after(period: Period, moment: datetime, times: int = 1) -> datetime | Counted:
    """The instant a period (or a multiple of it) after another. Raises OverflowError where no calendar goes so far.

    A multiple of an office's span is one longer span: the second `working days(2)` of a cycle ends with the fourth day.
    """
    if isinstance(period, Duration):
        return period.after(moment, times)
    longer = replace(period, amount=period.amount * times)
    try:
        check_allowance(longer)
    except NotValid:
        raise OverflowError(times) from None
    return Counted(moment, longer)


def read_instant(text: str) -> datetime | Counted:
    """Read when a timer fires, as it stands in a snapshot. Raises ValueError."""
    since, *counted = text.split("/")
    if not counted:
        return datetime.fromisoformat(since)
    clock, amount = counted
    return Counted(datetime.fromisoformat(since), Allowance(float(amount), Clock(clock)))


_READERS: Final[Mapping[str, Callable[[str], datetime | Period | Cycle]]] = {
    "date": read_date,
    "duration": read_period,
    "cycle": read_cycle,
}
_LITERAL: Final = re.compile(r"-?P[0-9T].*|R-?[0-9]*/.*|[0-9]{4}-[0-9]{2}.*|[+-]?[0-9]+", re.DOTALL)


def looks_literal(text: str, kind: str) -> bool:
    """Whether a text is meant as a time itself rather than as an expression."""
    return _LITERAL.fullmatch(text) is not None or (kind == "duration" and _COUNTED.fullmatch(text) is not None)


@dataclass(frozen=True, slots=True)
class Timer:
    """What a timer event says of its time."""

    element: str
    kind: str
    text: str
    literal: datetime | Period | Cycle | None
    expression: Condition | None

    @property
    def names(self) -> frozenset[str]:
        """The facts that it reads."""
        return self.expression.names if self.expression else frozenset()

    def begin(self, facts: Mapping[str, Any], at: datetime) -> tuple[datetime | Counted, Cycle | None]:
        """The first instant at which it fires, armed at `at`, and the cycle it goes on with. Raises NotATime."""
        try:
            time_ = self.literal or self._evaluated(facts, at)
            if isinstance(time_, datetime):
                return time_, None
            period = time_.period if isinstance(time_, Cycle) else time_
            return after(period, at), time_ if isinstance(time_, Cycle) else None
        except Unreadable as wrong:
            raise NotATime(element=self.element, text=self.text, found=str(wrong)) from None
        except OverflowError:
            raise NotATime(element=self.element, text=self.text, found="a time after the year 9999") from None

    def _evaluated(self, facts: Mapping[str, Any], at: datetime) -> datetime | Period | Cycle:
        value = self.expression.value(facts, at) if self.expression else None
        if isinstance(value, str):
            return _READERS[self.kind](value)
        if self.kind == "date" and isinstance(value, datetime) and value.tzinfo is not None:
            return value
        if self.kind == "duration" and isinstance(value, timedelta) and value >= timedelta(0):
            return Duration(0, value)
        if self.kind == "duration" and isinstance(value, feel.YearsMonths) and value.months >= 0:
            return Duration(value.months, timedelta(0))
        if self.kind == "duration" and isinstance(value, Allowance):
            return value
        raise Unreadable(_kind_of(value))


def read_timer(element: str, kind: str, text: str) -> Timer:
    """Read the time of a timer event. Raises Unreadable or feel.FeelSyntaxError."""
    plain = text.removeprefix("=").strip()
    if looks_literal(plain, kind):
        return Timer(element, kind, text, _READERS[kind](plain), None)
    return Timer(element, kind, text, None, Condition(plain, element, timed=kind == "duration"))


def _kind_of(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return "a date and time without a zone"
    if isinstance(value, timedelta | feel.YearsMonths):
        return "a negative duration"
    if isinstance(value, date | time):
        return "a date or a time alone"
    return "something else"
