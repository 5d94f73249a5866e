"""The rows of comparing: what this house knows of every placement, each run, and what differed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, literal_column, or_, select, update

from engine.domain.audit import canonical
from engine.domain.placement import PARTNER
from engine.domain.placement_differences import Difference, OurRecord
from engine.domain.placement_reading import hash_of_name
from engine.storage.partner_lines import hold_line
from engine.storage.placements import OVER, WAITING
from engine.storage.subjects import Subjects
from engine.storage.tables import (
    case,
    difference,
    disposition,
    disposition_kind,
    partner_case,
    partner_event,
    reconciliation,
)

WHOLE: Final = "rest"
"""The source of a list that came over the line."""
TOLD: Final = ("nama", "tanggal_lahir")
"""What of a person is compared."""
PLACING: Final = ("p-c3-04", "c2-m16")
"""Procedures that place somebody anew by the official way."""
ASKED: Final = "asked"
"""A row that is no run yet: somebody wants one over the line."""
AT_ONCE: Final = 5_000
"""Rows that are named in one statement; no database takes any number."""
GONE: Final = "gone"
"""A later run did not find it any more."""


@dataclass(frozen=True, slots=True)
class Held:
    """One difference that is held."""

    number: int
    case: int | None
    reference: str
    kind: str
    open: bool


def our_records(connection: Connection, subjects: Subjects, offices: Collection[str] | None = None) -> list[OurRecord]:
    """How this house, or some of its offices, see every placement told of, and every case that is to be placed anew.

    A placement whose case, and the one above it, are over is followed no longer: here it is closed.
    Whoever asks notes that persons were read: a name's hash and a date of birth are made of them.
    """
    above = case.alias("above")
    states = case.c.state.label("state"), above.c.state.label("state_above")
    found = (
        select(partner_case, case.c.number, case.c.subject_id, case.c.parent_id, *states)
        .join(case, case.c.id == partner_case.c.case_id)
        .outerjoin(above, above.c.id == case.c.parent_id)
        .where(partner_case.c.partner == PARTNER)
        .order_by(partner_case.c.case_id)
    )
    rows = connection.execute(found if offices is None else found.where(case.c.office.in_(sorted(offices)))).all()
    waiting = _waiting(connection)
    numbers = _family_numbers(connection, [row.case_id for row in rows])
    persons = subjects.read_many({row.subject_id for row in rows if row.subject_id is not None}, TOLD)
    known = []
    for row in rows:
        person = persons.get(row.subject_id, {})
        name = person.get("nama", "")
        known.append(
            OurRecord(
                case=row.case_id,
                number=row.number,
                reference=row.reference or "",
                stage=row.stage,
                sequence=row.sequence,
                waiting=waiting.get(row.case_id, frozenset()),
                open=row.closed_at is None and not _over(row),
                family=numbers.get(row.case_id, frozenset()),
                born_on=person.get("tanggal_lahir", ""),
                name_hash=hash_of_name(name) if name else "",
            )
        )
    told = frozenset().union(*(each.family for each in known)) if known else frozenset()
    return [*known, *_not_told_of(connection, told, offices)]


def _over(row: Any) -> bool:
    return row.state in OVER and (row.parent_id is None or row.state_above in OVER)


def _waiting(connection: Connection) -> dict[int, frozenset[int]]:
    rows = connection.execute(
        select(partner_event.c.case_id, partner_event.c.sequence).where(
            partner_event.c.state == WAITING, partner_event.c.case_id.is_not(None)
        )
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.case_id, set()).add(row.sequence)
    return {held: frozenset(numbers) for held, numbers in found.items()}


def _family_numbers(connection: Connection, cases: Collection[int]) -> dict[int, frozenset[str]]:
    """The numbers of each case and of those above and below it."""
    own, kin = case.alias("own"), case.alias("kin")
    near = or_(kin.c.id == own.c.id, kin.c.id == own.c.parent_id, kin.c.parent_id == own.c.id)
    found: dict[int, set[str]] = {}
    for some in _parts(cases):
        asked = select(own.c.id, kin.c.number).join(kin, near).where(own.c.id.in_(some))
        for row in connection.execute(asked):
            found.setdefault(row.id, set()).add(row.number)
    return {held: frozenset(numbers) for held, numbers in found.items()}


def _not_told_of(connection: Connection, told: Collection[str], offices: Collection[str] | None) -> list[OurRecord]:
    """Cases with an open disposition that places somebody anew, of which the partner has not been told."""
    carries = disposition.c.sub_case_id == case.c.id
    found = (
        select(case.c.id, case.c.number)
        .join(disposition, carries)
        .join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
        .where(disposition.c.state == literal_column("'open'"), disposition_kind.c.procedure.in_(PLACING))
        .order_by(case.c.id)
    )
    rows = connection.execute(found if offices is None else found.where(case.c.office.in_(sorted(offices)))).all()
    numbers = _family_numbers(connection, [row.id for row in rows])
    more: dict[str, Any] = {"reference": "", "stage": "", "sequence": 0, "waiting": frozenset(), "open": True}
    return [
        OurRecord(case=row.id, number=row.number, family=numbers[row.id], reported=False, **more)
        for row in rows
        if row.number not in told
    ]


def add_run(
    connection: Connection,
    *,
    at: datetime,
    by: int | None,
    compared: int,
    source: str,
    found: Iterable[Difference],
    offices: Collection[str] | None = None,
) -> tuple[int, int]:
    """Store what a run of the whole house, or of some offices, has found. Returns its row, and how many it left open.

    What was found before and is found again stays as it is, with what a person has said of it; what is not found any
    more is gone.
    """
    hold_line(connection, PARTNER)  # two runs at once would both find what is new
    row = {"partner": PARTNER, "at": at, "asked_by": by, "compared": compared, "source": source}
    run = connection.execute(insert(reconciliation).returning(reconciliation.c.id), row).scalar_one()
    fresh = {_key(each.case, each.reference, each.kind.value, each.ours, each.theirs): each for each in found}
    open_ones = select(difference).where(difference.c.mended_at.is_(None))
    if offices is not None:
        own = case.c.office.in_(sorted(offices))
        open_ones = open_ones.outerjoin(case, case.c.id == difference.c.case_id).where(or_(own, case.c.id.is_(None)))
    before = connection.execute(open_ones).all()
    noted = connection.execute(
        select(difference).where(difference.c.how.in_(["note", "set-aside"]), difference.c.mended_at.is_not(None))
    ).all()
    keys = {_known_as(each): each.id for each in before}
    gone = [each.id for each in before if _known_as(each) not in fresh and (offices is None or each.case_id)]
    mend(connection, gone, at, None, GONE)
    stays = [number for key, number in keys.items() if key in fresh]
    for some in _parts(stays):
        connection.execute(update(difference).where(difference.c.id.in_(some)).values(reconciliation_id=run))
    said = {_known_as(each) for each in noted}
    new = [each for key, each in fresh.items() if key not in keys and key not in said]
    if new:
        connection.execute(insert(difference), [_row(run, each) for each in new])
    return int(run), len(stays) + len(new)


def mend(connection: Connection, numbers: Collection[int], at: datetime, by: int | None, how: str) -> None:
    """Be done with some differences."""
    over = {"mended_at": at, "mended_by": by, "how": how}
    for some in _parts(numbers):
        connection.execute(update(difference).where(difference.c.id.in_(some)).values(**over))


def lock_difference(connection: Connection, number: int) -> Held | None:
    """Hold one difference."""
    row = connection.execute(select(difference).where(difference.c.id == number).with_for_update()).first()
    return Held(row.id, row.case_id, row.reference, row.kind, row.mended_at is None) if row else None


def ask_for_run(connection: Connection, at: datetime, by: int | None) -> int:
    """Store that somebody wants both sides compared. Returns its row."""
    row = {"partner": PARTNER, "at": at, "asked_by": by, "compared": 0, "source": ASKED}
    return int(connection.execute(insert(reconciliation).returning(reconciliation.c.id), row).scalar_one())


def last_run(connection: Connection, *sources: str) -> Any | None:
    """The last time that both sides were compared, from one of these sources where any is named; None where they never were."""
    mine = select(reconciliation).where(reconciliation.c.partner == PARTNER)
    mine = mine.where(reconciliation.c.source.in_(sources) if sources else reconciliation.c.source != ASKED)
    return connection.execute(mine.order_by(reconciliation.c.at.desc(), reconciliation.c.id.desc()).limit(1)).first()


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    wanted = sorted(numbers)
    yield from (wanted[begins : begins + AT_ONCE] for begins in range(0, len(wanted), AT_ONCE))


def _key(held: int | None, reference: str, kind: str, ours: Any, theirs: Any) -> tuple[Any, ...]:
    return held, reference, kind, canonical(ours), canonical(theirs)


def _known_as(row: Any) -> tuple[Any, ...]:
    return _key(row.case_id, row.reference, row.kind, row.ours, row.theirs)


def _row(run: int, each: Difference) -> dict[str, Any]:
    row = {"reconciliation_id": run, "case_id": each.case, "reference": each.reference, "kind": each.kind.value}
    return row | {"ours": dict(each.ours), "theirs": dict(each.theirs), "mended_at": None, "mended_by": None, "how": ""}
