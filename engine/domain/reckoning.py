"""A reckoning: where a deadline falls once pauses, extensions and moves to other offices are counted in.

The rule, written out in docs/decisions/0005-counting-time.md: an allowance and a calendar give a base moment. What the
clock counts from the start to there is the budget. The deadline is the earliest moment at which counted time that was
not paused has used the budget up. So it moves by exactly the counted time that pauses took, parts of days included.
Extensions are added to the base one after the other, each by its own clock, before pauses. Consecutive days have no
budget that could be saved up: a pause breaks the run, and the count begins anew on the day after the pause ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from engine.domain.calendar import Calendar
from engine.domain.counting import WorkingTime, base_at, counted, reached
from engine.domain.release import Allowance, Clock
from engine.domain.succession import Move, Succession
from engine.errors import NotValid

NOTHING: Final = timedelta(0)
Stop: TypeAlias = "tuple[datetime, datetime | None]"
"""A span that does not count, on the office's clock; several pauses that touch are one."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A span in which a clock stands still, with its lawful reason. One without an end goes on."""

    begins: datetime
    ends: datetime | None = None
    why: str = ""
    """`applicant`, `other-agency`, `force-majeure`, `suspended`, or words."""

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins."""
        if self.ends is not None and self.ends < self.begins:
            raise NotValid(
                what="a pause", wanted="one that begins before it ends", found=f"{self.begins} - {self.ends}"
            )


@dataclass(frozen=True, slots=True)
class Extension:
    """What is added to an allowance, with its own clock and the decision that it rests on."""

    allowance: Allowance
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One allowance of a reckoning, the first or an extension: as it would run without pauses, and as it ran."""

    allowance: Allowance
    base: datetime
    """Where it ends if nothing pauses it."""
    budget: timedelta
    """What its clock counts until then."""
    entered: datetime | None = None
    """When the leg before it had ended; None where that is held up."""
    began: datetime | None = None
    """The same, but of consecutive days when the last run began: what was counted before is lost."""
    ended: datetime | None = None
    """None while an open pause holds it up."""

    @property
    def clock(self) -> Clock:
        """What counts it."""
        return self.allowance.clock


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a deadline falls, and what it is made of. All moments are on the office's clock."""

    start: datetime
    due: datetime | None
    """None while an open pause holds it up."""
    base: datetime
    """Where it would fall without pauses, extensions included."""
    budget: timedelta
    """What the clock counts from the start to the base."""
    paused: timedelta
    """Counted time that pauses took until the deadline, overlaps once; while it is stopped, until now."""
    stopped: bool
    """Whether a pause goes on, and the deadline has not passed before it."""
    left_when_stopped: timedelta | None
    """What was left of the budget when that pause began; consecutive days begin anew, so all of them."""
    legs: tuple[Leg, ...]
    stops: tuple[Stop, ...]
    """The pauses that were counted with, those that touch as one."""
    office: WorkingTime = field(repr=False)

    def at_part(self, part: float) -> datetime | None:
        """When this share of the budget is used up; None where an open pause comes before. Above 1, after the deadline."""
        wanted = self.budget * part
        if wanted <= NOTHING:
            return self.start
        for leg in self.legs:
            if wanted <= leg.budget or leg is self.legs[-1]:
                return self._within(leg, wanted)
            wanted -= leg.budget
        return None

    def _within(self, leg: Leg, wanted: timedelta) -> datetime | None:
        if leg.began is None:
            return None
        if leg.clock is not Clock.CONSECUTIVE_DAYS:
            return _walk(leg.began, wanted, leg.clock, self.stops, self.office)
        return leg.began + (leg.ended - leg.began) * (wanted / leg.budget) if leg.ended else None

    def after(self, allowance: Allowance) -> datetime | None:
        """When this allowance, begun at the deadline, ends: pauses count here too. None where an open pause comes before."""
        if self.due is None:
            return None
        leg = _run(_leg(self.due, allowance, self.office), self.due, self.stops, self.office)
        return leg.ended

    def used(self, moment: datetime) -> timedelta:
        """How much of the budget was used up at a moment; of consecutive days, of the run that no pause broke."""
        at = self.office.local(moment)
        return sum((_used(each, at, self.stops, self.office) for each in self.legs), NOTHING)

    def counts(self, first: datetime, last: datetime) -> timedelta:
        """What the clock counts of a span, from the start to the deadline, whether it was paused then or not."""
        span = [(self.office.local(first), self.office.local(last))]
        return sum((_paused(each, span[0][1], span, self.office) for each in self.legs), NOTHING)


