"""Why this date? A deadline told step by step, in sentences that are translated later. It counts nothing of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from engine.domain.calendar import Calendar, Season, hours_written
from engine.domain.counting import WORKING, WorkingTime, base_at
from engine.domain.reckoning import Extension, Leg, Pause, Reckoning, reckon
from engine.domain.release import Allowance, Clock
from engine.domain.succession import Move

FEW: Final = 5
"""So many days are told one by one; more are told as spans."""
MOST_HOLIDAYS: Final = 15
"""So many holidays are told by name; of more, the rest by their number."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the answer to "why this date?".

    `message` is a sentence with braces, the key under which it is translated; `facts` fills the braces. A fact may be
    a reason itself: an amount of time, in words.
    """

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The line in whole words, in the language of `translate`."""
        facts = {
            name: each.sentence(translate) if isinstance(each, Reason) else each for name, each in self.facts.items()
        }
        return translate(self.message).format_map(facts)


def explain(
    start: datetime,
    allowance: Allowance,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    moves: Sequence[Move] = (),
    now: datetime | None = None,
) -> tuple[Reason, ...]:
    """Why the deadline is when it is, line by line, from the start to the due moment. Arguments and refusals as in `reckon`."""
    pauses, extensions = tuple(pauses), tuple(extensions)
    made = reckon(start, allowance, calendar, pauses=pauses, extensions=extensions, moves=moves, now=now)
    return (
        Reason("The count began on {moment}.", {"moment": made.start}),
        _told(allowance, _RULES, _RULES_IN_MINUTES),
        *([Reason("The allowance rests on: {basis}", {"basis": allowance.basis})] if allowance.basis else []),
        *(_moved(each) for each in sorted(moves, key=lambda each: each.at) if each.at > made.start),
        *_seasons(made),
        *_by_day([*_counted(made.start, made.legs[0], made.office), *_days_off(made)]),
        *_added(made, allowance, extensions, paused=bool(pauses)),
        *_paused(made, pauses, allowance.clock),
        *_hours_at_the_end(made),
        *_ending(made, allowance.clock),
        *_standing(made, moves[-1].calendar if moves else calendar),
    )


_RULES: Final = {
    Clock.RUNNING_HOURS: "{amount} hours count without a break, nights and holidays included.",
    Clock.WORKING_HOURS: "{amount} working hours count only while the office works.",
    Clock.WORKING_DAYS: "{amount} working days count from the next working day, until close of business of the last.",
    Clock.CALENDAR_DAYS: "{amount} calendar days count from the next day, holidays included, until the end of the last.",
    Clock.CONSECUTIVE_DAYS: (
        "{amount} consecutive days count from the next day, holidays included, until the end of the last; "
        "a pause breaks the run, and the count begins anew on the day after it."
    ),
    Clock.MONTHS: "{amount} months count to the end of the day of the same number, or of the month's last day.",
}
_SPANS: Final = {
    Clock.RUNNING_HOURS: "{amount} hours",
    Clock.WORKING_HOURS: "{amount} working hours",
    Clock.WORKING_DAYS: "{amount} working days",
    Clock.CALENDAR_DAYS: "{amount} calendar days",
    Clock.CONSECUTIVE_DAYS: "{amount} consecutive days",
    Clock.MONTHS: "{amount} months",
}
_RULES_IN_MINUTES: Final = {
    Clock.RUNNING_HOURS: "{amount} minutes count without a break, nights and holidays included.",
    Clock.WORKING_HOURS: "{amount} working minutes count only while the office works.",
}
_SPANS_IN_MINUTES: Final = {Clock.RUNNING_HOURS: "{amount} minutes", Clock.WORKING_HOURS: "{amount} working minutes"}
_WITHOUT: Final = {
    (True, True): "Without pauses and extensions it is due on {moment}.",
    (True, False): "Without extensions it is due on {moment}.",
    (False, True): "Without pauses it is due on {moment}.",
}
_DAYS_IN_A_ROW: Final = frozenset({Clock.CALENDAR_DAYS, Clock.CONSECUTIVE_DAYS})
_STOOD: Final = {
    "applicant": "From {begins} to {ends} the clock stood still: the office waited for the applicant.",
    "other-agency": "From {begins} to {ends} the clock stood still: the office waited for another agency.",
    "force-majeure": "From {begins} to {ends} the clock stood still: force majeure.",
    "suspended": "From {begins} to {ends} the clock stood still: the case was suspended.",
    "": "From {begins} to {ends} the clock stood still.",
}
_STANDS: Final = {
    "applicant": "Since {begins} the clock stands still: the office waits for the applicant.",
    "other-agency": "Since {begins} the clock stands still: the office waits for another agency.",
    "force-majeure": "Since {begins} the clock stands still: force majeure.",
    "suspended": "Since {begins} the clock stands still: the case is suspended.",
    "": "Since {begins} the clock stands still.",
}
_STOOD_OTHERWISE: Final = "From {begins} to {ends} the clock stood still: {why}."
_STANDS_OTHERWISE: Final = "Since {begins} the clock stands still: {why}."


