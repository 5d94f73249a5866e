"""The oracle: deadlines counted minute by minute, from the rows of a calendar book as they stand there.

Slow and obvious on purpose. It uses nothing of the code under test but the plain fields of its rows, and knows zones as
so many hours ahead of UTC. Moments are whole seconds of UTC since 2020 began.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from engine.domain.calendar_book import CalendarBook, WeekRule

ORIGIN = date(2020, 1, 1)
MINUTE, HOUR, DAY = 60, 3_600, 86_400
AHEAD = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


@dataclass
class Desk:
    """An office or a service of it, with the rows that say when it works."""

    book: CalendarBook
    zone: str
    office: str
    service: str
    _flags: dict[int, bytearray] = field(default_factory=dict)

    def clock(self, moment: int) -> tuple[int, int]:
        """The day, counted from the origin, and the second of the day that its clock shows."""
        return divmod(moment + AHEAD[self.zone] * HOUR, DAY)

    def moment(self, day: int, second: int) -> int:
        return day * DAY + second - AHEAD[self.zone] * HOUR

    def minutes(self, day: int) -> bytearray:
        """For each minute of a day, whether it is worked."""
        if day not in self._flags:
            flags = bytearray(1440)
            today = ORIGIN + timedelta(days=day)
            if not (self._is_holiday(today) and self._closes(today)):
                for span in self._rules(today)[0].week[today.weekday()]:
                    for minute in range(span.opens, span.closes):
                        flags[minute] = 1
            self._flags[day] = flags
        return self._flags[day]

    def _is_holiday(self, today: date) -> bool:
        return any(
            each.day == today and each.office in ("", self.office) and each.service in ("", self.service)
            for each in self.book.days
        )

    def _closes(self, today: date) -> bool:
        for rule in self._rules(today):
            if rule.closes_on_holidays is not None:
                return rule.closes_on_holidays
        return True

    def _rules(self, today: date) -> list[WeekRule]:
        """The weeks that could hold today, the one that does first."""
        found: list[WeekRule] = []
        for place in ((self.office, self.service), ("", self.service), (self.office, ""), ("", "")):
            here = [each for each in self.book.weeks if (each.office, each.service) == place and each not in found]
            today_ = [
                each
                for each in here
                if (each.first is None or each.first <= today) and (each.last is None or today <= each.last)
            ]
            bounded = [each for each in today_ if each.first is not None and each.last is not None]
            others = [each for each in today_ if each not in bounded]
            for group in (bounded, others):
                # the later begun first; of two that began together, the one that ends sooner
                group.sort(key=lambda each: each.last or date.max)
                group.sort(key=lambda each: each.first or date.min, reverse=True)
                found += group
        return found


Asked = tuple[float, str]
"""An amount and the name of its clock."""


FREE, PAUSED, FOR_GOOD, EDGE = range(4)
"""What a minute is: not paused, paused, paused without an end, or one in which a pause begins or ends."""


@dataclass
class Slow:
    """One count: who has the matter from when on, when it began, and when it was paused."""

    desks: Sequence[tuple[int, Desk]]
    """The first from ever, each other from its moment on."""
    start: int
    pauses: Sequence[tuple[int, int | None]]
    now: int | None = None
    works: bytearray = field(default_factory=bytearray)
    """For each minute from that of the start on, whether it is working time …"""
    state: bytearray = field(default_factory=bytearray)
    """… and whether it is paused."""

    def __post_init__(self) -> None:
        edges = [edge for each in self.pauses for edge in each if edge is not None]
        self.edges = {each // MINUTE for each in [*edges, *([] if self.now is None else [self.now])] if each % MINUTE}
        self.first = self.start // MINUTE
        self.grow()

    def grow(self) -> None:
        """Look at some days more: the working minutes of each hour, as the desk that has the matter works them."""
        begins = self.first + len(self.works)
        new = bytearray(8 * 1440)
        minute = begins
        while minute < begins + len(new):
            desk = self.desk(minute * MINUTE)
            day, at = desk.clock(minute * MINUTE)
            same = min(
                60 - minute % 60, *(since // MINUTE - minute for since, _ in self.desks if since // MINUTE > minute), 60
            )
            self.works += desk.minutes(day)[at // MINUTE : at // MINUTE + same]
            minute += same
        del self.works[begins + len(new) - self.first :]
        for pause_begins, pause_ends in self.pauses:
            last = begins + len(new) if pause_ends is None else pause_ends // MINUTE
            for minute in range(max(pause_begins // MINUTE, begins), min(last, begins + len(new))):
                new[minute - begins] = max(new[minute - begins], FOR_GOOD if pause_ends is None else PAUSED)
        for minute in self.edges:
            if begins <= minute < begins + len(new):
                new[minute - begins] = EDGE
        self.state += new

    def desk(self, moment: int) -> Desk:
        found = self.desks[0][1]
        for since, desk in self.desks[1:]:
            if since <= moment:
                found = desk
        return found

    def desk_of_day(self, day: int) -> Desk:
        """Whoever has the matter when this day ends, each on its own clock."""
        found = self.desks[0][1]
        for since, desk in self.desks[1:]:
            if since < desk.moment(day + 1, 0):
                found = desk
        return found

    def is_paused(self, moment: int) -> bool:
        return any(begins <= moment and (ends is None or moment < ends) for begins, ends in self.pauses)

    def is_for_good(self, moment: int) -> bool:
        return any(begins <= moment and ends is None for begins, ends in self.pauses)

    def what(self, moment: int) -> int:
        """What a second is."""
        return FOR_GOOD if self.is_for_good(moment) else PAUSED if self.is_paused(moment) else FREE

    def minutes(self, begun: int, clock: str) -> Iterator[tuple[int, int, int, int]]:
        """Minute by minute from a moment on: when, how long, whether it counts, what it is. Second by second at edges."""
        every, working = 1, clock.startswith("working")
        moment, place = begun, begun // MINUTE - self.first
        while True:
            while place >= len(self.works):
                self.grow()
            counts, state = self.works[place] if working else every, self.state[place]
            if state == EDGE:
                while moment // MINUTE == place + self.first:
                    yield moment, 1, counts, self.what(moment)
                    moment += 1
            else:
                step = MINUTE - moment % MINUTE
                yield moment, step, counts, state
                moment += step
            place += 1

    def base(self, begun: int, amount: float, clock: str) -> int:
        """Where an allowance ends that nothing interrupts."""
        if clock == "running-hours":
            return begun + round(amount * HOUR)
        if clock == "working-hours":
            wanted = round(amount * HOUR)
            for moment, step, counts, _ in self.minutes(begun, clock):
                if counts and wanted <= step:
                    return moment + wanted
                wanted -= step * counts
        day, _ = self.desk(begun).clock(begun)
        if clock == "working-days":
            left = int(amount)
            while left:
                day += 1
                left -= any(self.desk_of_day(day).minutes(day))
            desk = self.desk_of_day(day)
            last = max(minute for minute in range(1440) if desk.minutes(day)[minute])
            found = max(desk.moment(day, (last + 1) * MINUTE), begun)
            return self._worked_last(begun, found) if len(self.desks) > 1 else found
        if clock in ("calendar-days", "consecutive-days"):
            day += int(amount)
        if clock == "months":
            day = self._months_later(day, int(amount))
        return max(self.desk_of_day(day).moment(day, DAY - 1), begun)

    def _worked_last(self, begun: int, found: int) -> int:
        """The end of the last working minute before, of whoever had the matter then."""
        ends = [moment + step for moment, step, counts, _ in self._until(begun, found) if counts]
        return min(ends[-1], found) if ends else found

    def _until(self, begun: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        return takewhile(lambda each: each[0] < end, self.minutes(begun, "working-days"))

    @staticmethod
    def _months_later(day: int, months: int) -> int:
        first = ORIGIN + timedelta(days=day)
        each = first
        while months:
            each += timedelta(days=1)
            months -= each.day == 1
        while each.day < first.day and (each + timedelta(days=1)).day != 1:
            each += timedelta(days=1)
        return (each - ORIGIN).days

    def budget(self, begun: int, base: int, clock: str) -> int:
        """What the clock counts until the base, paused or not."""
        if not clock.startswith("working"):
            return base - begun
        total = 0
        for minute in range(begun // MINUTE, (base - 1) // MINUTE + 1):
            while minute - self.first >= len(self.works):
                self.grow()
            if self.works[minute - self.first]:
                total += min((minute + 1) * MINUTE, base) - max(minute * MINUTE, begun)
        return total

    def used(self, begun: int, wanted: Sequence[float], clock: str) -> list[float | None]:
        """The moments at which so much, and so much, has been counted outside of pauses."""
        found: list[float | None] = []
        left, done, moment = sorted(wanted), 0, begun
        every, works, state = not clock.startswith("working"), self.works, self.state
        while left:
            place = moment // MINUTE - self.first
            if place >= len(works):
                self.grow()
            what, step = state[place], MINUTE - moment % MINUTE
            if what == EDGE:
                what, step = self.what(moment), 1
            if what == FOR_GOOD:
                break
            if what == FREE and (every or works[place]):
                while left and done + step >= left[0]:
                    found.append(moment + left.pop(0) - done)
                done += step
            moment += step
        return found + [None] * len(left)

    def run(self, begun: int, days: float) -> tuple[int, int | None]:
        """Consecutive days: when the run that was not broken began, and when it ended."""
        since, end = begun, self.base(begun, days, "consecutive-days")
        broken = False
        for moment, step, _, state in self.minutes(begun, "consecutive-days"):
            if moment >= end and not broken:
                break
            if state == FOR_GOOD:
                return since, None
            if state == PAUSED:
                broken = True
            elif broken:
                since, end, broken = moment, self.base(moment, days, "consecutive-days"), False
            if not broken and moment + step > end:
                break
        return since, end

    def taken(self, begun: int, until: float, clock: str) -> float:
        """What of a span was counted and paused; before the first pause there is nothing to look for."""
        total: float = 0
        first = min((begins for begins, _ in self.pauses), default=until)
        if first >= until:
            return 0
        for moment, step, counts, state in self.minutes(max(begun, int(first)), clock):
            if moment >= until:
                break
            if counts and state != FREE:
                total += min(step, until - moment)
        return total

    def unpaused(self, begun: int, until: int, clock: str) -> int:
        """What of a span was counted and not paused."""
        total = 0
        for moment, step, counts, state in self.minutes(begun, clock):
            if moment >= until:
                break
            total += counts * (state == FREE) * min(step, until - moment)
        return total


@dataclass
class Found:
    """What the oracle says of a case."""

    due: float | None
    base: int
    budget: int
    paused: float
    stopped: bool
    left: float | None
    parts: dict[float, float | None]
    after: float | None


def count_slowly(slow: Slow, allowances: Sequence[Asked], parts: Sequence[float], rung: Asked) -> Found:
    """Count a case with its extensions, the shares of its time, and what begins at its deadline."""
    legs = _legs(slow, allowances)
    walked = _walk_all(slow, legs)
    due = walked[-1].ended if len(walked) == len(legs) else None
    budget = sum(each.budget for each in legs)
    holding = _holding(slow, due)
    until = due if due is not None else max(slow.now or 0, holding or 0)
    paused = sum(
        slow.taken(each.entered, until if each.ended is None else each.ended, each.leg.clock) for each in walked
    )
    after = None if due is None else _walk(slow, round(due), _leg(slow, round(due), rung)).ended
    return Found(
        due=due,
        base=legs[-1].base,
        budget=budget,
        paused=paused,
        stopped=holding is not None,
        left=None if holding is None else _left(slow, legs, walked, holding),
        parts=dict(zip(parts, _parts(slow, walked, legs, parts), strict=True)),
        after=after,
    )


@dataclass
class SlowLeg:
    amount: float
    clock: str
    base: int
    budget: int


def _leg(slow: Slow, begun: int, asked: Asked) -> SlowLeg:
    base = slow.base(begun, *asked)
    return SlowLeg(*asked, base, slow.budget(begun, base, asked[1]))


def _legs(slow: Slow, allowances: Sequence[Asked]) -> list[SlowLeg]:
    """Each allowance after the other as if nothing paused them; consecutive days after consecutive days are one run."""
    joined: list[Asked] = []
    for amount, clock in allowances:
        if joined and joined[-1][1] == clock == "consecutive-days":
            joined[-1] = (joined[-1][0] + amount, clock)
        else:
            joined.append((amount, clock))
    legs, at = [], slow.start
    for each in joined:
        legs.append(_leg(slow, at, each))
        at = legs[-1].base
    return legs


@dataclass
class Walked:
    """How a leg ran: when it was entered, when it began to count for good, and when it ended."""

    leg: SlowLeg
    entered: int
    since: int
    ended: float | None


def _walk_all(slow: Slow, legs: Sequence[SlowLeg]) -> list[Walked]:
    found: list[Walked] = []
    at: float | None = slow.start
    for leg in legs:
        if at is None:
            break
        found.append(_walk(slow, round(at), leg))
        at = found[-1].ended
    return found


def _walk(slow: Slow, begun: int, leg: SlowLeg) -> Walked:
    if leg.clock == "consecutive-days":
        since, ended = slow.run(begun, leg.amount)
        return Walked(leg, begun, since, ended)
    if not leg.budget:
        return Walked(leg, begun, begun, max(begun, leg.base))
    return Walked(leg, begun, begun, slow.used(begun, [leg.budget], leg.clock)[0])


def _stop(slow: Slow) -> int:
    """When the pause that goes on began to hold the clock."""
    return max(slow.start, min(begins for begins, ends in slow.pauses if ends is None))


def _holding(slow: Slow, due: float | None) -> int | None:
    """When the pause began that goes on: for good, or at this moment."""
    if due is None:
        moment = _stop(slow)
    elif slow.now is None or slow.now < slow.start or not slow.is_paused(slow.now):
        return None
    else:
        moment = slow.now
    while moment > slow.start and slow.is_paused(moment - 1):
        back = MINUTE if moment % MINUTE == 0 and moment // MINUTE - 1 not in slow.edges else 1
        moment = max(moment - back, slow.start)
    return None if due is not None and moment >= due else moment


def _left(slow: Slow, legs: Sequence[SlowLeg], walked: Sequence[Walked], at: int) -> float:
    left: float = 0
    for place, leg in enumerate(legs):
        way = walked[place] if place < len(walked) else None
        if way is not None and way.ended is not None and way.ended <= at:
            continue
        if leg.clock == "consecutive-days":
            left += leg.amount * DAY
        elif way is None:
            left += leg.budget
        else:
            left += leg.budget - slow.unpaused(way.entered, at, leg.clock)
    return left


def _parts(slow: Slow, walked: Sequence[Walked], legs: Sequence[SlowLeg], parts: Sequence[float]) -> list[float | None]:
    """When each share is used up; the shares go up."""
    budget = sum(each.budget for each in legs)
    found: list[float | None] = []
    before = 0
    for place, leg in enumerate(legs):
        last = leg is legs[-1]
        mine = [budget * part - before for part in parts[len(found) :]]
        mine = [each for each in mine if each <= leg.budget or last]
        found += _shares(slow, walked[place], mine) if place < len(walked) else [None] * len(mine)
        before += leg.budget
    return found


def _shares(slow: Slow, way: Walked, wanted: Sequence[float]) -> list[float | None]:
    if way.leg.clock != "consecutive-days":
        return slow.used(way.since, wanted, way.leg.clock)
    if way.ended is None:
        return [None] * len(wanted)
    return [way.since + (way.ended - way.since) * each / way.leg.budget for each in wanted]


def second(moment: datetime) -> float:
    """A moment as the oracle counts it."""
    return (moment - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()
