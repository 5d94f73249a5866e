"""The house as those see it who run it: incidents, officers with their posts and tokens, offices, posts and who holds them.

No person of a case is named here, and no case is opened: an incident says where it happened and of what kind it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from engine.domain.organisation import Acting, Office, Officer
from engine.errors import NotFound, NotYours
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.tables import (
    announcement,
    api_token,
    case,
    holding,
    incident,
    office_area,
    post,
    release,
    session,
    work_item,
)
from engine.storage.tables import officer as officers
from engine.storage.tables import timer as timers

MOST = 200


@dataclass(frozen=True, slots=True)
class Trouble:
    """One incident: what, where, how often; and whether the reader's offices take part in its case."""

    number: int
    code: str
    case: str
    """The number of the case; empty where it belongs to none."""
    title: str
    """The procedure of the case."""
    office: str
    element: str
    event: str
    place: str
    tries: int
    state: str
    opened_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    resolved_by: str


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


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office, what it serves and who is there."""

    office: Office
    regions: tuple[str, ...]
    officers: int
    running: int
    open_items: int
    late_items: int
    empty_posts: tuple[str, ...]
    """Posts that open work of this office waits for and that nobody holds there today."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post and how many hold it today."""

    code: str
    title: str
    powers: tuple[str, ...]
    holders: int
    offices: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """One thing that should have left the house, and has not yet or never will by itself."""

    number: int
    case: str
    office: str
    kind: str
    name: str
    element: str
    failed: bool
    tries: int
    created_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class LateTimer:
    """One timer that should have fired."""

    case: str
    office: str
    element: str
    due_at: datetime


def incidents(
    reader: Reader, officer: Officer, *, state: str = "open", after: str | None = None, length: int = LENGTH
) -> Page[Trouble]:
    """One page of incidents, the newest first. Raises NotYours without the power to administer, and NotAPage."""
    _expect_administrator(reader, officer)
    found = (
        select(incident, case.c.number.label("case_number"), case.c.office, release.c.title)
        .outerjoin(case, case.c.id == incident.c.case_id)
        .outerjoin(release, release.c.id == case.c.release_id)
        .where(incident.c.state == state)
        .order_by(incident.c.id.desc())
        .limit(length + 1)
    )
    if after:
        found = found.where(incident.c.id < number_alone(after))
    return cut(list(reader.connection.execute(found)), length, _trouble, lambda row: (row.id,))


def late_timers(reader: Reader, officer: Officer, limit: int = 50) -> tuple[LateTimer, ...]:
    """The timers that should have fired by now, the oldest first. Raises NotYours."""
    _expect_administrator(reader, officer)
    found = (
        select(timers.c.element, timers.c.due_at, case.c.number, case.c.office)
        .outerjoin(case, case.c.id == timers.c.case_id)
        .where(timers.c.due_at <= reader.at)
        .order_by(timers.c.due_at, timers.c.id)
        .limit(limit)
    )
    return tuple(
        LateTimer(row.number or "", row.office or "", row.element, row.due_at)
        for row in reader.connection.execute(found)
    )


def undelivered(reader: Reader, officer: Officer, limit: int = 50) -> tuple[Undelivered, ...]:
    """What waits to be delivered or was given up, the latter first. What it says is not told. Raises NotYours."""
    _expect_administrator(reader, officer)
    found = (
        select(announcement, case.c.number, case.c.office)
        .join(case, case.c.id == announcement.c.case_id)
        .where(announcement.c.state.in_(["pending", "failed"]))
        .order_by(announcement.c.state, announcement.c.next_at, announcement.c.id)
        .limit(limit)
    )
    return tuple(
        Undelivered(
            row.id,
            row.number,
            row.office,
            row.kind,
            row.name,
            row.element,
            row.state == "failed",
            row.tries,
            row.created_at,
            row.next_at,
        )
        for row in reader.connection.execute(found)
    )


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
    _expect_administrator(reader, officer)
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
    _expect_administrator(reader, officer)
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
    )


def my_sessions(reader: Reader, officer: Officer) -> tuple[SessionLine, ...]:
    """Where the officer is signed in now, the latest used first."""
    return _sessions(reader, officer.number)


