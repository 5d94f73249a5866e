"""What will be late soon, for those who oversee an office: counted in its own working days. It names no person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select, tuple_, type_coerce
from sqlalchemy.sql.selectable import Select

from engine.domain.calendar import Calendar
from engine.domain.clock import CaseClock, ClockKind
from engine.domain.deadline import TimeLeft, time_left
from engine.domain.organisation import Officer
from engine.errors import NotFound, NotValid
from engine.queries.access import seen_by
from engine.queries.oversight import MACRO, MAP, overseen_offices
from engine.queries.pages import LENGTH, Page, checked_length, cut, moment_and_number
from engine.queries.reader import Reader
from engine.storage.clocks import OPEN, clock_of
from engine.storage.columns import FAR, Deadline, Moment
from engine.storage.tables import case, clock, release, release_drawing

FARTHEST = 60
"""Working days that one may look ahead."""
_DUE = type_coerce(clock.c.due_at, Moment)
_KEY = (clock.c.due_at, clock.c.id)


@dataclass(frozen=True, slots=True)
class SoonRow:
    """One clock that runs out."""

    clock: CaseClock
    left: TimeLeft
    case: str
    """The case's number."""
    seen: bool
    """Whether the officer may open the case."""
    stage: str
    release: str
    title: str


@dataclass(frozen=True, slots=True)
class LateCount:
    """How the open clocks of one office stand."""

    office: str
    late: int
    soon: int
    """Due within the working days asked for, and not late yet."""
    stopped: int
    later: int


def soon_late(
    reader: Reader,
    person: Officer,
    *,
    within: int,
    office: str = "",
    kind: ClockKind | None = None,
    sop: str = "",
    late: bool = False,
    after: str | None = None,
    length: int = LENGTH,
) -> Page[SoonRow]:
    """One page of clocks that run out within so many working days, the first due first; with `late`, those that have already.

    With `sop` those of a map, a macro with its micros, or a micro, and what it owes by law.

    Raises NotYours for who oversees nothing, NotFound for an office that the officer does not oversee, NotAPage, and
    NotValid for a number of days outside 0 to 60.
    """
    wanted, offices = checked_length(length) + 1, _offices(reader, person, office)
    of_sop = _of_sop(reader, sop) if sop else None
    arms = [
        _arm(_between(reader, each, within, late=late), kind, of_sop, after).order_by(*_KEY).limit(wanted)
        for each in offices
    ]
    first = sorted((due, number) for arm in arms for due, number in reader.connection.execute(arm))[:wanted]
    details = (
        select(clock, case.c.number, case.c.stage, release.c.code.label("of"), release.c.title)
        .add_columns(seen_by(person).label("seen"))
        .join(case, case.c.id == clock.c.case_id)
        .join(release, release.c.id == case.c.release_id)
        .where(clock.c.id.in_([number for _, number in first]))
    )
    rows = {row.id: row for row in reader.connection.execute(details)}
    lines = [rows[number] for _, number in first]
    return cut(
        lines,
        length,
        lambda row: SoonRow(
            one := clock_of(row),
            time_left(reader.at, one.due_at or FAR, reader.organisation.calendar(one.office, one.service)),
            row.number,
            bool(row.seen),
            row.stage,
            row.of,
            row.title,
        ),
        lambda row: (row.due_at or FAR, row.id),
    )


def late_counts(reader: Reader, person: Officer, *, within: int, office: str = "") -> tuple[LateCount, ...]:
    """How many clocks of each overseen office are late, will be, stand still, or have time. Raises as above."""
    return tuple(
        LateCount(
            each,
            late=_count(reader, _between(reader, each, within, late=True)),
            soon=_count(reader, _between(reader, each, within, late=False)),
            stopped=_count(reader, and_(OPEN, clock.c.office == each, clock.c.due_at == literal(None, Deadline))),
            later=_count(
                reader,
                and_(
                    OPEN,
                    clock.c.office == each,
                    clock.c.due_at > literal(_horizon(reader, each, within), Deadline),
                    clock.c.due_at < literal(None, Deadline),
                ),
            ),
        )
        for each in _offices(reader, person, office)
    )


