"""The rows of what comes from the placement system: which case it knows, each piece of news once, and how far both sides are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, literal_column, or_, select, update

from engine.domain.audit import canonical
from engine.domain.case import CaseState
from engine.domain.placement import MESSAGES, PARTNER, EventKind, EventState
from engine.storage.key_ring import KeyRing
from engine.storage.partner_cases import placement_family
from engine.storage.tables import case, partner_case, partner_event, partner_line, subscription
from engine.storage.upsert import insert_of

WAITING: Final[ColumnElement[str]] = literal_column("'waiting'")
"""Written out and not bound, so that both databases see that the partial index applies."""
MOST_AT_ONCE: Final = 50
ANY_TIME: Final = frozenset({EventKind.CANCELLED})
"""It may come at any time, so that waiting for it does not tell how far a case is."""
UNKNOWN: Final = "unknown-reference"
"""Why news waits or was refused whose number nobody knew when it came."""
BY_A_PERSON: Final = "person"
"""Begins the reason for which a person set news aside that waited."""
OTHER: Final = "other-reference"
"""Why news was refused whose case is known under another number."""
OVER: Final = [CaseState.COMPLETED.value, CaseState.CANCELLED.value]
"""The states of a case that is over."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that the placement system knows, or is to know."""

    case: int
    reference: str
    stage: str
    sequence: int
    begun_at: datetime
    closed_at: datetime | None
    stage_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news, as its row says it; what it tells of the case is read apart."""

    number: int
    message: str
    kind: str
    reference: str
    case: int | None
    sequence: int
    occurred_at: datetime
    received_at: datetime
    state: EventState
    why: str


class Placements:
    """The inbox of one unit of work."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    # What the partner knows.

    def begin(self, held: int, at: datetime) -> None:
        """Know that a case is told to the partner; nothing happens where that is known."""
        row = {"case_id": held, "partner": PARTNER, "stage": "", "sequence": 0, "begun_at": at}
        statement = insert_of(self._connection.dialect.name, partner_case).on_conflict_do_nothing()
        self._connection.execute(statement, row)

    def lock(self, held: int) -> KnownCase | None:
        """Hold what the partner knows of one case; None where it knows nothing."""
        found = select(partner_case).where(partner_case.c.case_id == held).with_for_update()
        row = self._connection.execute(found).first()
        return known_of(row) if row else None

    def by_reference(self, reference: str) -> KnownCase | None:
        """The case that the partner knows by this number."""
        mine = (partner_case.c.partner == PARTNER) & (partner_case.c.reference == reference)
        row = self._connection.execute(select(partner_case).where(mine)).first()
        return known_of(row) if row else None

    def in_family(self, held: int) -> KnownCase | None:
        """What the partner knows of a case or of the nearest of its family."""
        rows = self._connection.execute(
            select(partner_case).where(partner_case.c.case_id.in_(self.family(held))).order_by(partner_case.c.case_id)
        ).all()
        known = [known_of(row) for row in rows]
        return next((each for each in known if each.case == held), known[0] if known else None)

    def family(self, held: int) -> frozenset[int]:
        """A case, the one above it, those beside it and those below."""
        return frozenset(self._connection.execute(select(case.c.id).where(placement_family(held))).scalars())

    def row_of(self, number: str) -> int | None:
        """The row of a case by its number; None where there is none."""
        return self._connection.execute(select(case.c.id).where(case.c.number == number)).scalar()

    def name(self, held: int, reference: str) -> None:
        """Know under which number the partner has a case; news that came under it belongs to the case now.

        Another number is another placement: it is counted from its beginning, and what still waits under the number
        before does not belong to it.
        """
        self._forget_number(held, reference)
        self._connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(reference=reference))
        mine = (partner_event.c.partner == PARTNER) & (partner_event.c.reference == reference)
        again = mine & partner_event.c.case_id.is_(None)
        self._connection.execute(update(partner_event).where(again).values(case_id=held))
        refused = mine & (partner_event.c.state == EventState.REFUSED) & (partner_event.c.why == UNKNOWN)
        back = {"state": EventState.WAITING, "why": "", "settled_at": None, "settled_by": None}
        self._connection.execute(update(partner_event).where(refused).values(**back))

    def _forget_number(self, held: int, reference: str) -> None:
        other = (partner_case.c.case_id == held) & (partner_case.c.reference != reference)
        anew = update(partner_case).where(other).values(sequence=0)
        if self._connection.execute(anew).rowcount:
            left = (partner_event.c.case_id == held) & (partner_event.c.state == WAITING)
            left &= partner_event.c.reference != reference
            said = {"state": EventState.REFUSED, "why": OTHER}
            self._connection.execute(update(partner_event).where(left).values(**said))

    def move(self, held: int, event: Told, *, stage: str | None = None) -> None:
        """Count an event as the last that was dealt with; with a `stage`, the case has come so far with it."""
        values: dict[str, Any] = {"sequence": event.sequence}
        if stage is not None:
            values |= {"stage": stage, "stage_at": event.occurred_at}
        self._connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(**values))

    def count(self, held: int, sequence: int) -> None:
        """Wait for no number up to this one any more."""
        self._connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(sequence=sequence))

    def count_anew(self, held: int) -> None:
        """Know that the partner has begun the placement again from nothing."""
        values: dict[str, Any] = {"sequence": 0, "stage": "", "stage_at": None}
        self._connection.execute(update(partner_case).where(partner_case.c.case_id == held).values(**values))

    def laid_aside(self, held: int, sequence: int) -> bool:
        """Whether a person has set aside the news of this number while it waited."""
        mine = (partner_event.c.case_id == held) & (partner_event.c.sequence == sequence)
        aside = (partner_event.c.state == EventState.SET_ASIDE) & partner_event.c.why.startswith(f"{BY_A_PERSON} ")
        return self._connection.execute(select(partner_event.c.id).where(mine, aside).limit(1)).first() is not None

    def close(self, held: int, at: datetime) -> None:
        """Know that the placement is over."""
        self._connection.execute(
            update(partner_case)
            .where(partner_case.c.case_id == held, partner_case.c.closed_at.is_(None))
            .values(closed_at=at)
        )

    # What came in.

    def add(
        self,
        given: Mapping[str, Any],
        *,
        message: str,
        kind: str,
        reference: str,
        held: int | None,
        sequence: int,
        occurred_at: datetime,
        at: datetime,
        state: EventState,
        why: str,
        batch: int | None = None,
    ) -> int:
        """Keep one piece of news; 0 where its id is there already."""
        row: dict[str, Any] = {
            "partner": PARTNER,
            "message": message,
            "kind": kind,
            "reference": reference,
            "case_id": held,
        }
        row |= {"sequence": sequence, "occurred_at": occurred_at, "received_at": at, "state": state, "why": why}
        row |= {"body": self._keys.lock(canonical(given), _place(message)), "batch_id": batch}
        row |= {"settled_at": None if state is EventState.WAITING else at}
        statement = insert_of(self._connection.dialect.name, partner_event).on_conflict_do_nothing()
        made = self._connection.execute(statement.returning(partner_event.c.id), row).scalar()
        return int(made or 0)

    def told(self, message: str) -> Told | None:
        """The news of this id, if it is there."""
        mine = (partner_event.c.partner == PARTNER) & (partner_event.c.message == message)
        row = self._connection.execute(select(partner_event).where(mine)).first()
        return told_of(row) if row else None

    def says_the_same(self, message: str, given: Mapping[str, Any]) -> bool:
        """Whether the news of this id was kept with the same words. Raises KeyMissing, CellChanged."""
        return canonical(self.body(message)) == canonical(given)

    def body(self, message: str) -> dict[str, Any]:
        """What a piece of news said. Raises KeyMissing, CellChanged."""
        mine = (partner_event.c.partner == PARTNER) & (partner_event.c.message == message)
        cell = self._connection.execute(select(partner_event.c.body).where(mine)).scalar_one()
        found: dict[str, Any] = json.loads(self._keys.unlock(cell, _place(message)))
        return found

    def lock_event(self, number: int) -> Told | None:
        """Hold one piece of news."""
        row = self._connection.execute(
            select(partner_event).where(partner_event.c.id == number).with_for_update()
        ).first()
        return told_of(row) if row else None

    def waiting(self, held: int) -> list[Told]:
        """What waits for a case, in the order of the numbers."""
        mine = (partner_event.c.case_id == held) & (partner_event.c.state == WAITING)
        rows = self._connection.execute(
            select(partner_event).where(mine).order_by(partner_event.c.sequence, partner_event.c.id).with_for_update()
        )
        return [told_of(row) for row in rows]

    def adopt(self, held: int, family: Collection[int]) -> None:
        """Let what waits for another case of the family wait for the one that the partner knows."""
        others = [each for each in family if each != held]
        if others:
            mine = partner_event.c.case_id.in_(others) & (partner_event.c.state == WAITING)
            self._connection.execute(update(partner_event).where(mine).values(case_id=held))

    def settle(
        self, numbers: Iterable[int], state: EventState, at: datetime, *, why: str = "", by: int | None = None
    ) -> None:
        """Be done with some pieces of news."""
        over = {"state": state, "why": why[:120], "settled_at": at, "settled_by": by}
        rows = partner_event.c.id.in_(sorted(numbers))
        self._connection.execute(update(partner_event).where(rows).values(**over))

    def say_why(self, number: int, why: str) -> None:
        """Say for what a piece of news waits."""
        mine = (partner_event.c.id == number) & (partner_event.c.why != why)
        self._connection.execute(update(partner_event).where(mine).values(why=why))

    def messages_waited_for(self, held: Collection[int]) -> dict[str, int]:
        """Message → the case of these that waits for it, of the messages that news becomes."""
        found = select(subscription.c.message, subscription.c.case_id).where(
            subscription.c.case_id.in_(sorted(held)), subscription.c.message.in_(sorted(MESSAGES.values()))
        )
        rows = self._connection.execute(found.order_by(subscription.c.case_id.desc()))
        return {row.message: row.case_id for row in rows}

    def all_over(self, held: int) -> bool:
        """Whether the case and the one above it are over."""
        rows = self._connection.execute(
            select(case.c.state).where(
                or_(
                    case.c.id == held,
                    case.c.id == select(case.c.parent_id).where(case.c.id == held).scalar_subquery(),
                )
            )
        ).scalars()
        return all(state in OVER for state in rows)


