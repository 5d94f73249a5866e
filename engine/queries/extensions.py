"""Extensions for their pages: what may still be asked for, what waits for a decision, and what one would come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from engine.domain.case import Case
from engine.domain.clock import ClockKind, ExtensionState, room_to_extend
from engine.domain.organisation import Officer
from engine.domain.release import Allowance
from engine.errors import NotFound
from engine.queries.access import seen_by, visible_case_by_row
from engine.queries.clocks import ClockRow, clocks_of_case, due_with
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.clocks import clock_of
from engine.storage.extensions import ExtensionRow, read_extensions
from engine.storage.organisation import EXTEND
from engine.storage.tables import case, clock, extension

MOST = 200
"""So many that wait are shown at once."""


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """One extension that was asked for, and what it would do."""

    case: Case
    row: ClockRow
    asked: ExtensionRow
    then: datetime | None
    """When the clock is due once it is granted; None while it stands still."""
    mine: bool
    """Whether the officer asked for it: then somebody else decides."""
    may_decide: bool
    names: Mapping[int, str]


def room_for(reader: Reader, of: Case, row: ClockRow) -> Allowance | None:
    """What may still be added to a clock: what the law names, or where it names nothing, as much again. None for nothing."""
    duty = reader.release(of.release).duty(row.clock.code) if row.clock.kind is ClockKind.DUTY else None
    granted = [each.allowance for each in row.extensions if each.state is ExtensionState.GRANTED]
    room = room_to_extend(row.clock, duty, granted)
    return room if room.amount else None


def waiting_extensions(reader: Reader, person: Officer) -> tuple[ExtensionPage, ...]:
    """What waits for a decision of this officer, the first asked first; what they asked for themselves is left out."""
    waiting = _waiting(reader, person).order_by(extension.c.id).limit(MOST)
    return tuple(extension_page(reader, person, each) for each in reader.connection.execute(waiting).scalars())


def count_waiting(reader: Reader, person: Officer) -> int:
    """How many wait for this officer's decision."""
    return int(
        reader.connection.execute(select(func.count()).select_from(_waiting(reader, person).subquery())).scalar_one()
    )


def _waiting(reader: Reader, person: Officer) -> Select[Any]:
    """The rows of what waits for a decision of this officer; of nobody's where no post of theirs decides."""
    found = select(extension.c.id).join(clock, clock.c.id == extension.c.clock_id)
    found = found.join(case, case.c.id == clock.c.case_id)
    found = found.where(extension.c.state == ExtensionState.PROPOSED, seen_by(person), _decides(reader, person))
    return found.where(extension.c.asked_by != person.number)


def extension_page(reader: Reader, person: Officer, number: int) -> ExtensionPage:
    """One of them. Raises NotFound where the officer may not see its case."""
    found = read_extensions(reader.connection, reader.keys, extension.c.id == number)
    if not found:
        raise NotFound(what=f"extension {number}")
    asked = found[0]
    one = clock_of(reader.connection.execute(select(clock).where(clock.c.id == asked.clock)).one())
    of = visible_case_by_row(reader, person, one.case)
    row = next(each for each in clocks_of_case(reader, person, of.number) if each.clock.number == one.number)
    who = {each for each in (asked.asked_by, asked.decided_by) if each is not None}
    may = bool({one.office, of.office, reader.organisation.head} & _offices(reader, person))
    mine, open_ = asked.asked_by == person.number, asked.state is ExtensionState.PROPOSED
    then = due_with(reader, one, replace(asked, state=ExtensionState.GRANTED)) if one.going else one.due_at
    return ExtensionPage(of, row, asked, then, mine, may and open_ and not mine, names_of(reader, who))


def _offices(reader: Reader, person: Officer) -> set[str]:
    """Where the officer holds a post that decides."""
    powers = reader.organisation.powers
    return {each.office for each in person.holdings if EXTEND in powers.get(each.post, ())}


def _decides(reader: Reader, person: Officer) -> ColumnElement[bool]:
    offices = sorted(_offices(reader, person))
    if reader.organisation.head in offices:
        return ~false()
    return or_(clock.c.office.in_(offices), case.c.office.in_(offices))