_TAKEN: Final = {
    (True, False): "That is {amount} of working time, by which the date moves.",
    (True, True): "Beyond what was taken before it that is {amount} of working time, by which the date moves.",
    (False, False): "That is {amount}, by which the date moves.",
    (False, True): "Beyond what was taken before it that is {amount}, by which the date moves.",
}


def _moved(move: Move) -> Reason:
    moment = move.calendar.local(move.at)
    if move.name:
        return Reason("From {moment} on, the calendar of {name} counts.", {"moment": moment, "name": move.name})
    return Reason("From {moment} on, the calendar of another office counts.", {"moment": moment})


def _seasons(made: Reckoning) -> Iterator[Reason]:
    """Which weeks hold beside the usual one; of interest where working time is counted."""
    if not any(each.clock in WORKING for each in made.legs):
        return
    found: dict[Season, None] = {}
    for day in _days(made.start.date(), _last(made).date()):
        season = made.office.on(day).season_of(day)
        found |= {season: None} if season else {}
    for each in found:
        name = f"{each.name} ({each.basis})" if each.basis else each.name
        if each.first and each.last:
            facts = {"first": each.first, "last": each.last, "name": name}
            yield Reason("From {first} to {last} other working hours hold: {name}.", facts)
        else:
            yield Reason("The working hours are those of: {name}.", {"name": name})


def _by_day(lines: Iterable[Reason]) -> list[Reason]:
    """Days that count and days that do not, as they follow one another; what is said of many days, after them."""
    return sorted(lines, key=lambda line: ("count" in line.facts, line.facts.get("day") or line.facts.get("first")))


def _counted(begun: datetime, leg: Leg, office: WorkingTime) -> Iterator[Reason]:
    """What counts until the base of the first leg."""
    if leg.clock in _DAYS_IN_A_ROW and leg.base.date() > begun.date() + _DAY:
        first, last = begun.date() + _DAY, leg.base.date()
        facts = {"first": first, "last": last, "place": (last - begun.date()).days}
        yield Reason("{first} is day 1, {last} is day {place}.", facts)
    if leg.clock is Clock.MONTHS and leg.base.day != begun.day:
        facts = {"number": begun.day, "day": leg.base.date()}
        yield Reason("The month of the end has no day {number}: its last day is {day}.", facts)
    if leg.clock is Clock.WORKING_DAYS:
        yield from _working_days(begun.date(), leg.base.date(), office)
    if leg.clock is Clock.WORKING_HOURS:
        yield from _working_hours(begun, leg.base, office)


def _working_days(begun: date, last: date, office: WorkingTime) -> Iterator[Reason]:
    days = [each for each in _days(begun + _DAY, last) if office.on(each).is_working_day(each)]
    if len(days) <= FEW:
        for place, day in enumerate(days, start=1):
            yield Reason("{day} is working day {place}.", {"day": day, "place": place})
        return
    place = 1
    for run in _runs(days, office):
        if len(run) == 1:
            yield Reason("{day} is working day {place}.", {"day": run[0], "place": place})
        else:
            facts = {"first": run[0], "last": run[-1], "place": place, "until": place + len(run) - 1}
            yield Reason("{first} to {last} are the working days {place} to {until}.", facts)
        place += len(run)


def _working_hours(begun: datetime, last: datetime, office: WorkingTime) -> Iterator[Reason]:
    days = [each for each in _days(begun.date(), last.date()) if office.on(each).is_working_day(each)]
    whole = {each: _share(each, begun, last, office) for each in days}
    days = [each for each in days if whole[each]]
    if len(days) <= FEW:
        for day in days:
            yield _on_a_day(day, whole[day], office)
        return
    yield _on_a_day(days[0], whole[days[0]], office)
    for run in _runs(days[1:-1], office):
        facts = {
            "first": run[0],
            "last": run[-1],
            "days": len(run),
            "amount": _amount(sum((whole[each] for each in run), timedelta(0))),
        }
        if len(run) == 1:
            yield _on_a_day(run[0], whole[run[0]], office)
        else:
            yield Reason("From {first} to {last}, {amount} on {days} working days count.", facts)
    yield _on_a_day(days[-1], whole[days[-1]], office)


