"""Extensions for their pages: what may still be asked for, what waits for a decision, and what one would come to.

Whoever decides on an extension sees what is asked for and why, even of a case in which their office takes no part (the
head office decides for all). Everything else of such a case stays closed to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from engine.domain.case import Case
from engine.domain.clock import ClockKind, ExtensionState, room_to_extend
from engine.domain.deadline import Reason
from engine.domain.organisation import Officer
from engine.domain.release import Allowance
from engine.errors import NotFound
from engine.queries.access import seen_by
from engine.queries.clocks import ClockRow, due_with, reasons_for, rows_of
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.cases import case_of
from engine.storage.clocks import OPEN, clock_of
from engine.storage.extensions import ExtensionRow, read_extensions
from engine.storage.organisation import EXTEND
from engine.storage.tables import case, clock, extension

MOST = 200
"""So many that wait are shown at once."""


@dataclass(frozen=True, slots=True)
class AskedExtension:
    """One extension that was asked for."""

    case: Case
    row: ClockRow
    asked: ExtensionRow
    seen: bool
    """Whether the officer may open the case. Where not, its pauses are left out of the clock."""
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ExtensionPage:
    """The same with what it would do."""

    of: AskedExtension
    then: datetime | None
    """When the clock is due once it is granted; None while it stands still."""
    why: tuple[Reason, ...]
    """Why it is due when it is."""
    mine: bool
    """Whether the officer asked for it: then somebody else decides."""
    may_decide: bool


def is_barred(reader: Reader, of: Case, row: ClockRow) -> bool:
    """Whether a clock measures a duty that the law lets nobody extend."""
    duty = reader.release(of.release).duty(row.clock.code) if row.clock.kind is ClockKind.DUTY else None
    return duty is not None and not duty.times


def room_for(reader: Reader, of: Case, row: ClockRow) -> Allowance | None:
    """What may still be added to a clock: what the law names, or where it names nothing, as much again. None for nothing."""
    duty = reader.release(of.release).duty(row.clock.code) if row.clock.kind is ClockKind.DUTY else None
    granted = [each.allowance for each in row.extensions if each.state is ExtensionState.GRANTED]
    room = room_to_extend(row.clock, duty, granted)
    return room if room.amount else None


def waiting_extensions(reader: Reader, person: Officer) -> tuple[AskedExtension, ...]:
    """What waits for a decision of this officer, the first asked first; what they asked for themselves is left out."""
    waiting = _waiting(reader, person).order_by(extension.c.id).limit(MOST)
    return _asked(reader, person, list(reader.connection.execute(waiting).scalars()))


def count_waiting(reader: Reader, person: Officer) -> int:
    """How many wait for this officer's decision."""
    return int(
        reader.connection.execute(select(func.count()).select_from(_waiting(reader, person).subquery())).scalar_one()
    )


def extension_page(reader: Reader, person: Officer, number: int) -> ExtensionPage:
    """One of them. Raises NotFound where the officer neither may see its case nor decides on it."""
    found = _asked(reader, person, [number])
    if not found:
        raise NotFound(what=f"extension {number}")
    (of,) = found
    one, asked = of.row.clock, of.asked
    may = reader.organisation.extends(person, one.office, of.case.office) is not None
    if not (may or of.seen):
        raise NotFound(what=f"extension {number}")
    mine, open_ = asked.asked_by == person.number, asked.state is ExtensionState.PROPOSED
    then = due_with(reader, one, replace(asked, state=ExtensionState.GRANTED)) if one.going else one.due_at
    return ExtensionPage(of, then, reasons_for(reader, one), mine, may and open_ and not mine)


def _waiting(reader: Reader, person: Officer) -> Select[Any]:
    """The rows of what waits for a decision of this officer; of nobody's where no post of theirs decides.

    Where the clock is over, nothing is left to decide.
    """
    found = select(extension.c.id).join(clock, clock.c.id == extension.c.clock_id)
    found = found.join(case, case.c.id == clock.c.case_id)
    found = found.where(extension.c.state == ExtensionState.PROPOSED, OPEN, _decides(reader, person))
    return found.where(extension.c.asked_by != person.number)


def _decides(reader: Reader, person: Officer) -> ColumnElement[bool]:
    """Where `Organisation.extends` says that the officer decides."""
    powers = reader.organisation.powers
    offices = sorted({each.office for each in person.holdings if EXTEND in powers.get(each.post, ())})
    if reader.organisation.head in offices:
        return true()
    return or_(clock.c.office.in_(offices), case.c.office.in_(offices))


def _asked(reader: Reader, person: Officer, numbers: list[int]) -> tuple[AskedExtension, ...]:
    """These extensions with their clocks and cases, in the order of their asking. Who may see them is asked elsewhere."""
    asked = read_extensions(reader.connection, reader.keys, extension.c.id.in_(numbers))
    run = reader.connection.execute
    clocks = [clock_of(row) for row in run(select(clock).where(clock.c.id.in_({each.clock for each in asked})))]
    rows = {row.clock.number: row for row in rows_of(reader, clocks)}
    theirs = select(case, seen_by(person).label("seen")).where(case.c.id.in_({each.case for each in clocks}))
    cases = {row.id: (case_of(row), bool(row.seen)) for row in run(theirs)}
    names = names_of(reader, {who for each in asked for who in (each.asked_by, each.decided_by) if who is not None})
    found = []
    for each in asked:
        row = rows[each.clock]
        of, seen = cases[row.clock.case]
        found.append(AskedExtension(of, row if seen else replace(row, pauses=()), each, seen, names))
    return tuple(found)
