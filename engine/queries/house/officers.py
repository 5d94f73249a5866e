"""Officers as whoever administers sees them: what they hold, their tokens, and where they are signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, and_, func, or_, select

from engine.domain.organisation import Acting, Holding, Officer
from engine.domain.sign_on import needed_since
from engine.errors import NotFound
from engine.queries.house.administering import expect_administrator, held_today
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.second_factor import FactorRow, factor_of
from engine.storage.sign_on import Link, links_of
from engine.storage.tables import api_token, holding, session, work_item
from engine.storage.tables import officer as officers

MOST = 200


@dataclass(frozen=True, slots=True)
class PostHeld:
    """One post that an officer holds, held or will hold."""

    number: int
    post: str
    office: str
    acting: Acting
    begins_on: date
    ends_on: date | None
    now: bool
    ahead: bool


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer in a list."""

    number: int
    login: str
    name: str
    active: bool
    once: bool
    """Whether the password must be changed at the next sign-in."""
    can_sign_in: bool
    held: tuple[PostHeld, ...]
    """Today's."""


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One token of an officer."""

    number: int
    name: str
    created_at: datetime
    expires_at: datetime
    good: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One browser in which somebody is signed in."""

    handle: str
    """The hash under which it is kept: it opens nothing."""
    begun_at: datetime
    seen_at: datetime
    device: str = ""
    """`Firefox · Windows`; empty for one that began before this was kept."""
    address: str = ""
    way: str = "password"
    factor: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """Everything about one officer that whoever administers the house may see."""

    line: OfficerLine
    language: str
    zone: str
    added_at: datetime
    held: tuple[PostHeld, ...]
    """All, the newest first."""
    tokens: tuple[TokenLine, ...]
    sessions: tuple[SessionLine, ...]
    in_hand: int
    """Work items reserved by this officer."""
    accounts: tuple[Link, ...] = ()
    """Accounts of another house that let this officer in."""
    factor: FactorRow | None = None
    needed_since: date | None = None
    """From which day on a second factor is needed for what is held today."""


def officer_lines(
    reader: Reader,
    officer: Officer,
    *,
    search: str = "",
    office: str = "",
    post_code: str = "",
    active: bool = True,
    after: str | None = None,
    length: int = LENGTH,
) -> Page[OfficerLine]:
    """One page of officers, the newest first, by a part of the name or login and by what they hold today. Raises NotYours."""
    expect_administrator(reader, officer)
    found = select(officers).where(officers.c.active.is_(active)).order_by(officers.c.id.desc()).limit(length + 1)
    if after:
        found = found.where(officers.c.id < number_alone(after))
    if search.strip():
        like = "%" + search.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found = found.where(
            or_(func.lower(officers.c.name).like(like, escape="\\"), officers.c.login.like(like, escape="\\"))
        )
    if office or post_code:
        found = found.where(officers.c.id.in_(_holding_today(reader, office, post_code)))
    rows = list(reader.connection.execute(found))
    held = _held(reader, [row.id for row in rows])
    return cut(rows, length, lambda row: _line(row, held.get(row.id, ())), lambda row: (row.id,))


def officer_page(reader: Reader, officer: Officer, number: int) -> OfficerPage:
    """One officer. Raises NotYours without the power, and NotFound."""
    expect_administrator(reader, officer)
    row = reader.connection.execute(select(officers).where(officers.c.id == number)).first()
    if row is None:
        raise NotFound(what=f"officer {number}")
    held = _held(reader, [number]).get(number, ())
    mine = (work_item.c.officer_id == number) & (work_item.c.state == "reserved")
    return OfficerPage(
        line=_line(row, held),
        language=row.language,
        zone=row.zone,
        added_at=row.added_at,
        held=tuple(sorted(held, key=lambda each: (each.begins_on, each.number), reverse=True)),
        tokens=_tokens(reader, number),
        sessions=_sessions(reader, number),
        in_hand=reader.connection.execute(select(func.count()).select_from(work_item).where(mine)).scalar_one(),
        accounts=links_of(reader.connection, number),
        factor=factor_of(reader.connection, number),
        needed_since=needed_since(reader.organisation.factors, _holdings(held)),
    )


def _holdings(held: tuple[PostHeld, ...]) -> tuple[Holding, ...]:
    return tuple(Holding(each.post, each.office, each.begins_on) for each in held if each.now)


def my_sessions(reader: Reader, officer: Officer) -> tuple[SessionLine, ...]:
    """Where the officer is signed in now, the latest used first."""
    return _sessions(reader, officer.number)


def _line(row: Row[tuple[object, ...]], held: tuple[PostHeld, ...]) -> OfficerLine:
    given = row._mapping  # noqa: SLF001 - as above
    return OfficerLine(
        given["id"],
        given["login"],
        given["name"],
        given["active"],
        given["once"],
        bool(given["password"]),
        tuple(each for each in held if each.now),
    )


def _held(reader: Reader, numbers: list[int]) -> dict[int, tuple[PostHeld, ...]]:
    told: dict[int, tuple[PostHeld, ...]] = {}
    found = select(holding).where(holding.c.officer_id.in_(numbers)).order_by(holding.c.office, holding.c.id)
    for row in reader.connection.execute(found):
        today = reader.organisation.calendar(row.office).local(reader.at).date()
        now = row.begins_on <= today and (row.ends_on is None or row.ends_on >= today)
        one = PostHeld(
            row.id, row.post, row.office, Acting(row.acting), row.begins_on, row.ends_on, now, row.begins_on > today
        )
        told[row.officer_id] = (*told.get(row.officer_id, ()), one)
    return told


def _tokens(reader: Reader, number: int) -> tuple[TokenLine, ...]:
    found = select(api_token).where(api_token.c.officer_id == number).order_by(api_token.c.id.desc()).limit(MOST)
    return tuple(
        TokenLine(
            row.id, row.name, row.created_at, row.expires_at, row.revoked_at is None and row.expires_at > reader.at
        )
        for row in reader.connection.execute(found)
    )


def _sessions(reader: Reader, number: int) -> tuple[SessionLine, ...]:
    good = and_(session.c.officer_id == number, session.c.revoked_at.is_(None), session.c.expires_at > reader.at)
    found = select(session).where(good).order_by(session.c.seen_at.desc(), session.c.id).limit(MOST)
    return tuple(
        SessionLine(row.id, row.created_at, row.seen_at, row.device, row.address, row.way, row.factor, row.expires_at)
        for row in reader.connection.execute(found)
    )


def _holding_today(reader: Reader, office: str, post_code: str) -> Select[tuple[int]]:
    found = select(holding.c.officer_id).where(held_today(reader))
    found = found.where(holding.c.office == office) if office else found
    return found.where(holding.c.post == post_code) if post_code else found
