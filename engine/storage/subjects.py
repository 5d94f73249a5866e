"""Persons as rows: every field encrypted for its own place, and found again over blind indexes only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from engine.domain.subject import INDEXED, Subject
from engine.errors import NotFound
from engine.storage.key_ring import KeyRing
from engine.storage.tables import subject, subject_field
from engine.storage.upsert import add_or_set


class Subjects:
    """The persons that cases are about."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(self, at: datetime) -> Subject:
        """Begin to know somebody."""
        row = {"created_at": at}
        made = self._connection.execute(insert(subject).returning(subject.c.id), row).scalar_one()
        return Subject(made, {})

    def write(self, number: int, fields: Mapping[str, str]) -> None:
        """Set these fields; an empty text takes one away."""
        rows = [
            {"subject_id": number, "name": name, "value": self._lock(number, name, clear)}
            for name, clear in fields.items()
            if clear
        ]
        if rows:
            self._connection.execute(add_or_set(self._connection, subject_field), rows)
        if gone := [name for name, clear in fields.items() if not clear]:
            mine = (subject_field.c.subject_id == number) & subject_field.c.name.in_(gone)
            self._connection.execute(delete(subject_field).where(mine))
        if indexes := {f"{name}_index": self._keys.index(name, fields[name]) for name in INDEXED & fields.keys()}:
            self._connection.execute(update(subject).where(subject.c.id == number).values(**indexes))

    def read(self, number: int) -> Subject:
        """Return a person with every field in clear text. Raises NotFound, KeyMissing, CellChanged."""
        if self._connection.execute(select(subject.c.id).where(subject.c.id == number)).first() is None:
            raise NotFound(what=f"person {number}")
        rows = self._connection.execute(select(subject_field).where(subject_field.c.subject_id == number))
        return Subject(number, {row.name: self._keys.unlock(row.value, _place(number, row.name)) for row in rows})

    def find(self, fields: Mapping[str, str]) -> tuple[int, ...]:
        """Persons that share one of these identity numbers, the first known first."""
        indexes = {name: self._keys.index(name, fields[name]) for name in sorted(INDEXED & fields.keys())}
        same = [subject.c[f"{name}_index"] == found for name, found in indexes.items() if found]
        if not same:
            return ()
        return tuple(self._connection.execute(select(subject.c.id).where(or_(*same)).order_by(subject.c.id)).scalars())

    def _lock(self, number: int, name: str, clear: str) -> str:
        return self._keys.lock(clear, _place(number, name))


def _place(number: int, name: str) -> str:
    return f"subject_field.{name}.{number}"