def placements_to_move(connection: Connection, after: int = 0) -> tuple[int, ...]:
    """Cases with a row after this one whose first news has something to be done with it: the lowest rows first.

    It is wanted by the family, was dealt with before, is of a case that is over, or the case went on without it. What
    merely waits is not among them, however much of it there is.
    """
    event, known = partner_event, partner_case
    own, kin, above = case.alias("own"), case.alias("kin"), case.alias("above")
    near = or_(
        kin.c.id == own.c.id,
        kin.c.parent_id == own.c.id,
        kin.c.id == own.c.parent_id,
        and_(kin.c.parent_id == own.c.parent_id, own.c.parent_id.is_not(None)),
    )
    waits = (
        exists()
        .where(near, subscription.c.case_id == kin.c.id)
        .where(_led_on(event, known))
        .correlate(event, known, own)
    )
    over = own.c.state.in_(OVER) & or_(own.c.parent_id.is_(None), above.c.state.in_(OVER))
    found = (
        select(known.c.case_id)
        .join(event, event.c.case_id == known.c.case_id)
        .join(own, own.c.id == known.c.case_id)
        .outerjoin(above, above.c.id == own.c.parent_id)
        .where(event.c.state == WAITING, known.c.case_id > after)
        .where(or_(event.c.sequence <= known.c.sequence, over, and_(event.c.sequence == known.c.sequence + 1, waits)))
        .distinct()
        .order_by(known.c.case_id)
        .limit(MOST_AT_ONCE)
    )
    return tuple(connection.execute(found).scalars())


