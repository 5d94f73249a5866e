"""What stands in a mail to an officer, and to whom it speaks. How it is said is not known here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.domain.notice import Notice
from engine.storage.notices import notice_of, notices_asked
from engine.storage.tables import holding, notice, office, officer

MOST_IN_ONE = 100
"""Notices in one mail: the rest stands in the application."""


@dataclass(frozen=True, slots=True)
class LetterReader:
    """Whose language and whose clock a letter speaks."""

    language: str
    zone: str


def reader_of(connection: Connection, officer_id: int) -> LetterReader | None:
    """The officer, if they are still here."""
    theirs = select(office.c.zone).join(holding, holding.c.office == office.c.code)
    theirs = theirs.where(holding.c.officer_id == officer_id).order_by(holding.c.id).limit(1)
    found = select(officer.c.language, officer.c.zone, theirs.scalar_subquery().label("place"))
    row = connection.execute(found.where(officer.c.id == officer_id, officer.c.active.is_(True))).first()
    return None if row is None else LetterReader(row.language, row.zone or row.place or "")


def notices_in(connection: Connection, dispatch_id: int, *, unread: bool) -> tuple[Notice, ...]:
    """What a mail tells, in order; `unread`: only what has not been read in the application."""
    found = notices_asked().where(notice.c.dispatch_id == dispatch_id).order_by(notice.c.id).limit(MOST_IN_ONE)
    if unread:
        found = found.where(notice.c.read_at.is_(None))
    return tuple(notice_of(row) for row in connection.execute(found))