def _on_a_day(day: date, share: timedelta, office: WorkingTime) -> Reason:
    facts = {
        "day": day,
        "spans": _spans(day, office),
        "amount": _amount(share),
    }
    return Reason("On {day} the office works {spans}, of which {amount} count.", facts)


def _share(day: date, begun: datetime, last: datetime, office: WorkingTime) -> timedelta:
    calendar = office.on(day)
    first, end = max(calendar.moment(day, 0), begun), min(calendar.moment(day + _DAY, 0), last)
    return office.working_between(office.local(first), office.local(end)) if first < end else timedelta(0)


def _runs(days: Iterable[date], office: WorkingTime) -> list[list[date]]:
    """Working days in a row; the free days of the week do not part them, holidays do."""
    runs: list[list[date]] = []
    for day in days:
        if runs and not any(office.on(each).why_closed(each) for each in _days(runs[-1][-1] + _DAY, day - _DAY)):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _days_off(made: Reckoning) -> Iterator[Reason]:
    """The days between start and end on which the office does not work: holidays by name, the rest by their number."""
    if not any(each.clock in WORKING for each in made.legs):
        return
    office = made.office
    off = [day for day in _days(made.start.date(), _last(made).date()) if not office.on(day).is_working_day(day)]
    named = [(day, office.on(day).why_closed(day)) for day in off]
    holidays = [(day, name) for day, name in named if name]
    for day, name in holidays[:MOST_HOLIDAYS]:
        yield _holiday(day, name, office.on(day))
    if more := holidays[MOST_HOLIDAYS:]:
        facts = {"count": len(more), "first": more[0][0], "last": more[-1][0]}
        yield Reason("{count} more holidays until {last} do not count.", facts)
    free = [day for day, name in named if not name]
    if len(free) <= FEW:
        for day in free:
            yield Reason("{day} does not count: the office does not work on this day of the week.", {"day": day})
    else:
        facts = {"count": len(free), "first": free[0], "last": free[-1]}
        yield Reason("{count} days from {first} to {last} do not count: the office does not work on these days of the week.", facts)  # fmt: skip


def _holiday(day: date, name: str, office: Calendar) -> Reason:
    """A holiday by its name; with its ground, where that is another than the decree of the year, which is named at the end."""
    known, name = office.days.get(day), name.removesuffix(".")
    if known and known.basis and known.basis != office.decreed.get(day.year):
        facts = {"day": day, "name": name, "basis": known.basis}
        return Reason("{day} does not count: {name} ({basis}).", facts)
    return Reason("{day} does not count: {name}.", {"day": day, "name": name})


def _added(made: Reckoning, allowance: Allowance, extensions: Sequence[Extension], *, paused: bool) -> Iterator[Reason]:
    """Where it would fall without pauses, and each extension with the moment to which it moves that."""
    if not extensions and not paused:
        return
    at = base_at(made.start, allowance, made.office)
    yield Reason(_WITHOUT[bool(extensions), paused], {"moment": at})
    added = "It was extended by {span}: until {moment}."
    if paused:
        added = "It was extended by {span}; without pauses this is until {moment}."
    for each in extensions:
        at = base_at(at, each.allowance, made.office)
        span = _told(each.allowance, _SPANS, _SPANS_IN_MINUTES)
        yield Reason(added, {"span": span, "moment": at})
        if basis := each.basis or each.allowance.basis:
            yield Reason("The extension rests on: {basis}", {"basis": basis})


def _paused(made: Reckoning, pauses: Sequence[Pause], clock: Clock) -> Iterator[Reason]:
    """Each pause with its reason, and what it takes beyond those that began before it."""
    seen = made.start
    for each in sorted(pauses, key=lambda pause: pause.begins):
        begins, ends = made.office.local(each.begins), each.ends and made.office.local(each.ends)
        if ends is None and all(stop[1] for stop in made.stops):
            continue  # it has not begun yet
        yield _stood(begins, ends, each.why)
        if ends is None:
            continue
        if made.due is not None and begins >= made.due:
            yield Reason("It began after the deadline: it moves nothing.")
        elif clock is Clock.CONSECUTIVE_DAYS and ends > made.start:
            yield Reason("The run is broken: the count begins anew, and {day} is day 1.", {"day": ends.date() + _DAY})
        elif taken := made.counts(max(begins, seen), ends):
            yield Reason(
                _TAKEN[clock in WORKING, made.start < seen and begins < seen], {"amount": _amount(taken, clock)}
            )
        else:
            yield Reason("No counted time fell into it, or a pause before it had taken it already: it moves nothing.")
        seen = max(seen, ends)