def _led_on(event: Any, known: Any) -> ColumnElement[bool]:
    """Whether a wait lets something be done with this news: its own message, that of a later kind, or that of news behind it."""
    behind = partner_event.alias("behind")
    message, kinds = subscription.c.message, list(MESSAGES)
    wanted = [(event.c.kind == kind.value) & (message == MESSAGES[kind]) for kind in kinds]
    passed = [
        (event.c.kind == kind.value)
        & message.in_([MESSAGES[each] for each in kinds[place + 1 :] if each not in ANY_TIME])
        for place, kind in enumerate(kinds)
        if kind not in ANY_TIME
    ]
    follows = [(behind.c.kind == kind.value) & (message == MESSAGES[kind]) for kind in kinds]
    led = exists().where(behind.c.case_id == known.c.case_id, behind.c.state == WAITING)
    led = led.where(behind.c.sequence > event.c.sequence, or_(*follows)).correlate(event, known, subscription)
    return or_(*wanted, *passed, led)


def placements_to_adopt(connection: Connection, after: int = 0) -> tuple[int, ...]:
    """Cases known to the partner for which news waits elsewhere: at another of the family, or under a number not known when it came."""
    event, other, own = partner_event, case.alias("other"), case.alias("own")
    theirs = partner_case.alias("theirs")
    mine = exists().where(theirs.c.case_id == event.c.case_id)
    near = or_(
        own.c.parent_id == other.c.id,
        own.c.id == other.c.parent_id,
        and_(own.c.parent_id == other.c.parent_id, own.c.parent_id.is_not(None)),
    )
    found = (
        select(partner_case.c.case_id)
        .join(own, own.c.id == partner_case.c.case_id)
        .join(other, near)
        .join(event, event.c.case_id == other.c.id)
        .where(event.c.state == WAITING, ~mine, partner_case.c.case_id > after)
        .distinct()
        .order_by(partner_case.c.case_id)
        .limit(MOST_AT_ONCE)
    )
    named = (
        select(partner_case.c.case_id)
        .join(event, event.c.reference == partner_case.c.reference)
        .where(event.c.partner == PARTNER, event.c.case_id.is_(None), partner_case.c.case_id > after)
        .where(or_(event.c.state == WAITING, (event.c.state == EventState.REFUSED) & (event.c.why == UNKNOWN)))
        .distinct()
        .order_by(partner_case.c.case_id)
        .limit(MOST_AT_ONCE)
    )
    return (*connection.execute(found).scalars(), *connection.execute(named).scalars())