def reckon(
    start: datetime,
    allowance: Allowance,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    moves: Sequence[Move] = (),
    now: datetime | None = None,
) -> Reckoning:
    """Where the deadline falls of an allowance that began at `start` in the office of this calendar.

    `moves` name the offices that the matter went to later: each counts by its own calendar while it has it.
    With `now`, open pauses that begin later hold nothing up yet. Refused (NotValid) as in `due_at`.
    """
    office: WorkingTime = Succession.of(calendar, moves) if moves else calendar
    begun = office.local(start)
    stops = _stops(begun, pauses, now, office)
    legs: list[Leg] = []
    at: datetime | None = begun
    for each in _bases(begun, (allowance, *(each.allowance for each in extensions)), office):
        leg = _run(each, at, stops, office)
        legs.append(leg)
        at = leg.ended
    return _whole(begun, at, tuple(legs), stops, now, office)


def _whole(
    begun: datetime,
    due: datetime | None,
    legs: tuple[Leg, ...],
    stops: tuple[Stop, ...],
    now: datetime | None,
    office: WorkingTime,
) -> Reckoning:
    budget, paused, left, holding = sum((each.budget for each in legs), NOTHING), NOTHING, None, None
    if stops:
        holding = next((each for each in stops if _holds(each, due, now)), None)
        until = due or office.local(max(now or stops[-1][0], stops[-1][0]))
        paused = sum((_paused(each, until, stops, office) for each in legs), NOTHING)
        left = _left(legs, holding[0], stops, office) if holding else None
    base = legs[-1].base
    return Reckoning(begun, due, base, budget, paused, holding is not None, left, legs, stops, office)


def _holds(stop: Stop, due: datetime | None, now: datetime | None) -> bool:
    """Whether the clock stands still in this pause: for good until it ends, or at this moment."""
    begins, ends = stop
    if now is None or due is None:
        return ends is None and due is None
    return begins <= now and (ends is None or now < ends) and begins < due


def _left(legs: Sequence[Leg], at: datetime, stops: Sequence[Stop], office: WorkingTime) -> timedelta:
    """What was left of the budget at a moment; consecutive days that have not ended by then begin anew."""
    left = NOTHING
    for each in legs:
        if each.ended is not None and each.ended <= at:
            continue
        if each.clock is Clock.CONSECUTIVE_DAYS:
            left += timedelta(days=each.allowance.amount)
        else:
            left += each.budget - _used(each, at, stops, office)
    return left


def _bases(begun: datetime, allowances: Iterable[Allowance], office: WorkingTime) -> Iterator[Leg]:
    """One leg for each allowance, as they would run without pauses; consecutive days that follow each other are one run."""
    given: list[Allowance] = []
    for each in allowances:
        if given and {given[-1].clock, each.clock} == {Clock.CONSECUTIVE_DAYS}:
            given[-1] = Allowance(given[-1].amount + each.amount, each.clock, given[-1].basis)
        else:
            given.append(each)
    at = begun
    for each in given:
        leg = _leg(at, each, office)
        yield leg
        at = leg.base


def _leg(begun: datetime, allowance: Allowance, office: WorkingTime) -> Leg:
    base = base_at(begun, allowance, office)
    return Leg(allowance, base, counted(begun, base, allowance.clock, office), begun, begun, base)


