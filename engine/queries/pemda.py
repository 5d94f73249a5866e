"""Local governments: who they are, for those who run the house; their sessions and figures; and what an office sees of them.

What they are told of citizens is not read here: each such look is recorded, so that commands give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.domain.organisation import Officer
from engine.domain.pemda import Pemda, lies_in
from engine.domain.small_numbers import KEPT_BACK
from engine.queries.access import visible_case
from engine.queries.reader import Reader
from engine.storage.citizens import CONSENT, VILLAGE, Citizens, Standing, root_of
from engine.storage.pemda import (
    PemdaPaper,
    PemdaReport,
    PemdaSession,
    PemdaSessionLine,
    PemdaUser,
    PemdaWords,
    find_session,
    papers_of,
    password_hash_of,
    pemda_of,
    reports_of,
    sessions_of,
    user_named,
    users_of,
    words_of,
)
from engine.storage.second_factor import PEMDA, factor_of, recovery_codes_left, secret_of
from engine.storage.subjects import Subjects
from engine.storage.tables import case, fact, pemda, pemda_month, pemda_session, pemda_user

MEASURES = ("origins", "repeats", "recruiters")


@dataclass(frozen=True, slots=True)
class PemdaRow:
    """One local government in a list."""

    pemda: Pemda
    users: tuple[PemdaUser, ...]
    last_seen: datetime | None
    """When somebody of it was last there."""
    ended_why: str


@dataclass(frozen=True, slots=True)
class PemdaFactor:
    """How far somebody has come with their own second factor."""

    confirmed_at: datetime | None
    secret: str
    """For the device that is to show codes; only until the first code confirms it."""
    codes_left: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An area within a working area, with a count as it is told."""

    area: str
    count: str
    depth: int
    """How many levels below the working area; 0: the area itself."""


@dataclass(frozen=True, slots=True)
class PemdaMonth:
    """The figures of one month, as one local government is told them."""

    month: str
    counted_at: datetime
    rows: dict[str, tuple[FigureRow, ...]]
    """Measure → the area itself and what lies within; empty where nothing is told."""


@dataclass(frozen=True, slots=True)
class PemdaSide:
    """How a case stands to local governments, and what passed with them: for the office that runs it."""

    number: str
    standing: Standing
    village: str
    consent: bool | None
    pemda: tuple[Pemda, ...]
    """Whose citizen it is, the widest area first."""
    reports: tuple[PemdaReport, ...]
    words: tuple[PemdaWords, ...]
    papers: tuple[PemdaPaper, ...]
    names: dict[int, Pemda]


def pemda_session_of(reader: Reader, secret: str) -> PemdaSession | None:
    """The session of this secret if it is still good: the person active and the agreement in force."""
    return find_session(reader.connection, secret, reader.at)


def pemda_password(reader: Reader, login: str) -> str | None:
    """The password hash of somebody who is active, for the web to verify against."""
    return password_hash_of(reader.connection, login)


def pemda_sessions(reader: Reader, login: str) -> tuple[PemdaSessionLine, ...]:
    """Where somebody is signed in, the latest used first."""
    user = user_named(reader.connection, login)
    return sessions_of(reader.connection, user.number, reader.at) if user is not None else ()


def pemda_factor(reader: Reader, login: str) -> PemdaFactor:
    """Somebody's own second factor; the secret is told while it waits for its first code, and never after."""
    user = user_named(reader.connection, login)
    found = factor_of(reader.connection, user.number, PEMDA) if user is not None else None
    if user is None or found is None:
        return PemdaFactor(None, "", 0)
    waits = found.confirmed_at is None
    return PemdaFactor(
        confirmed_at=found.confirmed_at,
        secret=secret_of(reader.connection, reader.keys, user.number, PEMDA) if waits else "",
        codes_left=recovery_codes_left(reader.connection, user.number, PEMDA),
    )


def pemda_rows(reader: Reader, *, ended: bool = False) -> tuple[PemdaRow, ...]:
    """Every local government, or those that were ended, by area."""
    kept = pemda.c.ended_at.is_not(None) if ended else pemda.c.ended_at.is_(None)
    seen = (
        select(func.max(pemda_session.c.seen_at))
        .join(pemda_user, pemda_user.c.id == pemda_session.c.user_id)
        .where(pemda_user.c.pemda_id == pemda.c.id)
        .scalar_subquery()
        .label("last_seen")
    )
    found = select(pemda, seen).where(kept).order_by(pemda.c.area, pemda.c.id)
    return tuple(
        PemdaRow(pemda_of(row), users_of(reader.connection, row.id), _in_utc(row.last_seen), row.ended_why)
        for row in reader.connection.execute(found)
    )


def pemda_months(reader: Reader) -> tuple[str, ...]:
    """The months that were counted, the latest first."""
    return tuple(reader.connection.execute(select(pemda_month.c.month).order_by(pemda_month.c.month.desc())).scalars())


def pemda_figures(reader: Reader, area: str, month: str) -> PemdaMonth | None:
    """The part of a month's figures that lies in an area: itself, what lies within, and what lies within that."""
    row = reader.connection.execute(select(pemda_month).where(pemda_month.c.month == month)).first()
    if row is None:
        return None
    rows = {measure: _part(row.figures.get(measure, {}), area) for measure in MEASURES}
    return PemdaMonth(row.month, row.counted_at, rows)


def pemda_side(reader: Reader, officer: Officer, number: str) -> PemdaSide:
    """What the office sees. Raises NotFound like the case's page."""
    held = visible_case(reader, officer, number)
    root = root_of(reader.connection, held.id)
    standing = Citizens(reader.connection, Subjects(reader.connection, reader.keys), reader.at).standing(root)
    said = select(fact.c.name, fact.c.value).where(fact.c.case_id == held.id, fact.c.name.in_((VILLAGE, CONSENT)))
    own: dict[str, Any] = {each.name: each.value for each in reader.connection.execute(said)}
    rows = reader.connection.execute(select(pemda).order_by(func.length(pemda.c.area), pemda.c.id)).all()
    known = {row.id: pemda_of(row) for row in rows}
    whose = [each for each in known.values() if lies_in(standing.region, each.area) and each.holds(reader.at)]
    return PemdaSide(
        str(reader.connection.execute(select(case.c.number).where(case.c.id == root)).scalar_one()),
        standing,
        str(own.get(VILLAGE) or ""),
        own.get(CONSENT),
        tuple(whose),
        reports_of(reader.connection, reader.keys, root),
        words_of(reader.connection, reader.keys, root),
        papers_of(reader.connection, root),
        known,
    )


def _part(told: dict[str, str], area: str) -> tuple[FigureRow, ...]:
    if area not in told:
        return ()
    own, depth = told[area], area.count(".")
    inside = sorted(each for each in told if each != area and lies_in(each, area))
    near = [each for each in inside if each.count(".") - depth <= 2]  # noqa: PLR2004 - the next two levels
    rows = [FigureRow(area, own, 0)]
    if own != KEPT_BACK:
        rows += [FigureRow(each, told[each], each.count(".") - depth) for each in near]
    return tuple(rows)


def _in_utc(value: Any) -> datetime | None:
    """An aggregate of moments as the database gives it."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
