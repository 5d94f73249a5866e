"""Offices, posts and officers as rows; offices and their calendars are read once and kept until one changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from engine.domain.calendar import Calendar
from engine.domain.calendar_book import CalendarBook
from engine.domain.organisation import Acting, Holding, Office, OfficeKind, Officer
from engine.errors import NotFound
from engine.storage.hot_path import Question, ask
from engine.storage.second_factor import factor_rules
from engine.storage.tables import calendar_edition, counter, holding, office, officer, post, webhook

VERSION = "organisation"
"""The counter that goes up whenever an office, a post or the calendar changes."""
HOME_ZONE = "Asia/Jakarta"
EXTEND = "extend"
"""The power of a post to decide whether more time is given."""
EXCHANGE = "exchange"
"""The power of a post to exchange data with the placement system for its office."""
OVERSEE = "oversee"
"""The power of a post to see all work of its office, and to say who does it."""

_VERSION = select(counter.c.value).where(counter.c.name == VERSION)
_OFFICER = (
    select(*(each for each in officer.c if each.name not in {"password", "once"}))
    .add_columns(holding.c.post, holding.c.office, holding.c.begins_on, holding.c.ends_on, holding.c.acting)
    .add_columns(office.c.zone.label("office_zone"), _VERSION.scalar_subquery().label("organisation"))
    .outerjoin(
        holding,
        and_(
            holding.c.officer_id == officer.c.id,
            holding.c.begins_on <= bindparam("late"),
            or_(holding.c.ends_on.is_(None), holding.c.ends_on >= bindparam("early")),
        ),
    )
    .outerjoin(office, office.c.code == holding.c.office)
    .where(officer.c.login == bindparam("of"))
    .order_by(holding.c.id)
)


@dataclass(slots=True)
class Organisation:
    """Every office and the calendar book in force, as of one version. It holds no officer."""

    version: int
    offices: Mapping[str, Office]
    book: CalendarBook = field(default_factory=CalendarBook)
    """The newest edition; before there is any, the national week alone."""
    powers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Post → what its holder may do beside the work of its lanes; posts without any are left out."""
    services: Mapping[str, str] = field(default_factory=dict)
    """Post → the service whose working times it keeps; posts that keep their office's are left out."""
    listeners: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Event → the webhooks, by their rows, that are told of it."""
    factors: Mapping[str, date] = field(default_factory=dict)
    """Post, or nothing for any → the day from which its holders need a second factor."""

    @property
    def head(self) -> str:
        """The head office's code, or nothing."""
        return next((each.code for each in self.offices.values() if each.kind is OfficeKind.HEAD), "")

    def office(self, code: str) -> Office:
        """Return one office. Raises NotFound."""
        if code not in self.offices:
            raise NotFound(what=f"office {code}")
        return self.offices[code]

    def overseen_by(self, person: Officer) -> dict[str, Holding]:
        """The offices whose work this officer oversees, each with the post that says so."""
        return {each.office: each for each in person.holdings if OVERSEE in self.powers.get(each.post, ())}

    def exchanged_by(self, person: Officer) -> frozenset[str]:
        """The offices for which this officer exchanges data with the placement system."""
        return frozenset(each.office for each in person.holdings if EXCHANGE in self.powers.get(each.post, ()))

    def extends(self, person: Officer, *offices: str) -> Holding | None:
        """The post in which this officer decides on extensions: in the first of these offices, or in the head office, for all."""
        places = (*offices, self.head)
        held = [each for each in person.holdings if each.office in places and EXTEND in self.powers.get(each.post, ())]
        return min(held, key=lambda each: (places.index(each.office), each.acting), default=None)

    @property
    def edition(self) -> int:
        """The number of the calendar book in force; 0 before there is any."""
        return self.book.number

    def calendar(self, code: str, service: str = "") -> Calendar:
        """When this office works, or one service of it. Raises NotFound."""
        return self.book.calendar(self.office(code).zone, code, service)

    def calendar_of_post(self, code: str, post: str) -> Calendar:
        """When a post works in this office. Raises NotFound."""
        return self.calendar(code, self.services.get(post, ""))

    def as_of(self, book: CalendarBook) -> Organisation:
        """The same house with the working times of another edition."""
        return replace(self, book=book)


def organisation_version(connection: Connection) -> int:
    """Which version of the offices and calendars is in force."""
    return connection.execute(_VERSION).scalar() or 0


def read_organisation(connection: Connection, version: int) -> Organisation:
    """Read every office, what posts carry, and the newest edition of the calendar book."""
    offices = {row.code: _office(row) for row in connection.execute(select(office).order_by(office.c.code))}
    newest = select(calendar_edition.c.number, calendar_edition.c.content).order_by(calendar_edition.c.number.desc())
    row = connection.execute(newest.limit(1)).first()
    book = CalendarBook.from_json(row.content, row.number) if row else CalendarBook()
    posts = connection.execute(select(post.c.code, post.c.powers, post.c.service)).all()
    powers = {each.code: frozenset(each.powers) for each in posts if each.powers}
    services = {each.code: each.service for each in posts if each.service}
    return Organisation(version, offices, book, powers, services, _listeners(connection), factor_rules(connection))


def _listeners(connection: Connection) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    going = select(webhook.c.id, webhook.c.kinds).where(webhook.c.ended_at.is_(None)).order_by(webhook.c.id)
    for row in connection.execute(going):
        for kind in row.kinds:
            found[kind] = (*found.get(kind, ()), row.id)
    return found


def read_officer(connection: Connection, login: str, at: datetime) -> tuple[Officer, str, int]:
    """Return an officer with the posts held today, the zone to tell times in, and the organisation's version.

    Raises NotFound for a login that is unknown or no longer active.
    """
    (rows,) = ask(connection, officer_question(login, at))
    return officer_of(rows, login, at)


def officer_question(login: str, at: datetime) -> Question:
    """What is to be asked for an officer."""
    early, late = (at - timedelta(days=1)).date(), (at + timedelta(days=1)).date()
    return _OFFICER, {"of": login, "early": early, "late": late}


def officer_of(rows: Sequence[Any], login: str, at: datetime) -> tuple[Officer, str, int]:
    """The officer in the answer: as `read_officer` returns it, and raising the same."""
    if not rows or not rows[0].active:
        raise NotFound(what=f"an active officer {login}")
    first = rows[0]
    held = tuple(_holding(row) for row in rows if row.post is not None and _today(row, at))
    person = Officer(first.id, first.login, first.name, first.language, first.zone, first.active, held)
    return person, first.zone or first.office_zone or HOME_ZONE, first.organisation or 0


def _today(row: Any, at: datetime) -> bool:
    return _holding(row).on(at.astimezone(ZoneInfo(row.office_zone)).date())


def _holding(row: Any) -> Holding:
    return Holding(row.post, row.office, row.begins_on, row.ends_on, Acting(row.acting))


def _office(row: Row[Any]) -> Office:
    return Office(row.code, row.name, row.city, row.province, row.zone, OfficeKind(row.kind), row.phone)
