"""Papers as rows: what may be said of one in clear, its name and its content encrypted for their own places."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from engine.domain.paper import Paper
from engine.errors import NotFound
from engine.storage.key_ring import CellChanged, KeyRing
from engine.storage.tables import officer, paper, paper_content

PART = 1 << 20
"""Bytes of one part: 20 MB never stand in one row, and no part is usable without its place."""


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A file as it is handed out."""

    paper: Paper
    name: str
    content: bytes


class Papers:
    """The files of cases."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def add(self, made: Paper, name: str, content: bytes) -> Paper:
        """Store a new paper with its content. Returns it with its row."""
        parts = [content[start : start + PART] for start in range(0, len(content), PART)]
        row = {**_row(made), "name": "", "parts": len(parts)}
        number = self._connection.execute(insert(paper).returning(paper.c.id), row).scalar_one()
        locked = self._keys.lock(name, _name_place(number))
        self._connection.execute(update(paper).where(paper.c.id == number).values(name=locked))
        self._connection.execute(
            insert(paper_content),
            [
                {
                    "paper_id": number,
                    "part": index,
                    "content": self._keys.lock_bytes(part, _place(number, index, len(parts))),
                }
                for index, part in enumerate(parts)
            ],
        )
        return replace(made, number=number)

    def get(self, number: int) -> Paper:
        """One paper, without its content. Raises NotFound."""
        row = self._connection.execute(select(paper).where(paper.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"document {number}")
        return paper_of(row)

    def read(self, number: int) -> tuple[str, bytes]:
        """The name and the content of a paper. Raises NotFound, KeyMissing, CellChanged."""
        row = self._connection.execute(select(paper).where(paper.c.id == number)).first()
        if row is None:
            raise NotFound(what=f"document {number}")
        mine = select(paper_content).where(paper_content.c.paper_id == number).order_by(paper_content.c.part)
        parts = [
            self._keys.unlock_bytes(each.content, _place(number, each.part, row.parts))
            for each in self._connection.execute(mine)
        ]
        content = b"".join(parts)
        if len(parts) != row.parts or hashlib.sha256(content).hexdigest() != row.sha256:
            raise CellChanged(place=f"paper.{number}")
        return self._keys.unlock(row.name, _name_place(number)), content

    def save(self, changed: Paper) -> None:
        """Write that a paper was withdrawn."""
        values = {
            "withdrawn_at": changed.withdrawn_at,
            "withdrawn_by": changed.withdrawn_by,
            "reason": changed.reason,
        }
        self._connection.execute(update(paper).where(paper.c.id == changed.number).values(**values))

    def withdrawer(self, number: int) -> str:
        """The name of who withdrew a paper."""
        found = select(officer.c.name).join(paper, paper.c.withdrawn_by == officer.c.id).where(paper.c.id == number)
        return str(self._connection.execute(found).scalar() or "?")

    def kinds(self, case: int) -> frozenset[str]:
        """The kinds of which a case has a paper that was not withdrawn."""
        found = select(paper.c.kind).where(paper.c.case_id == case, paper.c.withdrawn_at.is_(None)).distinct()
        return frozenset(self._connection.execute(found).scalars())

    def count(self, case: int) -> int:
        """How many papers a case has, withdrawn ones among them."""
        found = select(func.count()).select_from(paper).where(paper.c.case_id == case)
        return self._connection.execute(found).scalar_one()


def paper_of(row: Any) -> Paper:
    """A paper as its row says it."""
    return Paper(
        number=row.id,
        case=row.case_id,
        kind=row.kind,
        type=row.type,
        size=row.size,
        sha256=row.sha256,
        added_at=row.added_at,
        added_by=row.added_by,
        item=row.item_id,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        reason=row.reason,
    )


def _row(made: Paper) -> dict[str, Any]:
    return {
        "case_id": made.case,
        "item_id": made.item,
        "kind": made.kind,
        "type": made.type,
        "size": made.size,
        "sha256": made.sha256,
        "added_at": made.added_at,
        "added_by": made.added_by,
        "reason": made.reason,
    }


def _name_place(number: int) -> str:
    return f"paper.name.{number}"


def _place(number: int, part: int, parts: int) -> str:
    """Where a part stands: a part that was left out or put elsewhere does not fit."""
    return f"paper_content.content.{number}.{part}.{parts}"
