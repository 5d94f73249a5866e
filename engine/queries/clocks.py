"""The clocks of a case for its pages: how they stand, why they are due when they are, and what was done with their time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from sqlalchemy import select

from engine.course.ticking import Circumstances, reasons_of, reckoning_of
from engine.domain.calendar_book import CalendarBook
from engine.domain.clock import CaseClock, ClockKind
from engine.domain.deadline import Reason, TimeLeft, time_left
from engine.domain.organisation import Officer
from engine.queries.access import visible_case, visible_case_by_row
from engine.queries.reader import Reader
from engine.storage.calendars import book_of, edition_of
from engine.storage.clocks import Clocks, clock_of
from engine.storage.extensions import ExtensionRow, read_extensions
from engine.storage.organisation import Organisation
from engine.storage.pauses import PauseRow, read_pauses
from engine.storage.tables import clock, escalation, extension, officer, pause, work_item

_OUTERMOST_FIRST: Final = (ClockKind.CASE, ClockKind.DUTY, ClockKind.STAGE, ClockKind.PROCEDURE, ClockKind.STEP)


class RungRow(NamedTuple):
    """One rung of a ladder that was climbed."""

    at: datetime
    act: str
    to_post: str
    to: str
    """The officer's name; empty where nobody in particular was told."""


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock of a case, and how it stands."""

    clock: CaseClock
    left: TimeLeft | None
    """Of one that runs, in the working time of its office."""
    late: bool
    """Whether it is late, or was when it ended."""
    over: timedelta | None
    """By how much working time."""
    kept: timedelta | None
    """Of one that stands still: how much of its time is left."""
    pauses: tuple[PauseRow, ...]
    """Those in which it stood or stands still, the void ones left out."""
    extensions: tuple[ExtensionRow, ...]
    rungs: tuple[RungRow, ...]

    @property
    def stopped(self) -> bool:
        """Whether it stands still now."""
        return self.clock.going and self.clock.due_at is None


class Spent(StrEnum):
    """What was done with time."""

    WAITED = "waited"
    """Nobody had taken the step yet."""
    WORKED = "worked"
    PAUSED = "paused"
    LATE = "late"


class Span(NamedTuple):
    """A piece of a bar."""

    begins: datetime
    ends: datetime
    what: Spent


@dataclass(frozen=True, slots=True)
class Bar:
    """One clock in the picture of a case: what its time went by with until now, without a gap."""

    clock: CaseClock
    spans: tuple[Span, ...]


def clocks_of_case(reader: Reader, person: Officer, number: str) -> tuple[ClockRow, ...]:
    """Every clock of a case that the officer may see, the outermost first and of each kind in the order of beginning."""
    return rows_of(reader, _clocks(reader, visible_case(reader, person, number).id))


def rows_of(reader: Reader, found: Collection[CaseClock]) -> tuple[ClockRow, ...]:
    """How these clocks stand, in their order. Whether the officer may see them is asked elsewhere."""
    around = _around(reader, found)
    rungs = _rungs(reader, found)
    return tuple(_row(reader, each, around, rungs.get(each.number, ())) for each in found)


def why_of_clock(reader: Reader, person: Officer, number: int) -> tuple[CaseClock, tuple[Reason, ...]]:
    """One clock and why it is due when it is. Raises NotFound where the officer may not see its case."""
    row = reader.connection.execute(select(clock).where(clock.c.id == number)).first()
    visible_case_by_row(reader, person, row.case_id if row else 0)
    one = clock_of(row)
    return one, reasons_for(reader, one)


def why_of_item(reader: Reader, case: int, token: str) -> tuple[Reason, ...]:
    """Why a step is due when it is; nothing where it has no time. Whether the officer may see it is asked elsewhere."""
    mine = (clock.c.case_id == case) & (clock.c.token == token) & (clock.c.kind == ClockKind.STEP)
    row = reader.connection.execute(select(clock).where(mine).order_by(clock.c.id.desc())).first()
    return () if row is None else reasons_for(reader, clock_of(row))


def bars_of(reader: Reader, clocks: Collection[CaseClock], pauses: Sequence[PauseRow]) -> tuple[Bar, ...]:
    """The picture of these clocks of one case, in their order. Whether the officer may see them is asked elsewhere."""
    of_case = work_item.c.case_id.in_({each.case for each in clocks})
    taken = reader.connection.execute(select(work_item.c.token, work_item.c.claimed_at).where(of_case))
    since = {row.token: row.claimed_at for row in taken}
    return tuple(Bar(each, tuple(_spans(reader, each, pauses, since.get(each.token)))) for each in clocks)


def pauses_of_case(reader: Reader, person: Officer, number: str) -> tuple[PauseRow, ...]:
    """Every pause of a case, those declared void too, the first begun first."""
    found = visible_case(reader, person, number)
    return read_pauses(reader.connection, reader.keys, pause.c.case_id == found.id)


def kept_of(reader: Reader, stopped: Collection[CaseClock]) -> dict[int, timedelta]:
    """How much is left of the time of each clock that stands still, by its row."""
    around = _around(reader, stopped) if stopped else Circumstances()
    found = {each.number: reckoning_of(each, reader.organisation, around, now=reader.at) for each in stopped}
    return {number: each.left_when_stopped for number, each in found.items() if each.left_when_stopped is not None}


def due_with(reader: Reader, one: CaseClock, added: ExtensionRow) -> datetime | None:
    """When a clock would be due if this extension were granted; None while it stands still."""
    around = _around(reader, [one])
    granted = [*(each for each in around.extensions if each.number != added.number), added]
    given = replace(around, extensions=granted)
    return reckoning_of(one, reader.organisation, given, now=reader.at).due


def _clocks(reader: Reader, case: int) -> list[CaseClock]:
    rows = reader.connection.execute(select(clock).where(clock.c.case_id == case))
    found = [clock_of(row) for row in rows]
    return sorted(found, key=lambda each: (_OUTERMOST_FIRST.index(each.kind), each.started_at, each.number))


def _around(reader: Reader, clocks: Collection[CaseClock]) -> Circumstances:
    cases = sorted({each.case for each in clocks})
    numbers = sorted(each.number for each in clocks)
    return Circumstances(
        read_pauses(reader.connection, reader.keys, pause.c.case_id.in_(cases)),
        read_extensions(reader.connection, reader.keys, extension.c.clock_id.in_(numbers)),
        Clocks(reader.connection).turns(numbers),
    )


def _rungs(reader: Reader, clocks: Collection[CaseClock]) -> dict[int, tuple[RungRow, ...]]:
    found = select(escalation, officer.c.name.label("who")).outerjoin(officer, officer.c.id == escalation.c.to_officer)
    found = found.where(escalation.c.clock_id.in_([each.number for each in clocks])).order_by(escalation.c.rung)
    rungs: dict[int, tuple[RungRow, ...]] = {}
    for row in reader.connection.execute(found):
        rungs[row.clock_id] = (
            *rungs.get(row.clock_id, ()),
            RungRow(row.at, row.act, row.to_post, row.who or ""),
        )
    return rungs


def _row(reader: Reader, one: CaseClock, around: Circumstances, rungs: tuple[RungRow, ...]) -> ClockRow:
    calendar = reader.organisation.calendar(one.office, one.service)
    ended = one.ended_at or reader.at
    late = one.due_at is not None and one.due_at < ended
    stands = one.going and one.due_at is None
    found = reckoning_of(one, reader.organisation, around, now=reader.at) if stands else None
    return ClockRow(
        clock=one,
        left=time_left(reader.at, one.due_at, calendar) if one.going and one.due_at else None,
        late=late,
        over=-time_left(ended, one.due_at, calendar).working if late and one.due_at else None,
        kept=found.left_when_stopped if found else None,
        pauses=tuple(each for each in around.pauses if each.case == one.case and each.holds(one)),
        extensions=tuple(each for each in around.extensions if each.clock == one.number),
        rungs=rungs,
    )


def reasons_for(reader: Reader, one: CaseClock) -> tuple[Reason, ...]:
    """Why it is due then, by the edition of the calendar that counted it; with a word where that gives another date.

    Nothing that anybody wrote is in it but the rule. Whether the officer may see it is asked elsewhere.
    """
    around, now = _around(reader, [one]), reader.at if one.going else None
    then = _as_counted(reader, one)
    reasons = _with_edition(reader, one, reasons_of(one, then, around, now=now))
    found = reckoning_of(one, then, around, now=now)
    if found.due == one.due_at or found.stopped or one.due_at is None:
        return reasons
    told = reader.organisation.calendar(one.office, one.service).local(one.due_at)
    return (*reasons, Reason("The calendar has changed since; {moment}, promised then, stays.", {"moment": told}))


def _with_edition(reader: Reader, one: CaseClock, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Behind the number of the edition, since when it holds, and by which decree."""
    place = next((place for place, each in enumerate(reasons, start=1) if "edition" in each.facts), 0)
    if not place:
        return tuple(reasons)
    edition = edition_of(reader.connection, one.edition)
    since = reader.organisation.calendar(one.office, one.service).local(edition.made_at)
    known = Reason("That edition holds since {moment}.", {"moment": since})
    if edition.decree:
        known = Reason("That edition holds since {moment}: {basis}.", {"moment": since, "basis": edition.decree})
    return (*reasons[:place], known, *reasons[place:])