def office_lines(reader: Reader, officer: Officer) -> tuple[OfficeLine, ...]:
    """Every office, by its name. Raises NotYours."""
    _expect_administrator(reader, officer)
    areas: dict[str, list[str]] = {}
    for row in reader.connection.execute(select(office_area).order_by(office_area.c.region)):
        areas.setdefault(row.office, []).append(row.region)
    running = select(case.c.office, func.count().label("cases")).where(case.c.state.in_(["running", "suspended"]))
    cases = {row.office: row.cases for row in reader.connection.execute(running.group_by(case.c.office))}
    late = func.count().filter(work_item.c.due_at < reader.at)
    open_work = select(work_item.c.office, func.count().label("items"), late.label("late"))
    open_work = open_work.where(work_item.c.state.in_(["ready", "reserved"])).group_by(work_item.c.office)
    work = {row.office: (row.items, row.late) for row in reader.connection.execute(open_work)}
    there = _there(reader)
    wanted = _wanted(reader)
    return tuple(
        OfficeLine(
            each,
            tuple(areas.get(each.code, ())),
            len({who for _, who in there.get(each.code, ())}),
            cases.get(each.code, 0),
            *work.get(each.code, (0, 0)),
            tuple(sorted(wanted.get(each.code, set()) - {held for held, _ in there.get(each.code, ())})),
        )
        for each in sorted(reader.organisation.offices.values(), key=lambda one: (one.kind.value != "head", one.name))
    )


def post_lines(reader: Reader, officer: Officer) -> tuple[PostLine, ...]:
    """Every post, by its title. Raises NotYours."""
    _expect_administrator(reader, officer)
    counted: dict[str, set[tuple[str, int]]] = {}
    for office, held in _there(reader).items():
        for code, who in held:
            counted.setdefault(code, set()).add((office, who))
    return tuple(
        PostLine(
            row.code,
            row.title,
            tuple(row.powers),
            len({who for _, who in counted.get(row.code, ())}),
            len({office for office, _ in counted.get(row.code, ())}),
        )
        for row in reader.connection.execute(select(post).order_by(post.c.title))
    )


def holders_in(reader: Reader, officer: Officer, office: str) -> Mapping[str, tuple[tuple[int, str, Acting], ...]]:
    """Post → who holds it today in this office: number, name and in what capacity. Raises NotYours."""
    _expect_administrator(reader, officer)
    found = (
        select(holding.c.post, holding.c.acting, officers.c.id, officers.c.name)
        .join(officers, officers.c.id == holding.c.officer_id)
        .where(holding.c.office == office, _today(reader), officers.c.active.is_(True))
        .order_by(officers.c.name, officers.c.id)
    )
    told: dict[str, tuple[tuple[int, str, Acting], ...]] = {}
    for row in reader.connection.execute(found):
        told[row.post] = (*told.get(row.post, ()), (row.id, row.name, Acting(row.acting)))
    return told


def _expect_administrator(reader: Reader, officer: Officer) -> None:
    powers = reader.organisation.powers
    if not any("administer" in powers.get(each.post, ()) for each in officer.holdings):
        posts = sorted(code for code, carried in powers.items() if "administer" in carried)
        raise NotYours(who=officer.name, act="administer", post=", ".join(posts) or "a post that may administer")


def _trouble(row: Row[tuple[object, ...]]) -> Trouble:
    given = row._mapping  # noqa: SLF001 - the public name of a row's columns
    same = ("code", "element", "event", "place", "tries", "state", "opened_at", "last_at", "resolved_at", "resolved_by")
    return Trouble(
        number=given["id"],
        case=given["case_number"] or "",
        title=given["title"] or "",
        office=given["office"] or "",
        **{name: given[name] for name in same},
    )


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
    return tuple(SessionLine(row.id, row.created_at, row.seen_at) for row in reader.connection.execute(found))


def _today(reader: Reader) -> ColumnElement[bool]:
    day = reader.at.date()
    return and_(holding.c.begins_on <= day, or_(holding.c.ends_on.is_(None), holding.c.ends_on >= day))


def _holding_today(reader: Reader, office: str, post_code: str) -> Select[tuple[int]]:
    found = select(holding.c.officer_id).where(_today(reader))
    found = found.where(holding.c.office == office) if office else found
    return found.where(holding.c.post == post_code) if post_code else found


def _there(reader: Reader) -> dict[str, set[tuple[str, int]]]:
    """Office → post and officer of everybody who holds one there today."""
    found = select(holding.c.office, holding.c.post, holding.c.officer_id).join(
        officers, officers.c.id == holding.c.officer_id
    )
    told: dict[str, set[tuple[str, int]]] = {}
    for row in reader.connection.execute(found.where(_today(reader), officers.c.active.is_(True))):
        told.setdefault(row.office, set()).add((row.post, row.officer_id))
    return told


def _wanted(reader: Reader) -> dict[str, set[str]]:
    """Office → posts that open work waits for there."""
    waits = select(work_item.c.office, work_item.c.post).where(work_item.c.state.in_(["ready", "reserved"]))
    told: dict[str, set[str]] = {}
    for row in reader.connection.execute(waits.where(work_item.c.post != "").distinct()):
        told.setdefault(row.office, set()).add(row.post)
    return told
