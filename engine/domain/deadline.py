"""A deadline: when an activity should be done, counted on the clock of its allowance in its office's working time.

It measures and never changes the flow: what changes the flow is a timer, drawn in the diagram.

How each clock counts, decided here and written out in docs/decisions/0005-counting-time.md:

- running hours: every hour, from the start to the same clock time (UU 27/2022 says *3 x 24 jam*);
- working hours: only while the office works; they end within working time;
- working days: the day of the start is not counted, and the allowance ends at close of business of the n-th working
  day after it, as *paling lama n hari kerja* is read (the term begins on the following day: UU 8/1981 art. 228);
- calendar days: the day of the start is not counted either, and the allowance ends with the n-th day, free or not;
- months: it ends with the day of the same number n months later, or with that month's last day.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from engine.domain.calendar import Calendar
from engine.domain.release import Allowance, Clock
from engine.errors import NotValid

REACH = 3_660
"""Days that a count may pass before it is refused: ten years."""

_WHOLE = {Clock.WORKING_DAYS, Clock.CALENDAR_DAYS, Clock.MONTHS}
_MOST = {
    Clock.RUNNING_HOURS: REACH * 24,
    Clock.WORKING_HOURS: REACH * 24,
    Clock.WORKING_DAYS: REACH,
    Clock.CALENDAR_DAYS: REACH,
    Clock.MONTHS: 120,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the answer to "why this date?".

    `message` is a sentence with braces, the key under which it is translated; `facts` fills the braces.
    """

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The line in whole words, in the language of `translate`."""
        return translate(self.message).format_map(self.facts)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What is left until a deadline; below zero, by how much it was missed."""

    working: timedelta
    """Counted while the office works."""
    running: timedelta
    """Counted on the wall clock."""

    @property
    def late(self) -> bool:
        """Whether the deadline has passed."""
        return self.running < timedelta(0)


def due_at(start: datetime, allowance: Allowance, calendar: Calendar) -> datetime:
    """The moment at which the allowance ends, on the office's clock.

    Refused (NotValid) when the amount is not above zero, is a fraction of a day or a month, or reaches beyond ten years.
    """
    check_allowance(allowance)
    begun = calendar.local(start)
    match allowance.clock:
        case Clock.RUNNING_HOURS:
            return begun + timedelta(hours=allowance.amount)
        case Clock.WORKING_HOURS:
            return _after_working(begun, timedelta(hours=allowance.amount), calendar)[-1][1]
        case Clock.WORKING_DAYS:
            return calendar.closing(_working_days(begun.date(), int(allowance.amount), calendar)[-1])
        case Clock.CALENDAR_DAYS:
            return _end_of(begun.date() + timedelta(days=int(allowance.amount)), calendar)
        case Clock.MONTHS:
            return _end_of(_months_later(begun.date(), int(allowance.amount)), calendar)


def time_left(now: datetime, due: datetime, calendar: Calendar) -> TimeLeft:
    """How long from now until the deadline, in working time and on the wall clock; negative once it is late."""
    now, due = calendar.local(now), calendar.local(due)
    running = due - now
    if running < timedelta(0):
        return TimeLeft(-_working_between(due, now, calendar), running)
    return TimeLeft(_working_between(now, due, calendar), running)


def explain(start: datetime, allowance: Allowance, calendar: Calendar) -> tuple[Reason, ...]:
    """Why the deadline is when it is, line by line, from the start to the due moment. Refused as in `due_at`."""
    due = due_at(start, allowance, calendar)
    begun = calendar.local(start)
    opening = Reason("The count began on {moment}.", {"moment": begun})
    rule = Reason(_RULES[allowance.clock], {"amount": _plain(allowance.amount)})
    basis = (Reason("The allowance rests on: {basis}", {"basis": allowance.basis}),) if allowance.basis else ()
    counted = tuple(_counted(begun, due, allowance, calendar))
    ending = Reason("It is due on {moment}.", {"moment": due})
    return (opening, rule, *basis, *counted, ending, *_doubts(begun, due, allowance, calendar))


_RULES = {
    Clock.RUNNING_HOURS: "{amount} hours count without a break, nights and holidays included.",
    Clock.WORKING_HOURS: "{amount} working hours count only while the office works.",
    Clock.WORKING_DAYS: "{amount} working days count from the next working day, until close of business of the last.",
    Clock.CALENDAR_DAYS: "{amount} calendar days count from the next day, holidays included, until the end of the last.",
    Clock.MONTHS: "{amount} months count to the end of the day of the same number, or of the month's last day.",
}


