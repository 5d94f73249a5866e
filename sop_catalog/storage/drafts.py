"""Drafts as rows: an owner's drawing on its way to an edition. Not a release: no case ever runs on a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine import NotFound, NotYours, WrongState
from sop_catalog.storage.tables import draft, draft_act


class DraftChanged(WrongState):
    """Expected the draft as your page shows it, but it was changed at {when}, perhaps in another window. Load it again to see how it stands now."""


class NotItsAuthor(NotYours):
    """Expected to {act}, but only its author may do that. Begin a draft of your own."""


class OwnDraft(NotYours):
    """Expected a second person to decide on this draft, but you have drawn or submitted it yourself."""


class DraftState(StrEnum):
    """How far a draft is on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    """Waits for its day."""
    IN_FORCE = "in-force"
    """An edition was made of it."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of the desk: a draft without its drawing."""

    number: int
    code: str
    title: str
    version: int
    state: DraftState
    base_edition: int | None
    base_sha256: str
    """Of the procedure's own drawing in the edition that the draft was begun from; empty for a new procedure."""
    author: str
    began_at: datetime
    changed_at: datetime
    submitted_by: str = ""
    approved_by: str = ""
    effective_on: date | None = None
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Draft(DraftRow):
    """A draft with its drawing."""

    content: bytes = b""

    def edit(self, *, by: str, at: datetime, code: str, title: str, content: bytes) -> Draft:
        """Put another drawing in. Refused unless it is a draft, and for anybody but its author."""
        self.expect(DraftState.DRAFT, "change the draft")
        if by != self.author:
            raise NotItsAuthor(act="change the draft")
        return replace(self, code=code, title=title, content=content, changed_at=at, version=self.version + 1)

    def submit(self, *, by: str, at: datetime, on: date) -> Draft:
        """Hand it to a second person. Refused unless it is a draft."""
        self.expect(DraftState.DRAFT, "submit the draft")
        return self._move(DraftState.SUBMITTED, at, submitted_by=by, effective_on=on)

    def approve(self, *, by: str, at: datetime) -> Draft:
        """Let it come into force on its day. Refused for whoever has drawn or submitted it."""
        self.expect(DraftState.SUBMITTED, "approve the draft")
        if by in {self.author, self.submitted_by}:
            raise OwnDraft
        return self._move(DraftState.APPROVED, at, approved_by=by)

    def send_back(self, *, at: datetime) -> Draft:
        """Give it to its author again. Refused unless somebody is to decide on it, or it waits for its day."""
        if self.state is not DraftState.APPROVED:
            self.expect(DraftState.SUBMITTED, "send the draft back")
        return self._move(DraftState.DRAFT, at, submitted_by="", approved_by="")

    def put_in_force(self, *, at: datetime, edition: int) -> Draft:
        """Note which edition was made of it."""
        self.expect(DraftState.APPROVED, "put the draft in force")
        return self._move(DraftState.IN_FORCE, at, edition=edition)

    def withdraw(self, *, at: datetime) -> Draft:
        """Put it away. Refused once it is in force."""
        if self.state in {DraftState.IN_FORCE, DraftState.WITHDRAWN}:
            self.expect(DraftState.DRAFT, "withdraw the draft")
        return self._move(DraftState.WITHDRAWN, at)

    def expect_seen(self, seen: int) -> Draft:
        """Return it, or refuse (DraftChanged) where another version was seen."""
        if seen != self.version:
            raise DraftChanged(when=self.changed_at)
        return self

    def expect(self, state: DraftState, act: str) -> None:
        """Refuse (WrongState) where the draft is in another state."""
        if self.state is not state:
            raise WrongState(act=act, what="this SOP draft", state=self.state.value)

    def _move(self, state: DraftState, at: datetime, **more: Any) -> Draft:
        return replace(self, state=state, changed_at=at, version=self.version + 1, **more)


@dataclass(frozen=True, slots=True)
class DraftAct:
    """One thing that was done with a draft."""

    at: datetime
    officer: str
    kind: str
    """`begun`, `submitted`, `sent-back`, `approved`, `stopped`, `in-force`, `withdrawn`."""
    note: str


