"""Who is signed in: sessions, tokens and attempts, each under a hash, so that a copy of the database opens no door."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from engine.domain.token import Token
from engine.storage.tables import api_token, officer, second_factor, session, sign_in_attempt


@dataclass(frozen=True, slots=True)
class Session:
    """One officer signed in at one browser."""

    login: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    once: bool = False
    """Whether the password has to be changed before anything else."""
    way: str = "password"
    """How it began: with a password, or by the provider's word."""
    factor: str = ""
    """What was shown beside that; empty where nothing was yet."""
    enrolled: bool = False
    """Whether the officer has a second factor, which is then asked for."""

    @property
    def waits(self) -> bool:
        """Whether nothing is open yet but the page that asks for the second factor."""
        return self.enrolled and not self.factor


def hashed(secret: str) -> str:
    """Return the form in which a session's or token's secret is kept: it is random and long, so that it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def password_of(connection: Connection, login: str) -> tuple[int, str] | None:
    """The row and password hash of an active officer."""
    row = connection.execute(select(officer).where(officer.c.login == login)).first()
    return (row.id, row.password) if row is not None and row.active else None


def add_attempt(connection: Connection, login: str, address: str, at: datetime, *, succeeded: bool) -> None:
    """Remember that somebody tried to sign in."""
    row = {"login": login, "address": address, "at": at, "succeeded": succeeded}
    connection.execute(insert(sign_in_attempt), row)


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in has failed of late."""

    here: int
    """For this login from this address, since it last succeeded there."""
    anywhere: int
    """For this login, from wherever."""
    of_address: int
    """From this address, for whatever login."""
    known: bool
    """Whether this login has got in from this address within a week: a stranger's failures do not shut it out there."""


def failures_since(connection: Connection, login: str, address: str, since: datetime) -> Failures:
    """Count the failures of a login and of an address since then."""
    failed = sign_in_attempt.c.succeeded.is_(False) & (sign_in_attempt.c.at >= since)
    mine, from_here = sign_in_attempt.c.login == login, sign_in_attempt.c.address == address
    last = select(func.max(sign_in_attempt.c.at)).where(mine, from_here, sign_in_attempt.c.succeeded.is_(True))
    good = connection.execute(last).scalar()
    count = select(func.count()).select_from(sign_in_attempt).where(failed)
    here = count.where(mine, from_here)
    here = here if good is None else here.where(sign_in_attempt.c.at > good)
    counts = [connection.execute(each).scalar_one() for each in (here, count.where(mine), count.where(from_here))]
    return Failures(counts[0], counts[1], counts[2], known=good is not None)


def add_session(
    connection: Connection,
    secret: str,
    officer_id: int,
    csrf: str,
    at: datetime,
    until: datetime,
    *,
    device: str = "",
    address: str = "",
    way: str = "password",
    factor: str = "",
    identity: int | None = None,
    provider_session: str = "",
) -> None:
    """Let an officer in, and keep from where and how, for their own list of sessions."""
    row = {"id": hashed(secret), "officer_id": officer_id, "csrf": csrf, "created_at": at, "seen_at": at}
    row |= {"device": device[:60], "address": address[:64], "way": way, "factor": factor}
    row |= {"identity_id": identity, "provider_session": provider_session[:255], "expires_at": until}
    connection.execute(insert(session), row)


def set_factor(connection: Connection, secret: str, factor: str) -> None:
    """Note that the second factor was shown in a session."""
    connection.execute(update(session).where(session.c.id == hashed(secret)).values(factor=factor))


def find_session(connection: Connection, secret: str, now: datetime) -> Session | None:
    """Return the session if it is still good."""
    enrolled = second_factor.c.confirmed_at.is_not(None).label("enrolled")
    found = (
        select(session, officer.c.login, officer.c.once, enrolled)
        .join(officer, officer.c.id == session.c.officer_id)
        .outerjoin(second_factor, second_factor.c.officer_id == session.c.officer_id)
    )
    good = (session.c.revoked_at.is_(None)) & (session.c.expires_at > now) & (officer.c.active.is_(True))
    row = connection.execute(found.where(session.c.id == hashed(secret), good)).first()
    if row is None:
        return None
    once = row.once and row.way == "password"  # whoever came by the provider has typed no password of ours
    times = row.created_at, row.seen_at, row.expires_at
    return Session(row.login, row.csrf, *times, once, row.way, row.factor, bool(row.enrolled))


