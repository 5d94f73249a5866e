"""What an officer has been told and how they chose to be told; and, for who runs the house, what is on its way out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from engine.domain.dispatch import Channel, DispatchState
from engine.domain.notice import Mailing, Notice, Topic
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.house.administering import expect_administrator
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.notices import address_of, choices_of, notice_of, notices_asked
from engine.storage.tables import case, dispatch, notice, officer, webhook
from engine.storage.webhooks import webhook_of

MOST_COUNTED = 100
"""Beyond that nobody wants to know how many."""
_GIVEN = ("event", "digest", "tries", "problem", "created_at", "next_at", "done_at", "key")
ON_ITS_WAY = (DispatchState.PENDING, DispatchState.SENDING)


@dataclass(frozen=True, slots=True)
class MyChoices:
    """How an officer is told."""

    address: str
    mail: Mapping[Topic, Mailing]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that leaves the house; what it says is not told."""

    number: int
    channel: Channel
    to: str
    """Of a mail the officer's name, of a call that of the program."""
    event: str
    digest: bool
    case: str
    state: DispatchState
    tries: int
    problem: str
    created_at: datetime
    next_at: datetime
    done_at: datetime | None
    key: str
    """Under which it is sent, however often."""


@dataclass(frozen=True, slots=True)
class Listener:
    """One program that is told of events."""

    number: int
    name: str
    url: str
    kinds: tuple[str, ...]
    added_at: datetime
    ended_at: datetime | None
    failed: int
    """Calls that were given up."""
    before_until: datetime | None = None
    """Until when the secret before this one signs too."""


def my_notices(
    reader: Reader, officer: Officer, *, after: str | None = None, unread: bool = False, length: int = LENGTH
) -> Page[Notice]:
    """One page of what the officer was told, the newest first. Raises NotAPage."""
    found = notices_asked().where(notice.c.officer_id == officer.number)
    if unread:
        found = found.where(notice.c.read_at.is_(None))
    if after:
        found = found.where(notice.c.id < number_alone(after))
    rows = list(reader.connection.execute(found.order_by(notice.c.id.desc()).limit(length + 1)))
    return cut(rows, length, notice_of, lambda row: (row.id,))


def my_notice(reader: Reader, officer: Officer, number: int) -> Notice:
    """One thing that the officer was told. Raises NotFound."""
    mine = notices_asked().where(notice.c.id == number, notice.c.officer_id == officer.number)
    row = reader.connection.execute(mine).first()
    if row is None:
        raise NotFound(what=f"notice {number}")
    return notice_of(row)


def unread_notices(reader: Reader, officer: Officer) -> int:
    """How many notices the officer has not read; counting stops at 100."""
    mine = (notice.c.officer_id == officer.number) & notice.c.read_at.is_(None)
    few = select(notice.c.id).where(mine).limit(MOST_COUNTED).subquery()
    return reader.connection.execute(select(func.count()).select_from(few)).scalar_one()


def my_choices(reader: Reader, officer: Officer) -> MyChoices:
    """Where mail reaches the officer, and which notices it brings."""
    address = address_of(reader.connection, reader.keys, officer.number)
    return MyChoices(address, choices_of(reader.connection, officer.number))


def deliveries(
    reader: Reader, who: Officer, *, failed: bool = False, after: str | None = None, length: int = LENGTH
) -> Page[Delivery]:
    """One page of what is on its way, or was given up. Raises NotYours without the power to administer, and NotAPage."""
    expect_administrator(reader, who)
    states = [DispatchState.FAILED] if failed else [*ON_ITS_WAY]
    return _page(reader, _leaving().where(dispatch.c.state.in_(states)), after, length)


def calls_to(
    reader: Reader,
    who: Officer,
    number: int,
    *,
    state: DispatchState | None = None,
    after: str | None = None,
    length: int = LENGTH,
) -> Page[Delivery]:
    """One page of the calls to one program, the newest first: all, or those in one state. Raises NotYours and NotAPage."""
    expect_administrator(reader, who)
    found = _leaving().where(dispatch.c.webhook_id == number)
    if state is not None:
        found = found.where(dispatch.c.state.in_(ON_ITS_WAY if state in ON_ITS_WAY else [state]))
    return _page(reader, found, after, length)


def call_to(reader: Reader, who: Officer, webhook_: int, number: int) -> Delivery:
    """One call to a program. Raises NotYours, and NotFound where it is none of this program's."""
    expect_administrator(reader, who)
    mine = (dispatch.c.webhook_id == webhook_) & (dispatch.c.id == number)
    row = reader.connection.execute(_leaving().where(mine)).first()
    if row is None:
        raise NotFound(what=f"call {number}")
    return _delivery(row)


def listener(reader: Reader, who: Officer, number: int) -> Listener:
    """One program that is told of events, or was. Raises NotYours and NotFound."""
    expect_administrator(reader, who)
    found = next((each for each in listeners_for_the_house(reader) if each.number == number), None)
    if found is None:
        raise NotFound(what=f"webhook {number}")
    return found


def listeners(reader: Reader, who: Officer) -> tuple[Listener, ...]:
    """Every program that is told of events, or was, those that are first. Raises NotYours."""
    expect_administrator(reader, who)
    return listeners_for_the_house(reader)


def listeners_for_the_house(reader: Reader) -> tuple[Listener, ...]:
    """The same for whoever has the machine in hand."""
    lost = (
        select(func.count())
        .where(dispatch.c.webhook_id == webhook.c.id, dispatch.c.state == DispatchState.FAILED)
        .scalar_subquery()
    )
    rows = reader.connection.execute(
        select(webhook, lost.label("failed")).order_by(webhook.c.ended_at.is_not(None), webhook.c.id)
    )
    found = ((webhook_of(row, reader.keys), row.failed) for row in rows)
    return tuple(
        Listener(
            each.number,
            each.name,
            each.url,
            each.kinds,
            each.added_at,
            each.ended_at,
            failed,
            each.before_until if len(each.secrets_at(reader.at)) > 1 else None,
        )
        for each, failed in found
    )


def _leaving() -> Select[Any]:
    return (
        select(dispatch, case.c.number, officer.c.name.label("person"), webhook.c.name.label("program"))
        .outerjoin(case, case.c.id == dispatch.c.case_id)
        .outerjoin(officer, officer.c.id == dispatch.c.officer_id)
        .outerjoin(webhook, webhook.c.id == dispatch.c.webhook_id)
    )


def _page(reader: Reader, found: Select[Any], after: str | None, length: int) -> Page[Delivery]:
    if after:
        found = found.where(dispatch.c.id < number_alone(after))
    rows = list(reader.connection.execute(found.order_by(dispatch.c.id.desc()).limit(length + 1)))
    return cut(rows, length, _delivery, lambda row: (row.id,))


def _delivery(row: Row[tuple[object, ...]]) -> Delivery:
    given = row._mapping  # noqa: SLF001 - the public name of a row's columns
    return Delivery(
        number=given["id"],
        channel=Channel(given["channel"]),
        to=given["person"] or given["program"] or ("SISKOP2MI" if given["channel"] == Channel.SISKOP2MI else ""),
        case=given["number"] or "",
        state=DispatchState(given["state"]),
        **{name: given[name] for name in _GIVEN},
    )
