"""Offices, posts and officers as rows; offices and their calendars are read once and kept until one changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from engine.domain.calendar import Calendar, CalendarDay, DayKind, office_calendar
from engine.domain.organisation import Acting, Holding, Office, OfficeKind, Officer
from engine.errors import NotFound
from engine.storage.hot_path import Question, ask
from engine.storage.tables import calendar_day, counter, holding, office, officer, post, season

VERSION = "organisation"
"""The counter that goes up whenever an office, a calendar day or a season changes."""
HOME_ZONE = "Asia/Jakarta"
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
    """Every office with its calendar, as of one version. It holds no officer."""

    version: int
    offices: Mapping[str, Office]
    days: Mapping[str, tuple[CalendarDay, ...]]
    ramadan: tuple[tuple[date, date], ...]
    powers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Post → what its holder may do beside the work of its lanes; posts without any are left out."""
    _calendars: dict[str, Calendar] = field(default_factory=dict)

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

    def calendar(self, code: str) -> Calendar:
        """When this office works."""
        if code not in self._calendars:
            place = self.office(code)
            days = (*self.days.get("", ()), *self.days.get(code, ()))
            self._calendars[code] = office_calendar(place.zone, place.pattern, days, ramadan=self.ramadan)
        return self._calendars[code]


def organisation_version(connection: Connection) -> int:
    """Which version of the offices and calendars is in force."""
    return connection.execute(_VERSION).scalar() or 0


def read_organisation(connection: Connection, version: int) -> Organisation:
    """Read every office and every day off."""
    offices = {row.code: _office(row) for row in connection.execute(select(office).order_by(office.c.code))}
    days: dict[str, tuple[CalendarDay, ...]] = {}
    for row in connection.execute(select(calendar_day).order_by(calendar_day.c.day)):
        one = CalendarDay(row.day, DayKind(row.kind), row.title, row.basis, row.office)
        days[row.office] = (*days.get(row.office, ()), one)
    ramadan = tuple(
        (row.first_on, row.last_on) for row in connection.execute(select(season).order_by(season.c.first_on))
    )
    powers = {row.code: frozenset(row.powers) for row in connection.execute(select(post.c.code, post.c.powers))}
    return Organisation(version, offices, days, ramadan, {code: held for code, held in powers.items() if held})


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
    return Office(row.code, row.name, row.city, row.province, row.zone, OfficeKind(row.kind), row.pattern, row.phone)
