"""Cases for the oracle, drawn at random: books, offices, services, zones, clocks, extensions, moves and pauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from engine.domain.calendar import OFFICE_WEEK, RAMADAN_WEEK, ROUND_THE_CLOCK, CalendarDay, DayKind, week
from engine.domain.calendar_book import NATIONAL_WEEK, CalendarBook, WeekRule
from engine.domain.deadline import Extension, Move, Pause, Reckoning, reckon
from engine.domain.release import Allowance, Clock
from tests.engine.domain.slow_count import AHEAD, Desk, Found, Slow, count_slowly, second

Pick = Callable[[int, int], int]
"""A whole number between two, both included: what a case is drawn with."""
One = TypeVar("One")

ERAS = [
    date(2026, 2, 10),  # Ramadan ahead, and the end of February
    date(2026, 3, 5),  # Ramadan, Nyepi, Idulfitri
    date(2025, 12, 15),
    date(2026, 12, 15),  # into a year without a decree
    date(2028, 2, 15),  # 29 February
    date(2024, 2, 20),  # and another
    date(2026, 5, 4),
    date(2027, 8, 28),
]
SIX_DAYS = week(*["07:30-14:00"] * 4, "07:30-11:00", "07:30-13:00", "")
NIGHTS = week(*["00:00-08:00 20:00-24:00"] * 7)
"""A night shift from 20:00 to 08:00: two spans of a day, one shift."""
WEEK_NIGHTS = week("20:00-24:00", *["00:00-08:00 20:00-24:00"] * 4, "00:00-08:00", "")
THREE_SPANS = week(
    "06:00-09:13 10:00-10:01 22:30-24:00", "", "00:00-00:30 12:00-18:00", "", "07:00-07:45", "", "23:59-24:00"
)
WEEKS = [OFFICE_WEEK, RAMADAN_WEEK, ROUND_THE_CLOCK, SIX_DAYS, NIGHTS, WEEK_NIGHTS, THREE_SPANS]
PARTS = (0.25, 0.5, 0.75, 1.0, 1.25)
MOST = {
    Clock.RUNNING_HOURS: 60,
    Clock.WORKING_HOURS: 24,
    Clock.WORKING_DAYS: 6,
    Clock.CALENDAR_DAYS: 6,
    Clock.CONSECUTIVE_DAYS: 6,
    Clock.MONTHS: 1,
}
"""Of each clock, so much at most, but for one case in ten: minutes are many."""
CLOCKS = [*[each for each in Clock if each is not Clock.MONTHS] * 3, Clock.MONTHS]


@dataclass(frozen=True)
class TimeCase:
    """What is asked of both counts."""

    book: CalendarBook
    zone: str
    office: str
    service: str
    start: datetime
    allowance: Allowance
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    moves: tuple[tuple[datetime, str, str, str], ...]
    now: datetime | None
    rung: Allowance

    def moved(self) -> list[Move]:
        """The moves with the calendars that they lead to."""
        return [Move(at, self.book.calendar(*place)) for at, *place in self.moves]


def draw_case(pick: Pick) -> TimeCase:
    """One case."""

    def among(choices: Sequence[One]) -> One:
        return choices[pick(0, len(choices) - 1)]

    def chance(of_ten: int) -> bool:
        return pick(1, 10) <= of_ten

    era = among(ERAS)
    noon = datetime(era.year, era.month, era.day, 5, 0, tzinfo=UTC)
    book = _book(pick, chance, era)
    start = noon + timedelta(minutes=pick(0, 20 * 1440), seconds=pick(0, 59) if chance(2) else 0)
    zones = sorted(AHEAD)
    place = (among(zones), among(["", "a", "b"]), among(["", "", "s"]))
    moves = tuple(
        (
            (start + timedelta(minutes=pick(-600, 8 * 1440))).replace(second=0),
            among(zones),
            among(["a", "b"]),
            among(["", "s"]),
        )
        for _ in range(pick(1, 2) if chance(1) else 0)
    )
    return TimeCase(
        book,
        *place,
        start,
        _allowance(pick, among, chance),
        _pauses(pick, chance, start),
        tuple(Extension(_allowance(pick, among, chance, less=3)) for _ in range(pick(1, 2) if chance(3) else 0)),
        moves,
        start + timedelta(minutes=pick(-1440, 15 * 1440)) if chance(5) else None,
        _allowance(pick, among, chance, less=3),
    )


def drawn(seed: int) -> TimeCase:
    """The same case for the same number, quicker than hypothesis draws one."""
    return draw_case(Random(seed).randint)  # noqa: S311 - examples, not secrets


def _allowance(
    pick: Pick, among: Callable[[Sequence[Clock]], Clock], chance: Callable[[int], bool], *, less: int = 1
) -> Allowance:
    clock = among(CLOCKS)
    if clock in {Clock.RUNNING_HOURS, Clock.WORKING_HOURS}:
        return Allowance(pick(1, 60 * MOST[clock] // less) / 60, clock)
    most = MOST[clock] * (4 if chance(1) and less == 1 else 1)
    return Allowance(pick(1, max(1, most // less)), clock)


def _pauses(pick: Pick, chance: Callable[[int], bool], start: datetime) -> tuple[Pause, ...]:
    found = []
    fine = chance(1)
    for _ in range(pick(0, 4)):
        begins = start + timedelta(minutes=pick(-3 * 1440, 9 * 1440), seconds=pick(0, 59) if fine else 0)
        begins = begins if fine else begins.replace(second=0)
        length = pick(0, 300) if chance(5) else pick(0, 3 * 1440)
        found.append(Pause(begins, begins + timedelta(minutes=length)))
    if chance(2):
        begins = (start + timedelta(minutes=pick(-1440, 9 * 1440))).replace(second=0)
        found.append(Pause(begins, None))
    return tuple(found)


def _book(pick: Pick, chance: Callable[[int], bool], era: date) -> CalendarBook:
    days = {}
    for _ in range(pick(0, 10)):
        day = era + timedelta(days=pick(0, 45))
        place = ("", "a", "b")[pick(0, 2)] if chance(5) else ""
        service = "s" if chance(1) else ""
        days[day, place, service] = CalendarDay(day, DayKind.LOCAL, "libur", office=place, service=service)
    weeks = [NATIONAL_WEEK if chance(8) else WeekRule("lain", WEEKS[pick(0, len(WEEKS) - 1)])]
    for number in range(pick(0, 4)):
        first = era + timedelta(days=pick(-5, 40)) if chance(6) else None
        last = (first or era) + timedelta(days=pick(0, 30)) if chance(6) else None
        closes = (None, None, False, True)[pick(0, 3)]
        office, service = ("", "a", "b")[pick(0, 2)], ("", "", "s")[pick(0, 2)]
        rule = WeekRule(f"w{number}", WEEKS[pick(0, len(WEEKS) - 1)], office, service, first, last, closes)
        if rule.place not in {each.place for each in weeks}:
            weeks.append(rule)
    return CalendarBook(1, tuple(days.values()), tuple(weeks))


def differences(case: TimeCase) -> list[str]:
    """Where the count and the oracle part: nothing, it is hoped."""
    fast, slow = counted(case), _slow(case)
    said = {
        "due": (fast.due, slow.due),
        "base": (fast.base, slow.base),
        "budget": (fast.budget, slow.budget),
        "paused": (fast.paused, slow.paused),
        "stopped": (fast.stopped, slow.stopped),
        "left": (fast.left_when_stopped, slow.left),
        "after": (fast.after(case.rung), slow.after),
        **{f"part {part}": (fast.at_part(part), slow.parts[part]) for part in PARTS},
    }
    return [f"{name}: {one} {other}" for name, (one, other) in said.items() if not _same(one, other)]


def _same(one: object, other: object) -> bool:
    if isinstance(one, datetime):
        one = second(one)
    if isinstance(one, timedelta):
        one = one.total_seconds()
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) < 0.001
    return one == other


def counted(case: TimeCase, **otherwise: Any) -> Reckoning:
    """The case as the code under test counts it, or with other pauses, extensions or moves."""
    said = {"pauses": case.pauses, "extensions": case.extensions, "moves": case.moved(), "now": case.now, **otherwise}
    return reckon(case.start, case.allowance, case.book.calendar(case.zone, case.office, case.service), **said)


def _slow(case: TimeCase) -> Found:
    """The same for the oracle; open pauses that have not begun by now are not known to it yet."""
    moves = sorted(case.moves, key=lambda each: each[0])
    desks = [(0, Desk(case.book, case.zone, case.office, case.service))]
    desks += [(int(second(at)), Desk(case.book, zone, office, service)) for at, zone, office, service in moves]
    pauses = [
        (int(second(each.begins)), None if each.ends is None else int(second(each.ends)))
        for each in case.pauses
        if each.ends is not None or case.now is None or each.begins <= case.now
    ]
    slow = Slow(desks, int(second(case.start)), pauses, None if case.now is None else int(second(case.now)))
    asked = [(each.amount, str(each.clock)) for each in (case.allowance, *(each.allowance for each in case.extensions))]
    return count_slowly(slow, asked, PARTS, (case.rung.amount, str(case.rung.clock)))