def _as_counted(reader: Reader, one: CaseClock) -> Organisation:
    """The house with the working times by which a clock was counted: an older edition, where it is over or not moved yet."""
    if one.edition == reader.organisation.edition:
        return reader.organisation
    return reader.organisation.as_of(book_of(reader.connection, one.edition) if one.edition else CalendarBook())


def _spans(reader: Reader, one: CaseClock, pauses: Sequence[PauseRow], taken: datetime | None) -> Iterator[Span]:
    """The time of a clock cut where it changes, pieces of one kind that touch as one."""
    ends = max(one.ended_at or reader.at, one.started_at)
    stops = [(each.begins_at, each.ends_at or ends) for each in pauses if each.holds(one)]
    step = one.kind is ClockKind.STEP
    marks = {one.started_at, ends, *(each for stop in stops for each in stop), *filter(None, (one.due_at, taken))}
    inside = sorted(each for each in marks if one.started_at <= each <= ends)
    open_one: Span | None = None
    for begins, until in pairwise(inside):
        if any(first <= begins < last for first, last in stops):
            what = Spent.PAUSED
        elif one.due_at is not None and begins >= one.due_at:
            what = Spent.LATE
        else:
            what = Spent.WAITED if step and (taken is None or begins < taken) else Spent.WORKED
        if open_one and open_one.what is what:
            open_one = open_one._replace(ends=until)
            continue
        if open_one:
            yield open_one
        open_one = Span(begins, until, what)
    if open_one:
        yield open_one