class Drafts:
    """The drafts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def lock(self, number: int, *, seen: int | None = None) -> Draft:
        """Hold one for writing. Refused (DraftChanged) where it is no longer the version that was `seen`. Raises NotFound."""
        found = self._one(select(draft).where(draft.c.id == number).with_for_update(), number)
        return found if seen is None else found.expect_seen(seen)

    def get(self, number: int) -> Draft:
        """Read one. Raises NotFound."""
        return self._one(select(draft).where(draft.c.id == number), number)

    def add(
        self, *, code: str, title: str, content: bytes, base: tuple[int, bytes] | None, by: str, at: datetime
    ) -> int:
        """Store a new one, begun from an edition's own drawing or from nothing. Returns its number."""
        row = {
            "code": code,
            "title": title,
            "content": content,
            "version": 1,
            "state": DraftState.DRAFT,
            "base_edition": base[0] if base else None,
            "base_sha256": sha256(base[1]) if base else "",
            "author": by,
            "began_at": at,
            "changed_at": at,
            "submitted_by": "",
            "approved_by": "",
        }
        number: int = self._connection.execute(insert(draft).returning(draft.c.id), row).scalar_one()
        return number

    def save(self, new: Draft) -> None:
        """Write one that is held."""
        values = {
            "code": new.code,
            "title": new.title,
            "content": new.content,
            "version": new.version,
            "state": new.state,
            "changed_at": new.changed_at,
            "submitted_by": new.submitted_by,
            "approved_by": new.approved_by,
            "effective_on": new.effective_on,
            "edition": new.edition,
            "base_edition": new.base_edition,
            "base_sha256": new.base_sha256,
        }
        self._connection.execute(update(draft).where(draft.c.id == new.number).values(**values))

    def note(self, number: int, kind: str, *, at: datetime, by: str, note: str = "") -> None:
        """Keep what was done with one."""
        row = {"draft_id": number, "at": at, "officer": by, "kind": kind, "note": note}
        self._connection.execute(insert(draft_act), row)

    def acts(self, number: int) -> tuple[DraftAct, ...]:
        """What was done with one, in order."""
        found = select(draft_act).where(draft_act.c.draft_id == number).order_by(draft_act.c.id)
        return tuple(DraftAct(row.at, row.officer, row.kind, row.note) for row in self._connection.execute(found))

    def listed(self, *states: DraftState, code: str = "") -> tuple[DraftRow, ...]:
        """Those in one of these states (all, where none is named), the last changed first; of one procedure, if named."""
        found = select(*_WITHOUT_DRAWING).order_by(draft.c.changed_at.desc(), draft.c.id.desc())
        if states:
            found = found.where(draft.c.state.in_(states))
        if code:
            found = found.where(draft.c.code == code)
        return tuple(DraftRow(**_columns(row)) for row in self._connection.execute(found))

    def due(self, day: date) -> Sequence[int]:
        """Those that were approved for this day or an earlier one, in the order of their days."""
        found = select(draft.c.id).where(draft.c.state == DraftState.APPROVED, draft.c.effective_on <= day)
        return self._connection.execute(found.order_by(draft.c.effective_on, draft.c.id)).scalars().all()

    def _one(self, asked: Any, number: int) -> Draft:
        row = self._connection.execute(asked).first()
        if row is None:
            raise NotFound(what=f"draft {number}")
        return Draft(**_columns(row), content=bytes(row.content))


_WITHOUT_DRAWING = [each for each in draft.c if each.name != "content"]


def _columns(row: Row[Any]) -> dict[str, Any]:
    """A row as its dataclass names it."""
    told = {name: value for name, value in row._mapping.items() if name not in {"id", "content"}}  # noqa: SLF001 - SQLAlchemy's public name
    return {**told, "number": row.id, "state": DraftState(row.state)}


def sha256(text: bytes) -> str:
    """The hash by which two drawings are told apart."""
    return hashlib.sha256(text).hexdigest()
