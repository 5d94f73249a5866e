"""Releases as rows: immutable but for their state; each drawing is kept once, whatever number of releases hold it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, MutableMapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from engine.domain.release import Release, ReleaseState, Timing, variant_code
from engine.errors import NotFound
from engine.storage.release_text import (
    read_activities,
    read_promise,
    read_timings,
    write_activities,
    write_timings,
)
from engine.storage.tables import drawing, release, release_drawing
from engine.storage.upsert import add_missing

_TIMINGS = "timings"
"""Among the facts of the sheet: what it says of time, for each process of the release."""


class Releases:
    """The editions that cases run on. One that has been read stays in memory, for it cannot change."""

    def __init__(self, connection: Connection, known: MutableMapping[int, Release]) -> None:
        """Use this transaction, and what other transactions have read already."""
        self._connection = connection
        self._known = known

    def get(self, number: int) -> Release:
        """Return one as it was published; its state may have changed since. Raises NotFound."""
        if number not in self._known:
            self._known[number] = self._read(number)
        return self._known[number]

    def in_force(self, code: str) -> Release | None:
        """Return the edition that new cases of this procedure run on."""
        found = select(release.c.id).where(release.c.code == code, release.c.state == ReleaseState.IN_FORCE)
        number = self._connection.execute(found).scalar()
        return None if number is None else self.get(number)

    def in_office(self, code: str, office: str) -> Release | None:
        """The edition that new cases of an office run on: its own variant where one is in force, else the central one.

        Asked for a variant by its own code, that one, whichever office's it is. None where the central one is not in
        force: then there is nothing that a variant could stand in for.
        """
        found = self.in_force(code)
        if found is None:
            return None
        if found.stands_in_for:
            return found if self.in_force(found.stands_in_for) else None
        own = self.in_force(variant_code(code, office))
        return own if own is not None and (own.stands_in_for, own.office) == (code, office) else found

    def edition(self, code: str, edition: int) -> Release | None:
        """One edition of a procedure, in force or not."""
        found = select(release.c.id).where(release.c.code == code, release.c.edition == edition)
        number = self._connection.execute(found).scalar()
        return None if number is None else self.get(number)

    def all_in_force(self) -> Iterator[Release]:
        """Every edition in force, by code."""
        found = select(release.c.id).where(release.c.state == ReleaseState.IN_FORCE).order_by(release.c.code)
        yield from (self.get(number) for number in self._connection.execute(found).scalars().all())

    def callers(self, code: str) -> tuple[Release, ...]:
        """The editions in force of other procedures that hold a drawing of this one."""
        found = (
            select(release.c.id)
            .join(release_drawing, release_drawing.c.release_id == release.c.id)
            .where(release_drawing.c.process == code, release.c.code != code, release.c.state == ReleaseState.IN_FORCE)
        )
        return tuple(
            self.get(number) for number in self._connection.execute(found.order_by(release.c.id)).scalars().all()
        )

    def next_edition(self, code: str) -> int:
        """The number of the edition that would be published now."""
        found = select(func.max(release.c.edition)).where(release.c.code == code)
        return (self._connection.execute(found).scalar() or 0) + 1

    def started_by(self, message: str) -> tuple[tuple[Release, str], ...]:
        """The central editions in force that begin with this message, each with the start event that takes it."""
        found = select(release.c.id, release.c.starts).where(release.c.state == ReleaseState.IN_FORCE)
        rows = self._connection.execute(found.order_by(release.c.code)).all()
        begun = ((self.get(row.id), each[0]) for row in rows for each in row.starts if each[1] == message)
        return tuple((each, start) for each, start in begun if not each.stands_in_for)

    def started_in(self, message: str, office: str) -> tuple[tuple[Release, str], ...]:
        """The same for cases of one office: its own variants, in place of what they stand in for.

        A start that a variant does not have stays with the central edition.
        """
        return tuple(self._own(each, start, message, office) for each, start in self.started_by(message))

    def _own(self, central: Release, start: str, message: str, office: str) -> tuple[Release, str]:
        own = self.in_office(central.code, office)
        if own is None or own.code == central.code:
            return central, start
        starts = self._connection.execute(select(release.c.starts).where(release.c.id == own.number)).scalar_one()
        return next(((own, each[0]) for each in starts if each[1] == message), (central, start))

    def add(self, new: Release, messages: Iterable[tuple[str, str]] = ()) -> int:
        """Store an edition with its drawings, and which start event takes which message. Returns its row's number."""
        row = {
            "code": new.code,
            "edition": new.edition,
            "title": new.title,
            "state": new.state,
            "sha256": new.sha256,
            "activities": write_activities(new.activities.values()),
            "facts": {**new.facts, _TIMINGS: write_timings(new.timings)},
            "starts": [list(each) for each in messages],
            "published_at": new.published_at,
            "published_by": new.published_by,
        }
        number: int = self._connection.execute(insert(release).returning(release.c.id), row).scalar_one()
        texts = {process: hashlib.sha256(text).hexdigest() for process, text in new.drawings.items()}
        kept = [{"sha256": digest, "content": new.drawings[process]} for process, digest in sorted(texts.items())]
        self._connection.execute(add_missing(self._connection, drawing), kept)
        held = [{"release_id": number, "process": process, "sha256": digest} for process, digest in texts.items()]
        self._connection.execute(insert(release_drawing), held)
        return number

    def end(self, code: str, state: ReleaseState, at: datetime) -> tuple[int, ...]:
        """Take the edition in force out of force. Returns the rows' numbers."""
        current = (release.c.code == code) & (release.c.state == ReleaseState.IN_FORCE)
        statement = update(release).where(current).values(state=state, ended_at=at).returning(release.c.id)
        return tuple(self._connection.execute(statement).scalars())

    def _read(self, number: int) -> Release:
        row: Any = self._connection.execute(select(release).where(release.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"release {number}")
        held = (
            select(release_drawing.c.process, drawing.c.content)
            .join(drawing, drawing.c.sha256 == release_drawing.c.sha256)
            .where(release_drawing.c.release_id == number)
        )
        return Release(
            code=row.code,
            edition=row.edition,
            title=row.title,
            state=ReleaseState(row.state),
            drawings={each.process: bytes(each.content) for each in self._connection.execute(held)},
            activities=read_activities(row.activities),
            sha256=row.sha256,
            published_at=row.published_at,
            published_by=row.published_by,
            number=row.id,
            facts={name: each for name, each in row.facts.items() if name != _TIMINGS},
            timings=_timings(row),
        )


def _timings(row: Any) -> dict[str, Timing]:
    """What each process says of its time; of an edition older than that, the promise of the procedure itself."""
    if _TIMINGS in row.facts:
        return read_timings(row.facts[_TIMINGS])
    return {row.code: Timing(promised=read_promise(row.facts.get("promised", "")))}
