"""Local governments as rows: who they are, who signs in for them, what they report and ask. Not whom they may know of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from engine.domain.pemda import Pemda, ReportKind
from engine.storage.identity import hashed
from engine.storage.key_ring import KeyRing
from engine.storage.tables import (
    officer,
    paper,
    pemda,
    pemda_factor,
    pemda_month,
    pemda_paper,
    pemda_question,
    pemda_report,
    pemda_session,
    pemda_user,
)

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PemdaUser:
    """Somebody who signs in for a local government."""

    number: int
    login: str
    name: str
    language: str
    active: bool
    once: bool
    """Whether the password has to be changed before anything else."""
    enrolled: bool
    """Whether they have a second factor: nobody is told of before."""
    pemda: Pemda


@dataclass(frozen=True, slots=True)
class PemdaSession:
    """One of them, signed in at one browser."""

    user: PemdaUser
    csrf: str
    created_at: datetime
    seen_at: datetime
    factor: str
    """What was shown beside the password; empty where nothing was yet."""

    @property
    def waits(self) -> bool:
        """Whether nothing is open yet but the page that asks for the second factor."""
        return self.user.enrolled and not self.factor


@dataclass(frozen=True, slots=True)
class PemdaSessionLine:
    """One place where somebody of a local government is signed in."""

    handle: str
    """Under which it is ended: not its secret."""
    device: str
    address: str
    factor: str
    begun_at: datetime
    seen_at: datetime
    way: str = "password"


@dataclass(frozen=True, slots=True)
class PemdaPaper:
    """A paper that a local government brought: what it is, never its name or content."""

    number: int
    report: int
    pemda: int
    by: str
    kind: str
    type: str
    size: int
    at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PemdaReport:
    """An answer to a hand-over, or an arrival."""

    number: int
    pemda: int
    by: str
    kind: ReportKind
    protocol: str
    happened_at: datetime
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PemdaWords:
    """A question of a local government, or the office's answer to it."""

    number: int
    pemda: int
    by: str
    office: str
    """Empty where the local government speaks."""
    text: str
    at: datetime


def add_pemda(connection: Connection, one: Pemda, *, at: datetime, by: int | None) -> int:
    """Store a local government."""
    row: dict[str, Any] = {
        "area": one.area,
        "name": one.name,
        "legal_basis": one.legal_basis,
        "agreement": one.agreement,
    }
    row |= {"valid_from": one.valid_from, "valid_until": one.valid_until, "added_at": at, "added_by": by}
    made = insert(pemda).returning(pemda.c.id)
    return int(connection.execute(made, {**row, "ended_why": ""}).scalar_one())


def end_pemda(connection: Connection, number: int, *, at: datetime, by: int | None, why: str) -> None:
    """Let it know nothing any more, and end every session of its people."""
    ended = {"ended_at": at, "ended_by": by, "ended_why": why}
    connection.execute(update(pemda).where(pemda.c.id == number).values(**ended))
    users = select(pemda_user.c.id).where(pemda_user.c.pemda_id == number)
    mine = pemda_session.c.user_id.in_(users) & pemda_session.c.revoked_at.is_(None)
    connection.execute(update(pemda_session).where(mine).values(revoked_at=at))


def pemda_at(connection: Connection, area: str) -> Pemda | None:
    """The local government of this area that was not ended."""
    row = connection.execute(select(pemda).where(pemda.c.area == area, pemda.c.ended_at.is_(None))).first()
    return pemda_of(row) if row else None


def pemda_of(row: Any) -> Pemda:
    """Read one from a row that has all of its columns."""
    return Pemda(
        row.area,
        row.name,
        row.legal_basis,
        row.agreement,
        row.valid_from,
        row.valid_until,
        getattr(row, "pemda_id", row.id),
        row.ended_at,
    )


def add_user(connection: Connection, of: int, login: str, *, at: datetime, **row: Any) -> int:
    """Let somebody sign in for a local government."""
    values = {"pemda_id": of, "login": login, "active": True, "once": True, "added_at": at, **row}
    return int(connection.execute(insert(pemda_user).returning(pemda_user.c.id), values).scalar_one())


def user_named(connection: Connection, login: str) -> PemdaUser | None:
    """Who signs in under this login, active or not, of a local government that was ended or not."""
    row = connection.execute(_users().where(pemda_user.c.login == login)).first()
    return _user(row) if row else None


def users_of(connection: Connection, of: int) -> tuple[PemdaUser, ...]:
    """Everybody of one local government, by login."""
    found = _users().where(pemda_user.c.pemda_id == of).order_by(pemda_user.c.login)
    return tuple(_user(row) for row in connection.execute(found))


def change_user(connection: Connection, number: int, **values: Any) -> None:
    """Set columns of somebody's row."""
    connection.execute(update(pemda_user).where(pemda_user.c.id == number).values(**values))