def line_of(connection: Connection) -> Any | None:
    """How the line to the partner is; None where nothing has been tried yet."""
    return connection.execute(select(partner_line).where(partner_line.c.partner == PARTNER)).first()


def note_cursor(connection: Connection, cursor: str, at: datetime) -> None:
    """Remember up to where the partner's news has been read."""
    first = insert_of(connection.dialect.name, partner_line)
    row = {"partner": PARTNER, "failures": 0, "cursor": cursor.replace("\x00", "")[:80], "asked_at": at}
    again = first.on_conflict_do_update(
        index_elements=["partner"], set_={"cursor": first.excluded.cursor, "asked_at": first.excluded.asked_at}
    )
    connection.execute(again, row)


def known_of(row: Any) -> KnownCase:
    """A case that the partner knows, as its row says it."""
    return KnownCase(
        row.case_id, row.reference or "", row.stage, row.sequence, row.begun_at, row.closed_at, row.stage_at
    )


def told_of(row: Any) -> Told:
    """One piece of news, as its row says it."""
    return Told(
        row.id,
        row.message,
        row.kind,
        row.reference,
        row.case_id,
        row.sequence,
        row.occurred_at,
        row.received_at,
        EventState(row.state),
        row.why,
    )


def _place(message: str) -> str:
    return f"partner_event.body.{PARTNER}.{message}"
