"""Those who recruit, as rows: name and phone encrypted, found again by either; and which case names whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from engine.domain.names import whole_name
from engine.errors import NotFound
from engine.storage.key_ring import KeyRing
from engine.storage.tables import case, case_recruiter, recruiter

RECRUITER = func.coalesce(recruiter.c.merged_into, recruiter.c.id)
"""The row that stands for a recruiter."""


class Recruiters:
    """The recruiters that one unit of work writes down."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys
        self._waiting: dict[int, tuple[str, str]] = {}

    def name_of_case(self, case_id: int, subject: int, name: str, phone: str, at: datetime) -> None:
        """Say who recruited the person of a case; nobody where both are empty. A case without a row yet waits for it."""
        if not case_id:
            self._waiting[subject] = (name, phone)
            return
        case_id = self._whole(case_id)
        mine = case_recruiter.c.case_id == case_id
        before = self._connection.execute(select(case_recruiter.c.recruiter_id).where(mine)).scalar()
        self._connection.execute(delete(case_recruiter).where(mine))
        found = self._known(name, phone, at)
        if found is not None:
            row = {"case_id": case_id, "recruiter_id": found, "written_at": at}
            self._connection.execute(insert(case_recruiter), row)
        if before is not None and before != found:
            self._forget_unused(before)

    def settle(self, case_id: int, subject: int | None, at: datetime) -> None:
        """Write down what waited for the case to have its row."""
        if subject is not None and subject in self._waiting:
            name, phone = self._waiting.pop(subject)
            self.name_of_case(case_id, subject, name, phone, at)

    def read(self, number: int) -> dict[str, tuple[str, ...]]:
        """Every name and phone of a recruiter, in clear text. Raises NotFound, KeyMissing, CellChanged."""
        found = select(recruiter).where(_is(self.standing(number))).order_by(recruiter.c.id)
        rows = self._connection.execute(found).all()
        return {
            column: tuple(
                dict.fromkeys(
                    self._keys.unlock(getattr(row, column), _place(column, row.id))
                    for row in rows
                    if getattr(row, column)
                )
            )
            for column in ("name", "phone")
        }

    def standing(self, number: int) -> int:
        """The row that stands for a recruiter. Raises NotFound."""
        found = self._connection.execute(select(RECRUITER).where(recruiter.c.id == number)).scalar()
        if found is None:
            raise NotFound(what=f"recruiter {number}")
        return int(found)

    def offices_of(self, number: int) -> frozenset[str]:
        """The offices that run a case which names this recruiter."""
        found = (
            select(case.c.office)
            .join(case_recruiter, case_recruiter.c.case_id == case.c.id)
            .join(recruiter, recruiter.c.id == case_recruiter.c.recruiter_id)
            .where(_is(number))
        )
        return frozenset(self._connection.execute(found).scalars())

    def join(self, other: int, keep: int) -> None:
        """Let one recruiter be read as another; the rows stay as they are."""
        moved = (recruiter.c.id == other) | (recruiter.c.merged_into == other)
        self._connection.execute(update(recruiter).where(moved).values(merged_into=keep))

    def _whole(self, case_id: int) -> int:
        """The case that a sub-case is part of: that is the one which counts."""
        while parent := self._connection.execute(select(case.c.parent_id).where(case.c.id == case_id)).scalar():
            case_id = parent
        return case_id

    def _known(self, name: str, phone: str, at: datetime) -> int | None:
        """The recruiter with this phone; or with this whole name, of at least two words, and no other phone; or a new one."""
        whole = whole_name(name)
        by_name = self._keys.index("perekrut_nama", whole)
        by_phone = self._keys.index("perekrut_telepon", phone)
        if not (by_name or by_phone):
            return None
        found = self._first(recruiter.c.phone_index == by_phone) if by_phone else None
        if found is None and by_name and " " in whole:
            same = recruiter.c.name_index == by_name
            found = self._first(same & recruiter.c.phone_index.is_(None) if by_phone else same)
            if found is not None and by_phone:
                self._add_phone(found, phone, by_phone)
        return self._add(name, phone, by_name, by_phone, at) if found is None else found

    def _add(self, name: str, phone: str, by_name: str | None, by_phone: str | None, at: datetime) -> int:
        row = {"name_index": by_name, "phone_index": by_phone, "created_at": at}
        made = int(self._connection.execute(insert(recruiter).returning(recruiter.c.id), row).scalar_one())
        cells = {column: self._lock(column, made, clear) for column, clear in (("name", name), ("phone", phone))}
        self._connection.execute(update(recruiter).where(recruiter.c.id == made).values(**cells))
        return made

    def _add_phone(self, number: int, phone: str, index: str) -> None:
        values = {"phone": self._lock("phone", number, phone), "phone_index": index}
        self._connection.execute(update(recruiter).where(recruiter.c.id == number).values(**values))

    def _first(self, where: Any) -> int | None:
        return self._connection.execute(select(recruiter.c.id).where(where).order_by(recruiter.c.id)).scalars().first()

    def _lock(self, column: str, number: int, clear: str) -> str | None:
        return self._keys.lock(clear.strip(), _place(column, number)) if clear.strip() else None

    def _forget_unused(self, number: int) -> None:
        """Keep no recruiter whom no case names any more."""
        other = recruiter.alias("other")
        named = exists().where(case_recruiter.c.recruiter_id == recruiter.c.id)
        joined = exists().where(other.c.merged_into == recruiter.c.id)
        alone = recruiter.c.merged_into.is_(None) & ~named & ~joined
        self._connection.execute(delete(recruiter).where(recruiter.c.id == number, alone))


def _is(number: int) -> Any:
    """The row that stands for a recruiter, and every row that was joined to it."""
    return or_(recruiter.c.id == number, recruiter.c.merged_into == number)


def _place(column: str, number: int) -> str:
    return f"recruiter.{column}.{number}"