def working_day_after(calendar: Calendar, moment: datetime, days: int) -> datetime:
    """Close of business so many working days after the day of a moment; with none, on that day or the last one before it."""
    day = calendar.local(moment).date()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
    return calendar.closing(day)


def _offices(reader: Reader, person: Officer, office: str) -> tuple[str, ...]:
    offices = tuple(each.code for each in overseen_offices(reader, person))
    if not office:
        return offices
    if office not in offices:
        raise NotFound(what=f"office {office}")
    return (office,)


def _horizon(reader: Reader, office: str, within: int) -> datetime:
    if not 0 <= within <= FARTHEST:
        raise NotValid(what="the number of working days", wanted=f"0 to {FARTHEST}", found=within)
    return max(working_day_after(reader.organisation.calendar(office), reader.at, within), reader.at)


def _between(reader: Reader, office: str, within: int, *, late: bool) -> ColumnElement[bool]:
    now, until = literal(reader.at, Deadline), literal(_horizon(reader, office, within), Deadline)
    due = clock.c.due_at < now if late else and_(clock.c.due_at >= now, clock.c.due_at <= until)
    return and_(OPEN, clock.c.office == office, due)


def _arm(
    where: ColumnElement[bool], kind: ClockKind | None, of_sop: ColumnElement[bool] | None, after: str | None
) -> Select[datetime, int]:
    """The keys of one office, in the order of its index: only these few are merged."""
    found = select(_DUE, clock.c.id).where(where)
    if of_sop is not None:
        found = found.where(of_sop)
    if kind is not None:
        found = found.where(clock.c.kind == kind)
    if after is not None:
        moment, number = moment_and_number(after)
        found = found.where(tuple_(*_KEY) > tuple_(literal(moment, Deadline), literal(number)))
    return found


def _of_sop(reader: Reader, sop: str) -> ColumnElement[bool]:
    """Its own clocks, those of its steps, of its micros and of what they owe by law; of a map, every clock of its cases."""
    runs = select(case.c.id).join(release, release.c.id == case.c.release_id).where(release.c.code == sop)
    if sop.startswith(MAP):
        return clock.c.case_id.in_(runs)
    own = [clock.c.code == sop, clock.c.code.startswith(f"{sop}/", autoescape=True)]
    if MACRO.fullmatch(sop):
        own += [clock.c.code.like(f"{sop}-__"), clock.c.code.like(f"{sop}-__/%")]
    return or_(
        and_(clock.c.kind.in_([ClockKind.STEP, ClockKind.PROCEDURE, ClockKind.CASE]), or_(*own)),
        and_(clock.c.kind == ClockKind.STAGE, clock.c.case_id.in_(runs)),
        and_(clock.c.kind == ClockKind.DUTY, _owed_by(reader, sop)),
    )


def _owed_by(reader: Reader, sop: str) -> ColumnElement[bool]:
    """What a macro with its micros, or a micro, owes by law, in whichever edition: codes of duties are told apart by process."""
    macro = MACRO.fullmatch(sop) is not None
    mine = or_(release.c.code == sop, release.c.code.like(f"{sop}-__")) if macro else release.c.code == sop
    editions = reader.connection.execute(select(release.c.id).where(mine)).scalars().all()
    within = re.compile(re.escape(sop) + ("(-..)?" if macro else ""))
    owed = {
        (process, one.code)
        for each in editions
        for process, named in reader.release(each).duties.items()
        if within.fullmatch(process)
        for one in named
    }
    called = and_(case.c.id == clock.c.case_id, release_drawing.c.release_id == case.c.release_id)
    of = [
        and_(clock.c.code == code, exists().where(called, release_drawing.c.process == process))
        for process, code in sorted(owed)
    ]
    return or_(false(), *of)


def _count(reader: Reader, where: ColumnElement[bool]) -> int:
    return reader.connection.execute(select(func.count()).select_from(clock).where(where)).scalar_one()