def password_hash_of(connection: Connection, login: str) -> str | None:
    """The password hash of somebody who is active."""
    found = select(pemda_user.c.password).where(pemda_user.c.login == login, pemda_user.c.active.is_(True))
    return connection.execute(found).scalar()


def add_session(
    connection: Connection,
    secret: str,
    user: int,
    csrf: str,
    at: datetime,
    until: datetime,
    *,
    device: str = "",
    address: str = "",
) -> None:
    """Let somebody in, and keep from where, for their own list of sessions."""
    row = {"id": hashed(secret), "user_id": user, "csrf": csrf, "created_at": at, "seen_at": at, "expires_at": until}
    connection.execute(insert(pemda_session), {**row, "device": device[:60], "address": address[:64], "factor": ""})


def set_factor(connection: Connection, secret: str, user: int, factor: str) -> None:
    """Note that the second factor was shown in a session of this person."""
    mine = (pemda_session.c.id == hashed(secret)) & (pemda_session.c.user_id == user)
    connection.execute(update(pemda_session).where(mine).values(factor=factor))


def find_session(connection: Connection, secret: str, now: datetime) -> PemdaSession | None:
    """Return the session if it is still good: its person active, their local government's agreement in force."""
    found = _users().add_columns(
        pemda_session.c.csrf,
        pemda_session.c.created_at.label("begun_at"),
        pemda_session.c.seen_at,
        pemda_session.c.factor,
    )
    found = found.join(pemda_session, pemda_session.c.user_id == pemda_user.c.id)
    good = pemda_session.c.revoked_at.is_(None) & (pemda_session.c.expires_at > now) & pemda_user.c.active.is_(True)
    row = connection.execute(found.where(pemda_session.c.id == hashed(secret), good)).first()
    user = _user(row) if row else None
    if row is None or user is None or not user.pemda.holds(now):
        return None
    return PemdaSession(user, row.csrf, row.begun_at, row.seen_at, row.factor)


def sessions_of(connection: Connection, user: int, now: datetime) -> tuple[PemdaSessionLine, ...]:
    """Where somebody is signed in, the latest used first."""
    mine = (pemda_session.c.user_id == user) & pemda_session.c.revoked_at.is_(None) & (pemda_session.c.expires_at > now)
    found = select(pemda_session).where(mine).order_by(pemda_session.c.seen_at.desc(), pemda_session.c.id)
    return tuple(
        PemdaSessionLine(row.id, row.device, row.address, row.factor, row.created_at, row.seen_at)
        for row in connection.execute(found)
    )


def touch_session(connection: Connection, secret: str, now: datetime, until: datetime) -> None:
    """Keep a session open that is being used."""
    mine = (pemda_session.c.id == hashed(secret)) & pemda_session.c.revoked_at.is_(None)
    connection.execute(update(pemda_session).where(mine).values(seen_at=now, expires_at=until))


def revoke_sessions(
    connection: Connection, user: int, now: datetime, *, only: str = "", handle: str = "", but: str = ""
) -> int:
    """End somebody's sessions: one, by its secret or its handle; all; or all but one, by its secret. Returns how many."""
    mine = (pemda_session.c.user_id == user) & pemda_session.c.revoked_at.is_(None) & (pemda_session.c.expires_at > now)
    if only or handle:
        mine &= pemda_session.c.id == (handle or hashed(only))
    if but:
        mine &= pemda_session.c.id != hashed(but)
    return connection.execute(update(pemda_session).where(mine).values(revoked_at=now)).rowcount


def forget_pemda_sessions(connection: Connection, now: datetime) -> int:
    """Let go of sessions long over. Returns how many."""
    return connection.execute(delete(pemda_session).where(pemda_session.c.expires_at < now - KEPT_FOR)).rowcount


def add_report(connection: Connection, keys: KeyRing, *, protocol: str, note: str, **row: Any) -> int:
    """Keep what was reported, its words encrypted."""
    values = {**row, "protocol": "", "note": ""}
    made = int(connection.execute(insert(pemda_report).returning(pemda_report.c.id), values).scalar_one())
    cells = {"protocol": protocol, "note": note}
    locked = {name: keys.lock(text, f"pemda_report.{name}.{made}") for name, text in cells.items() if text}
    if locked:
        connection.execute(update(pemda_report).where(pemda_report.c.id == made).values(**locked))
    return made


def reports_of(connection: Connection, keys: KeyRing, case: int, of: int | None = None) -> tuple[PemdaReport, ...]:
    """What was reported of a case, the first first; by one local government, or by all."""
    found = select(pemda_report, pemda_user.c.name).join(pemda_user, pemda_user.c.id == pemda_report.c.user_id)
    found = found.where(pemda_report.c.case_id == case).order_by(pemda_report.c.id)
    if of is not None:
        found = found.where(pemda_report.c.pemda_id == of)
    return tuple(
        PemdaReport(
            row.id,
            row.pemda_id,
            row.name,
            ReportKind(row.kind),
            _clear(keys, row.protocol, f"pemda_report.protocol.{row.id}"),
            row.happened_at,
            _clear(keys, row.note, f"pemda_report.note.{row.id}"),
            row.at,
        )
        for row in connection.execute(found)
    )


