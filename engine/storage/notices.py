"""Notices as rows, and what officers chose of them: whom to tell, how, and where mail reaches them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from engine.domain.notice import TOPICS, UNCHOSEN, Mailing, Notice, NoticeKind, Topic
from engine.storage.key_ring import KeyRing
from engine.storage.tables import case, holding, mail_address, notice, notice_choice, office, officer
from engine.storage.upsert import add_or_set

MOST_UNREAD: Final = 50
"""Of one officer about one case: whoever has not read so many is told no more of it until they have."""
KEPT: Final = timedelta(days=180)
"""How long a notice is kept that has been read; the audit keeps what happened for ever."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One officer, and how they are told of a topic."""

    officer: int
    mailing: Mailing
    zone: str
    """Their own, or that of their office."""


class Notices:
    """What one unit of work tells officers."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        """Use this transaction and these keys."""
        self._connection = connection
        self._keys = keys

    def reached(self, officers: Collection[int], topic: Topic) -> tuple[Reached, ...]:
        """Those of these officers who are still here, and how each wants to be told."""
        theirs = (
            select(office.c.zone)
            .join(holding, holding.c.office == office.c.code)
            .where(holding.c.officer_id == officer.c.id)
            .order_by(holding.c.id)
            .limit(1)
            .scalar_subquery()
        )
        chosen = (notice_choice.c.officer_id == officer.c.id) & (notice_choice.c.topic == topic)
        found = (
            select(officer.c.id, officer.c.zone, theirs.label("place"), mail_address.c.officer_id, notice_choice.c.mail)
            .outerjoin(mail_address, mail_address.c.officer_id == officer.c.id)
            .outerjoin(notice_choice, chosen)
            .where(officer.c.id.in_(sorted(officers)), officer.c.active.is_(True))
            .order_by(officer.c.id)
        )
        return tuple(
            Reached(row.id, _mailing(row.officer_id is not None, row.mail), row.zone or row.place or "")
            for row in self._connection.execute(found)
        )

    def unread(
        self, officers: Collection[int], held: int | None, kind: NoticeKind, about: str
    ) -> tuple[dict[int, int], set[int]]:
        """Who of these has not read an earlier notice of the same, with its row; and who has too many unread of the case."""
        mine = notice.c.officer_id.in_(sorted(officers)) & (notice.c.case_id == held) & notice.c.read_at.is_(None)
        same = select(notice.c.officer_id, notice.c.id).where(mine, notice.c.kind == kind, notice.c.about == about)
        many = select(notice.c.officer_id).where(mine).group_by(notice.c.officer_id).having(func.count() >= MOST_UNREAD)
        rows = self._connection.execute(same.order_by(notice.c.id))
        return {row.officer_id: row.id for row in rows}, set(self._connection.execute(many).scalars())

    def add(
        self,
        to: int,
        kind: NoticeKind,
        about: str,
        *,
        case: int | None,
        item: int | None,
        name: str,
        told: Mapping[str, Any],
        at: datetime,
        dispatch: int | None,
    ) -> None:
        """Tell one officer."""
        row = {"officer_id": to, "kind": kind, "about": about, "case_id": case, "item_id": item, "name": name}
        row |= {"told": dict(told), "at": at, "read_at": None, "dispatch_id": dispatch}
        self._connection.execute(insert(notice), row)

    def tell_again(self, number: int, *, told: Mapping[str, Any], at: datetime) -> None:
        """Say anew what an officer has not read yet, in the place of a second one."""
        self._connection.execute(update(notice).where(notice.c.id == number).values(told=dict(told), at=at))

    def read(self, to: int, at: datetime, *, until: int | None = None, number: int | None = None) -> int:
        """Mark one notice, or all up to one, as read. Returns how many were unread."""
        mine = (notice.c.officer_id == to) & notice.c.read_at.is_(None)
        if until is not None:
            mine &= notice.c.id <= until
        if number is not None:
            mine &= notice.c.id == number
        return self._connection.execute(update(notice).where(mine).values(read_at=at)).rowcount

    def choose(self, to: int, chosen: Mapping[Topic, Mailing]) -> None:
        """Keep how an officer wants to be told of these topics."""
        rows = [{"officer_id": to, "topic": topic, "mail": mail} for topic, mail in sorted(chosen.items())]
        if rows:
            self._connection.execute(add_or_set(self._connection, notice_choice), rows)

    def set_address(self, to: int, address: str, at: datetime) -> None:
        """Keep where mail reaches an officer; nothing for nowhere."""
        if not address:
            self._connection.execute(delete(mail_address).where(mail_address.c.officer_id == to))
            return
        row = {"officer_id": to, "address": self._keys.lock(address, place_of(to)), "set_at": at}
        self._connection.execute(add_or_set(self._connection, mail_address), row)


def place_of(officer_id: int) -> str:
    """Where the cell of an officer's address stands."""
    return f"mail_address.address.{officer_id}"


def address_of(connection: Connection, keys: KeyRing, officer_id: int) -> str:
    """Where mail reaches an officer; empty where it does not."""
    cell = connection.execute(select(mail_address.c.address).where(mail_address.c.officer_id == officer_id)).scalar()
    return keys.unlock(cell, place_of(officer_id)) if cell else ""


def choices_of(connection: Connection, officer_id: int) -> dict[Topic, Mailing]:
    """How an officer wants to be told of each topic."""
    rows = connection.execute(select(notice_choice).where(notice_choice.c.officer_id == officer_id))
    chosen = {row.topic: Mailing(row.mail) for row in rows}
    return {topic: chosen.get(topic, UNCHOSEN) for topic in Topic}


def notices_asked() -> Select[Any]:
    """The notices with the numbers of their cases, where they are about one."""
    return select(notice, case.c.number).outerjoin(case, case.c.id == notice.c.case_id)


def notice_of(row: Row[Any]) -> Notice:
    """Read a notice from a row as `notices_asked` gives it."""
    return Notice(
        row.id, NoticeKind(row.kind), row.number or "", row.item_id, row.name, row.at, row.read_at, row.about, row.told
    )


def holders_of(
    connection: Connection, offices: Collection[str], posts: Collection[str], today: date
) -> tuple[int, ...]:
    """Who holds one of these posts in one of these offices today; without posts, any post at all."""
    found = select(holding.c.officer_id).join(officer, officer.c.id == holding.c.officer_id)
    found = found.where(holding.c.office.in_(sorted(offices)), officer.c.active.is_(True))
    found = found.where(holding.c.begins_on <= today, or_(holding.c.ends_on.is_(None), holding.c.ends_on >= today))
    if posts:
        found = found.where(holding.c.post.in_(sorted(posts)))
    rows: Sequence[int] = connection.execute(found.order_by(holding.c.id)).scalars().all()
    return tuple(dict.fromkeys(rows))


def forget_notices(connection: Connection, now: datetime) -> int:
    """Let go of what was read long ago. Returns how many."""
    return connection.execute(delete(notice).where(notice.c.at < now - KEPT, notice.c.read_at.is_not(None))).rowcount


def topic_of(kind: NoticeKind) -> Topic:
    """What a notice is about."""
    return TOPICS[kind]


def _mailing(has_address: bool, chosen: str | None) -> Mailing:
    if not has_address:
        return Mailing.OFF
    return UNCHOSEN if chosen is None else Mailing(chosen)