def _run(leg: Leg, at: datetime | None, stops: Sequence[Stop], office: WorkingTime) -> Leg:
    """The leg as it runs from a moment on, around the pauses; from none, where the leg before it is held up."""
    if at is None:
        return Leg(leg.allowance, leg.base, leg.budget)
    if (
        not stops or not leg.budget
    ):  # nothing can move it, or there is nothing to move: an office that closed as it took over
        return Leg(leg.allowance, leg.base, leg.budget, at, at, max(at, leg.base))
    if leg.clock is Clock.CONSECUTIVE_DAYS:
        return _unbroken(leg, at, stops, office)
    foreseen = leg.base if at == leg.began else None
    ended = _walk(at, leg.budget, leg.clock, stops, office, foreseen)
    return Leg(leg.allowance, leg.base, leg.budget, at, at, ended)


def _walk(
    at: datetime,
    wanted: timedelta,
    clock: Clock,
    stops: Sequence[Stop],
    office: WorkingTime,
    end: datetime | None = None,
) -> datetime | None:
    """The earliest moment at which so much has been counted outside the pauses; None where an open one comes before.

    `end` is where that would be without pauses, if it is known.
    """
    for begins, ends in stops:
        if ends is not None and ends <= at:
            continue
        if begins > at:
            end = end or reached(at, wanted, clock, office)
            if begins >= end:
                return end
            wanted -= counted(at, begins, clock, office)
        if ends is None:
            return None
        at, end = ends, None
    return end or reached(at, wanted, clock, office)


def _unbroken(leg: Leg, at: datetime, stops: Sequence[Stop], office: WorkingTime) -> Leg:
    """Consecutive days: the run that no pause breaks; what was counted before a pause is lost."""
    entered, end = at, base_at(at, leg.allowance, office)
    for begins, ends in stops:
        if ends is not None and ends <= at:
            continue
        if begins >= end:
            break
        if ends is None:
            return Leg(leg.allowance, leg.base, leg.budget, entered, at)
        at, end = ends, base_at(ends, leg.allowance, office)
    return Leg(leg.allowance, leg.base, leg.budget, entered, at, end)


def _stops(begun: datetime, pauses: Iterable[Pause], now: datetime | None, office: WorkingTime) -> tuple[Stop, ...]:
    """The pauses on the office's clock, from the start on, in order and apart."""
    found: list[Stop] = []
    for each in sorted(pauses, key=lambda pause: pause.begins):
        if each.ends is None and now is not None and each.begins > now:
            continue
        begins, ends = max(office.local(each.begins), begun), each.ends and office.local(each.ends)
        if ends is not None and ends <= begins:
            continue
        if found and (found[-1][1] is None or begins <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or ends is None else max(last, ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def _used(leg: Leg, at: datetime, stops: Sequence[Stop], office: WorkingTime) -> timedelta:
    """What a leg had counted at a moment."""
    if leg.began is None or at <= leg.began or (leg.clock is Clock.CONSECUTIVE_DAYS and leg.ended is None):
        return NOTHING
    until = min(at, leg.ended) if leg.ended else at
    whole = counted(leg.began, until, leg.clock, office)
    return whole if leg.clock is Clock.CONSECUTIVE_DAYS else whole - _paused(leg, until, stops, office)


def _paused(leg: Leg, until: datetime, stops: Sequence[Stop], office: WorkingTime) -> timedelta:
    """Counted time that pauses took from a leg, until a moment or its end."""
    if leg.entered is None:
        return NOTHING
    last, taken = min(until, leg.ended) if leg.ended else until, NOTHING
    for begins, ends in stops:
        first, end = max(begins, leg.entered), min(ends, last) if ends else last
        if first < end:
            taken += counted(first, end, leg.clock, office)
    return taken
