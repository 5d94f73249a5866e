"""One clock with everything that its page tells, and the few words about time that stand beside cases and steps in lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from sqlalchemy import select, tuple_

from engine.domain.case import Case
from engine.domain.clock import CaseClock, ClockKind
from engine.domain.counting import counted
from engine.domain.deadline import Reason, TimeLeft, time_left
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.access import seen_by, visible_case_by_row
from engine.queries.clocks import (
    Bar,
    ClockRow,
    Spent,
    bars_of,
    clocks_of_case,
    kept_of,
    pauses_of_case,
    why_of_clock,
)
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.clocks import OPEN, clock_of
from engine.storage.columns import FAR
from engine.storage.pauses import PauseRow, read_pauses
from engine.storage.tables import case, clock, pause, work_item


@dataclass(frozen=True, slots=True)
class ClockPage:
    """One clock, its case, and why it is due when it is."""

    case: Case
    row: ClockRow
    why: tuple[Reason, ...]
    names: Mapping[int, str]
    """Of every officer who stopped it, let it go on or extended it, by their row."""


@dataclass(frozen=True, slots=True)
class PausePage:
    """One pause, and the clocks of its case that could stand still in it."""

    case: Case
    pause: PauseRow
    clocks: tuple[ClockRow, ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """One bar of the picture, and how much was counted of each kind of time."""

    bar: Bar
    sums: Mapping[Spent, timedelta]


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """Everything about the time of one case, all of it at one moment: what is in the picture is in the table too."""

    rows: tuple[ClockRow, ...]
    spent: tuple[TimeSpent, ...]
    """The picture, in the order of the rows."""
    pauses: tuple[PauseRow, ...]
    """Those that are void too, the first begun first."""
    names: Mapping[int, str]
    """Of every officer who stopped a clock, let it go on or extended it, by their row."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one clock stands, in a list."""

    clock: CaseClock
    left: TimeLeft | None
    kept: timedelta | None
    """Of one that stands still: how much of its time is left."""


def clock_page(reader: Reader, person: Officer, number: int) -> ClockPage:
    """One clock. Raises NotFound where the officer may not see its case."""
    one, why = why_of_clock(reader, person, number)
    found = visible_case_by_row(reader, person, one.case)
    row = next(each for each in clocks_of_case(reader, person, found.number) if each.clock.number == one.number)
    return ClockPage(found, row, why, _names(reader, [row], row.pauses))


def step_clock(reader: Reader, person: Officer, item: int) -> int | None:
    """The latest clock of a step; None where it never had one. Raises NotFound where the officer may not see its case."""
    row = reader.connection.execute(select(work_item).where(work_item.c.id == item)).first()
    if row is None:
        raise NotFound(what=f"work item {item}")
    visible_case_by_row(reader, person, row.case_id)
    mine = (clock.c.case_id == row.case_id) & (clock.c.token == row.token) & (clock.c.kind == ClockKind.STEP)
    return reader.connection.execute(select(clock.c.id).where(mine).order_by(clock.c.id.desc()).limit(1)).scalar()


def pause_page(reader: Reader, person: Officer, number: int) -> PausePage:
    """One pause. Raises NotFound where the officer may not see its case."""
    found = read_pauses(reader.connection, reader.keys, pause.c.id == number)
    if not found:
        raise NotFound(what=f"pause {number}")
    of = visible_case_by_row(reader, person, found[0].case)
    return PausePage(of, found[0], clocks_of_case(reader, person, of.number), _names(reader, [], found))


def times_of_case(reader: Reader, person: Officer, number: str) -> CaseTimes:
    """The times of a case. Raises NotFound where the officer may not see it."""
    rows, pauses = clocks_of_case(reader, person, number), pauses_of_case(reader, person, number)
    bars = bars_of(reader, [each.clock for each in rows], pauses)
    spent = tuple(TimeSpent(each, _sums(reader, each)) for each in bars)
    return CaseTimes(rows, spent, pauses, _names(reader, rows, pauses))


def kept_of_steps(reader: Reader, person: Officer, items: Collection[int]) -> Mapping[int, timedelta]:
    """Of steps whose time stands still: how much of it is left, by item. Those that the officer may not see are left out."""
    found = select(work_item.c.id, work_item.c.case_id, work_item.c.token).join(case, case.c.id == work_item.c.case_id)
    found = found.where(work_item.c.id.in_(items), seen_by(person))
    places = {(row.case_id, row.token): row.id for row in reader.connection.execute(found)} if items else {}
    if not places:
        return {}
    theirs = tuple_(clock.c.case_id, clock.c.token).in_(places)
    rows = reader.connection.execute(select(clock).where(theirs, clock.c.kind == ClockKind.STEP, OPEN))
    stopped = [each for each in map(clock_of, rows) if each.due_at is None]
    kept = kept_of(reader, stopped)
    return {places[each.case, each.token]: kept[each.number] for each in stopped if each.number in kept}


def tightest(reader: Reader, person: Officer, cases: Collection[int]) -> Mapping[int, Standing]:
    """Of each case that has an open clock: the one due first; where all stand still, the innermost. By the case's row.

    Cases that the officer may not see are left out.
    """
    if not cases or not person.offices:
        return {}
    theirs = select(clock).join(case, case.c.id == clock.c.case_id).where(case.c.id.in_(cases), seen_by(person), OPEN)
    rows = reader.connection.execute(theirs.order_by(clock.c.case_id))
    first = [min(those, key=_urgent) for _, those in groupby(map(clock_of, rows), key=lambda each: each.case)]
    kept = kept_of(reader, [each for each in first if each.due_at is None])
    return {each.case: Standing(each, _left(reader, each), kept.get(each.number)) for each in first}


def _urgent(one: CaseClock) -> tuple[object, ...]:
    return one.due_at or FAR, list(ClockKind).index(one.kind), one.number


def _left(reader: Reader, one: CaseClock) -> TimeLeft | None:
    if one.due_at is None:
        return None
    return time_left(reader.at, one.due_at, reader.organisation.calendar(one.office, one.service))


def _sums(reader: Reader, bar: Bar) -> dict[Spent, timedelta]:
    calendar = reader.organisation.calendar(bar.clock.office, bar.clock.service)
    sums: dict[Spent, timedelta] = {}
    for each in bar.spans:
        begins, ends = calendar.local(each.begins), calendar.local(each.ends)
        took = counted(begins, ends, bar.clock.allowance.clock, calendar)
        sums[each.what] = sums.get(each.what, timedelta(0)) + took
    return sums


def _names(reader: Reader, rows: Collection[ClockRow], pauses: Collection[PauseRow]) -> Mapping[int, str]:
    who = {each for row in pauses for each in (row.begun_by, row.ended_by, row.voided_by)}
    who |= {each for row in rows for added in row.extensions for each in (added.asked_by, added.decided_by)}
    return names_of(reader, {each for each in who if each is not None})