def _stood(begins: datetime, ends: datetime | None, why: str) -> Reason:
    facts = {"begins": begins, "ends": ends, "why": why}
    if ends is None:
        return Reason(_STANDS.get(why, _STANDS_OTHERWISE), facts)
    return Reason(_STOOD.get(why, _STOOD_OTHERWISE), facts)


def _hours_at_the_end(made: Reckoning) -> Iterator[Reason]:
    """When the office works on the days in which it ends, as far as that has not been told: until when a day lasts."""
    if made.legs[-1].clock not in WORKING:
        return
    told = len(made.legs) == 1 and made.legs[0].clock is Clock.WORKING_HOURS
    first, last = made.base.date() + (_DAY if told else timedelta(0)), _last(made).date()
    days = [each for each in _days(first, last) if made.office.on(each).is_working_day(each)]
    for day in days if len(days) <= FEW else days[-1:]:
        yield Reason("On {day} the office works {spans}.", {"day": day, "spans": _spans(day, made.office)})


def _spans(day: date, office: WorkingTime) -> str:
    return hours_written(office.on(day).hours_of(day)).replace(" ", ", ")


def _ending(made: Reckoning, clock: Clock) -> Iterator[Reason]:
    if made.due is not None:
        yield Reason("It is due on {moment}.", {"moment": made.due})
        return
    left = made.left_when_stopped or timedelta(0)
    if made.legs[-1].clock is Clock.CONSECUTIVE_DAYS and clock is Clock.CONSECUTIVE_DAYS:
        yield Reason("It has no date until the pause ends; then all {days} days are counted anew.", {"days": left.days})
    else:
        left_then = "It has no date until the pause ends; {amount} are left then."
        if clock in WORKING:
            left_then = "It has no date until the pause ends; {amount} of working time are left then."
        yield Reason(left_then, {"amount": _amount(left, clock)})


def _standing(made: Reckoning, calendar: Calendar) -> Iterator[Reason]:
    """The edition and the decrees that were counted with, and what may still move the date."""
    if not any(each.clock in WORKING for each in made.legs):
        return
    last = _last(made).date()
    if calendar.edition:
        yield Reason("It was counted with edition {edition} of the calendar.", {"edition": calendar.edition})
    if not (calendar.closes(made.start.date()) or calendar.closes(last)):
        return
    for year in range(made.start.year, last.year + 1):
        if calendar.certain is not None and year not in calendar.certain:
            yield Reason("The joint leave days of {year} are not decreed yet: the date may move.", {"year": year})
        elif calendar.decreed.get(year):
            facts = {"year": year, "basis": calendar.decreed[year]}
            yield Reason("The days off of {year} are those of: {basis}.", facts)
    for day in _days(made.start.date(), last):
        known = made.office.on(day).days.get(day)
        if known and known.estimated and made.office.on(day).closes(day):
            facts = {"day": day, "name": known.title}
            yield Reason("{day} is an estimate for {name}: the date may move.", facts)


def _last(made: Reckoning) -> datetime:
    return made.due or made.base


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY


def _amount(span: timedelta, clock: Clock = Clock.WORKING_HOURS) -> Reason:
    """An amount of time in words; in days too where whole days are counted, since working days differ in length."""
    minutes = round(span.total_seconds() / 60)
    days, rest = (0, minutes) if clock in WORKING else divmod(minutes, 24 * 60)
    facts = {"days": days, "hours": rest // 60, "minutes": rest % 60}
    return Reason(_AMOUNTS[bool(days), rest >= 60, bool(rest % 60)], facts)  # noqa: PLR2004 - minutes of an hour


_AMOUNTS: Final = {
    (False, False, False): "{minutes} min",
    (False, False, True): "{minutes} min",
    (False, True, False): "{hours} h",
    (False, True, True): "{hours} h {minutes} min",
    (True, False, False): "{days} d",
    (True, False, True): "{days} d {minutes} min",
    (True, True, False): "{days} d {hours} h",
    (True, True, True): "{days} d {hours} h {minutes} min",
}


def _told(allowance: Allowance, in_its_unit: Mapping[Clock, str], in_minutes: Mapping[Clock, str]) -> Reason:
    """The sentence for an amount: in minutes where people say it so."""
    minutes = allowance.in_minutes
    pattern = in_minutes[allowance.clock] if minutes else in_its_unit[allowance.clock]
    return Reason(pattern, {"amount": str(minutes) if minutes else _plain(allowance.amount)})


def _plain(amount: float) -> str:
    return str(int(amount)) if amount == int(amount) else f"{amount:g}"