def check_allowance(allowance: Allowance) -> None:
    amount, clock = allowance.amount, allowance.clock
    if not math.isfinite(amount) or not 0 < amount <= _MOST[clock]:
        raise NotValid(what=f"an allowance in {clock}", wanted=f"above 0 and at most {_MOST[clock]}", found=amount)
    if clock in _WHOLE and amount != int(amount):
        raise NotValid(what=f"an allowance in {clock}", wanted="a whole number", found=amount)


def _after_working(begun: datetime, wanted: timedelta, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    """The spans of working time that are used up, in order; the last ends where the allowance does."""
    used: list[tuple[datetime, datetime]] = []
    for opens, closes in _spans_from(begun, calendar):
        length = closes - opens
        if wanted <= length:
            return [*used, (opens, opens + wanted)]
        wanted -= length
        used.append((opens, closes))
    raise _beyond(begun)


def _spans_from(begun: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    for ahead in range(REACH):
        for opens, closes in calendar.spans_of(begun.date() + timedelta(days=ahead)):
            if closes > begun:
                yield max(opens, begun), closes


def _working_days(begun: date, wanted: int, calendar: Calendar) -> list[date]:
    days: list[date] = []
    for ahead in range(1, REACH + 1):
        day = begun + timedelta(days=ahead)
        if calendar.is_working_day(day):
            days.append(day)
        if len(days) == wanted:
            return days
    raise _beyond(begun)


def _beyond(begun: date) -> NotValid:
    return NotValid(what="an allowance", wanted="one that ends within ten years", found=f"open on {begun.isoformat()}")


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _end_of(day: date, calendar: Calendar) -> datetime:
    """The last second of the day, so that the date shown is the date meant."""
    return datetime.combine(day, time(23, 59, 59), calendar.tz)


def _working_between(first: datetime, last: datetime, calendar: Calendar) -> timedelta:
    """Working time between two moments on the office's clock, the first not after the second."""
    if first.date() == last.date():
        return _within(first, last, calendar)
    between = (last.date() - first.date()).days
    whole = sum(calendar.minutes_of(first.date() + timedelta(days=each)) for each in range(1, between))
    midnight = calendar.moment(last.date(), 0)
    ends = _within(first, calendar.moment(first.date() + timedelta(days=1), 0), calendar)
    return ends + timedelta(minutes=whole) + _within(midnight, last, calendar)


def _within(first: datetime, last: datetime, calendar: Calendar) -> timedelta:
    """Working time of the day of `first`, cut to the two moments."""
    spans = ((max(opens, first), min(closes, last)) for opens, closes in calendar.spans_of(first.date()))
    return sum((end - begin for begin, end in spans if begin < end), timedelta(0))


def _counted(begun: datetime, due: datetime, allowance: Allowance, calendar: Calendar) -> Iterator[Reason]:
    if allowance.clock is Clock.WORKING_HOURS:
        for opens, closes in _after_working(begun, timedelta(hours=allowance.amount), calendar):
            yield Reason("{opens} to {closes} counts.", {"opens": opens, "closes": closes})
    if allowance.clock is Clock.WORKING_DAYS:
        for place, day in enumerate(_working_days(begun.date(), int(allowance.amount), calendar), start=1):
            yield Reason("{day} is working day {place}.", {"day": day, "place": place})
    if allowance.clock in {Clock.WORKING_HOURS, Clock.WORKING_DAYS}:
        yield from _not_counted(begun.date(), due.date(), calendar)


def _not_counted(first: date, last: date, calendar: Calendar) -> Iterator[Reason]:
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if not calendar.is_working_day(day):
            name = calendar.why_closed(day)
            yield (
                Reason("{day} does not count: {name}.", {"day": day, "name": name})
                if name
                else Reason("{day} does not count: the office does not work on this day of the week.", {"day": day})
            )


def _doubts(begun: datetime, due: datetime, allowance: Allowance, calendar: Calendar) -> Iterator[Reason]:
    """Say what may still move the date, and what the law does not."""
    if allowance.clock not in {Clock.WORKING_HOURS, Clock.WORKING_DAYS} or not calendar.closes_on_holidays:
        return
    for year in range(begun.year, due.year + 1):
        if calendar.certain is not None and year not in calendar.certain:
            yield Reason("The joint leave days of {year} are not decreed yet: the date may move.", {"year": year})


def _plain(amount: float) -> str:
    return str(int(amount)) if amount == int(amount) else f"{amount:g}"