def add_paper(connection: Connection, number: int, report: int) -> None:
    """Keep that a paper of the case came with a report."""
    connection.execute(insert(pemda_paper), {"paper_id": number, "report_id": report})


def papers_of(connection: Connection, case: int, of: int | None = None) -> tuple[PemdaPaper, ...]:
    """What was brought to a case, the first first; by one local government, or by all."""
    found = (
        select(paper, pemda_paper.c.report_id, pemda_report.c.pemda_id, pemda_user.c.name.label("by"))
        .join(pemda_paper, pemda_paper.c.paper_id == paper.c.id)
        .join(pemda_report, pemda_report.c.id == pemda_paper.c.report_id)
        .join(pemda_user, pemda_user.c.id == pemda_report.c.user_id)
        .where(paper.c.case_id == case)
        .order_by(paper.c.id)
    )
    if of is not None:
        found = found.where(pemda_report.c.pemda_id == of)
    return tuple(
        PemdaPaper(
            row.id,
            row.report_id,
            row.pemda_id,
            row.by,
            row.kind,
            row.type,
            row.size,
            row.added_at,
            row.withdrawn_at is not None,
        )
        for row in connection.execute(found)
    )


def add_words(connection: Connection, keys: KeyRing, text: str, **row: Any) -> int:
    """Keep a question or an answer, encrypted."""
    values = {"user_id": None, "officer_id": None, "office": "", **row, "text": ""}
    made = int(connection.execute(insert(pemda_question).returning(pemda_question.c.id), values).scalar_one())
    locked = keys.lock(text, f"pemda_question.text.{made}")
    connection.execute(update(pemda_question).where(pemda_question.c.id == made).values(text=locked))
    return made


def words_of(connection: Connection, keys: KeyRing, case: int, of: int | None = None) -> tuple[PemdaWords, ...]:
    """What was asked and answered about a case, the first first; with one local government, or with all."""
    found = (
        select(pemda_question, pemda_user.c.name.label("user"), officer.c.name.label("officer"))
        .outerjoin(pemda_user, pemda_user.c.id == pemda_question.c.user_id)
        .outerjoin(officer, officer.c.id == pemda_question.c.officer_id)
        .where(pemda_question.c.case_id == case)
        .order_by(pemda_question.c.id)
    )
    if of is not None:
        found = found.where(pemda_question.c.pemda_id == of)
    return tuple(
        PemdaWords(
            row.id,
            row.pemda_id,
            row.user or row.officer,
            row.office,
            _clear(keys, row.text, f"pemda_question.text.{row.id}"),
            row.at,
        )
        for row in connection.execute(found)
    )


def has_month(connection: Connection, month: str) -> bool:
    """Whether the figures of a month were counted."""
    return connection.execute(select(pemda_month.c.month).where(pemda_month.c.month == month)).first() is not None


def add_month(connection: Connection, month: str, figures: Mapping[str, Any], at: datetime) -> None:
    """Keep the figures of a month as they are told."""
    connection.execute(insert(pemda_month), {"month": month, "counted_at": at, "figures": dict(figures)})


def valid_pemda(connection: Connection, today: date) -> tuple[Pemda, ...]:
    """Every local government whose agreement is in force on a day, by area."""
    begun = pemda.c.ended_at.is_(None) & (pemda.c.valid_from <= today)
    last = pemda.c.valid_until.is_(None) | (pemda.c.valid_until >= today)
    return tuple(pemda_of(row) for row in connection.execute(select(pemda).where(begun, last).order_by(pemda.c.area)))


def _users() -> Select[Any]:
    own = (pemda_user.c.id, pemda_user.c.pemda_id, pemda_user.c.login, pemda_user.c.name.label("user_name"))
    enrolled = pemda_factor.c.confirmed_at.is_not(None).label("enrolled")
    flags = (pemda_user.c.language, pemda_user.c.active, pemda_user.c.once, enrolled)
    theirs = [each for each in pemda.c if each.name != "id"]
    found = select(*own, *flags, *theirs).join(pemda, pemda.c.id == pemda_user.c.pemda_id)
    return found.outerjoin(pemda_factor, pemda_factor.c.user_id == pemda_user.c.id)


def _user(row: Any) -> PemdaUser:
    return PemdaUser(
        row.id, row.login, row.user_name, row.language, row.active, row.once, bool(row.enrolled), pemda_of(row)
    )


def _clear(keys: KeyRing, cell: str, place: str) -> str:
    return keys.unlock(cell, place) if cell else ""
