"""Events as rows, with the people who came: whose row of which table has become which case."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from engine.domain.audit import canonical
from engine.domain.event import Event
from engine.errors import NotFound
from engine.storage.counters import count_up
from engine.storage.key_ring import KeyRing
from engine.storage.tables import case, event, event_person

_OF_ROWS = "nik"
"""The index key that row hashes are made with, told apart by what stands before them."""


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who is in an event already."""

    case: str
    """The number of the case."""
    row_hash: str


class Events:
    """The events that one unit of work reads and writes."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(self, begun: Event) -> Event:
        """Make an event, numbered by the year."""
        number = f"R-{begun.opened_at.year}-{count_up(self._connection, f'event-{begun.opened_at.year}'):05}"
        row = {name: getattr(begun, name) for name in _COLUMNS} | {"number": number, "note": ""}
        made = self._connection.execute(insert(event).returning(event.c.id), row).scalar_one()
        if begun.note:
            locked = self._keys.lock(begun.note, note_place(made))
            self._connection.execute(update(event).where(event.c.id == made).values(note=locked))
        return replace(begun, id=made, number=number)

    def lock(self, number: str) -> Event:
        """Hold an event, so that people are added to it one after another. Raises NotFound."""
        row = self._connection.execute(select(event).where(event.c.number == number).with_for_update()).first()
        if row is None:
            raise NotFound(what=f"group {number}")
        return event_of(row)

    def close(self, held: Event, at: datetime) -> Event:
        """Let nobody be added any more."""
        self._connection.execute(update(event).where(event.c.id == held.id).values(closed_at=at))
        return replace(held, closed_at=at)

    def row_hash(self, held: Event, answers: Mapping[str, Any]) -> str:
        """What a row is known by when it is sent again: nobody without the keys learns from it who it is."""
        said = f"event-row|{held.number}|{canonical(dict(answers))}"
        return hmac.new(self._keys.indexes[_OF_ROWS], said.encode(), hashlib.sha256).hexdigest()

    def here(self, held: Event, row_hash: str) -> Here | None:
        """Who came with this row already."""
        found = (
            select(case.c.number, event_person.c.row_hash)
            .join(event_person, event_person.c.case_id == case.c.id)
            .where(event_person.c.event_id == held.id, event_person.c.row_hash == row_hash)
        )
        row = self._connection.execute(found).first()
        return None if row is None else Here(row.number, row.row_hash)

    def cases_of(self, held: Event, subjects: Collection[int]) -> tuple[tuple[str, bool], ...]:
        """The cases of these persons in the event's office, each with whether it belongs to the event itself."""
        if not subjects:
            return ()
        found = select(case.c.number, case.c.event_id).where(
            case.c.subject_id.in_(sorted(subjects)), case.c.office == held.office, case.c.parent_id.is_(None)
        )
        rows = self._connection.execute(found.order_by(case.c.id.desc()).limit(_MOST))
        return tuple((row.number, row.event_id == held.id) for row in rows)

    def join(self, held: Event, made: int, row_hash: str, alike: Sequence[str]) -> int:
        """Let a case belong to the event. Returns the person's place in it, from 1."""
        count = select(func.count()).select_from(event_person).where(event_person.c.event_id == held.id)
        place = int(self._connection.execute(count).scalar_one()) + 1
        row = {"event_id": held.id, "place": place, "row_hash": row_hash, "case_id": made, "alike": list(alike)}
        self._connection.execute(insert(event_person), row)
        self._connection.execute(update(case).where(case.c.id == made).values(event_id=held.id))
        return place


_MOST = 20
_COLUMNS = (
    "office",
    "title",
    "procedure",
    "message",
    "found_at",
    "place",
    "source",
    "opened_at",
    "opened_by",
    "closed_at",
)


def event_of(row: Row[Any], note: str = "") -> Event:
    """Read an event from a row that has all of its columns; its note only where it is given in clear."""
    return Event(row.id, row.number, note=note, **{name: getattr(row, name) for name in _COLUMNS})


def note_place(row: int) -> str:
    """Where an event's note stands, for its encryption."""
    return f"event.note.{row}"