def touch_session(connection: Connection, secret: str, now: datetime, until: datetime) -> None:
    """Keep a session open that is being used."""
    mine = (session.c.id == hashed(secret)) & session.c.revoked_at.is_(None)
    connection.execute(update(session).where(mine).values(seen_at=now, expires_at=until))


def revoke_session(connection: Connection, secret: str, now: datetime) -> None:
    """End one session."""
    mine = (session.c.id == hashed(secret)) & session.c.revoked_at.is_(None)
    connection.execute(update(session).where(mine).values(revoked_at=now))


def revoke_sessions_of(connection: Connection, officer_id: int, now: datetime, *, but: str = "") -> int:
    """End every session of an officer but that of one secret. Returns how many."""
    mine = (session.c.officer_id == officer_id) & session.c.revoked_at.is_(None) & (session.c.expires_at > now)
    if but:
        mine &= session.c.id != hashed(but)
    return connection.execute(update(session).where(mine).values(revoked_at=now)).rowcount


def session_owner(connection: Connection, handle: str, now: datetime) -> str | None:
    """The login of a session that is still good, by the hash under which it is kept."""
    found = select(officer.c.login).join(session, session.c.officer_id == officer.c.id)
    good = (session.c.revoked_at.is_(None)) & (session.c.expires_at > now)
    return connection.execute(found.where(session.c.id == handle, good)).scalar()


def revoke_session_by_handle(connection: Connection, handle: str, now: datetime) -> None:
    """End one session, by the hash under which it is kept."""
    connection.execute(update(session).where(session.c.id == handle).values(revoked_at=now))


def add_token(connection: Connection, secret: str, **given: Any) -> int:
    """Let another program in on an officer's behalf. Returns the token's number."""
    row = {"hash": hashed(secret), **given}
    return int(connection.execute(insert(api_token).returning(api_token.c.id), row).scalar_one())


def find_token(connection: Connection, secret: str, now: datetime) -> Token | None:
    """The token of this secret, if it is still good."""
    found = select(api_token, officer.c.login).join(officer, api_token.c.officer_id == officer.c.id)
    good = (api_token.c.revoked_at.is_(None)) & (api_token.c.expires_at > now) & (officer.c.active.is_(True))
    row = connection.execute(found.where(api_token.c.hash == hashed(secret), good)).first()
    if row is None:
        return None
    return Token(row.id, row.login, row.name, frozenset(row.scopes), row.rate, row.expires_at)


def ending_tokens(connection: Connection, now: datetime, until: datetime) -> tuple[Any, ...]:
    """The good tokens that end by then, of whose end nobody has been told."""
    untold = api_token.c.told_at.is_(None) & api_token.c.revoked_at.is_(None)
    soon = untold & (api_token.c.expires_at > now) & (api_token.c.expires_at <= until)
    return tuple(connection.execute(select(api_token).where(soon).order_by(api_token.c.id)))


def set_token_told(connection: Connection, number: int, now: datetime) -> None:
    """Remember that its owner has been told that it ends."""
    connection.execute(update(api_token).where(api_token.c.id == number).values(told_at=now))


def token_owner(connection: Connection, number: int) -> str | None:
    """The login that a token acts for."""
    found = select(officer.c.login).join(api_token, api_token.c.officer_id == officer.c.id)
    return connection.execute(found.where(api_token.c.id == number)).scalar()


def revoke_token(connection: Connection, number: int, now: datetime) -> bool:
    """End one token. Returns whether it was still good."""
    mine = (api_token.c.id == number) & api_token.c.revoked_at.is_(None)
    return connection.execute(update(api_token).where(mine).values(revoked_at=now)).rowcount > 0


def revoke_tokens_of(connection: Connection, officer_id: int, now: datetime) -> None:
    """End every token of an officer."""
    mine = (api_token.c.officer_id == officer_id) & api_token.c.revoked_at.is_(None)
    connection.execute(update(api_token).where(mine).values(revoked_at=now))


def forget_sign_ins(connection: Connection, now: datetime) -> int:
    """Let go of attempts that throttle nobody any more and of sessions long over. Returns how many."""
    long_ago = now - timedelta(days=7)
    attempts = connection.execute(delete(sign_in_attempt).where(sign_in_attempt.c.at < long_ago)).rowcount
    return attempts + connection.execute(delete(session).where(session.c.expires_at < long_ago)).rowcount
