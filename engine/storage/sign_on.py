"""Accounts of another house as rows: whom each lets in, what its claims give, and ways to the provider that are not back yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from engine.domain.organisation import Acting, Holding
from engine.domain.sign_on import Begun, ClaimRule, SignOnRules
from engine.storage.identity import hashed
from engine.storage.tables import (
    claim_rule,
    holding,
    holding_by_rule,
    identity_link,
    officer,
    session,
    sign_on_request,
    sign_on_rule,
)
from engine.storage.upsert import add_or_set

KEPT_FOR: Final = timedelta(hours=1)
"""So long an answer that comes a second time is known to be one."""


@dataclass(frozen=True, slots=True)
class Link:
    """An account of another house, and the officer whom it lets in."""

    number: int
    officer: int
    login: str
    active: bool
    issuer: str
    subject: str


def add_request(
    connection: Connection, state: str, *, browser: str, nonce: str, verifier: str, following: str, at: datetime
) -> None:
    """Remember that a browser goes to the provider, and let go of those that never came back."""
    forget_requests(connection, at)
    row = {"state": hashed(state), "browser": hashed(browser), "nonce": nonce, "verifier": verifier}
    connection.execute(insert(sign_on_request), {**row, "following": following, "begun_at": at, "used_at": None})


def take_request(connection: Connection, state: str, *, browser: str, at: datetime) -> Begun | None:
    """What a browser began with this state; from now on it counts as used. None for a state that nobody gave."""
    mine = sign_on_request.c.state == hashed(state)
    row = connection.execute(select(sign_on_request).where(mine)).first()
    if row is None:
        return None
    fresh = update(sign_on_request).where(mine, sign_on_request.c.used_at.is_(None)).values(used_at=at)
    first = connection.execute(fresh).rowcount == 1
    same = row.browser == hashed(browser)
    return Begun(row.nonce, row.verifier, row.following, row.begun_at, not first, same)


def forget_requests(connection: Connection, now: datetime) -> int:
    """Let go of ways to the provider that nobody comes back from any more. Returns how many."""
    return connection.execute(delete(sign_on_request).where(sign_on_request.c.begun_at < now - KEPT_FOR)).rowcount


def find_link(connection: Connection, issuer: str, subject: str) -> Link | None:
    """Whom an account lets in."""
    found = _links().where(identity_link.c.issuer == issuer, identity_link.c.subject == subject)
    row = connection.execute(found).first()
    return _link(row) if row else None


def link_by_number(connection: Connection, number: int) -> Link | None:
    """One link that has not ended."""
    row = connection.execute(_links().where(identity_link.c.id == number)).first()
    return _link(row) if row else None


def links_of(connection: Connection, number: int) -> tuple[Link, ...]:
    """The accounts that let one officer in."""
    found = _links().where(identity_link.c.officer_id == number).order_by(identity_link.c.id)
    return tuple(_link(row) for row in connection.execute(found))


def add_link(connection: Connection, number: int, issuer: str, subject: str, *, by: int | None, at: datetime) -> int:
    """Let an account in as an officer. Returns the link's number."""
    row = {"officer_id": number, "issuer": issuer, "subject": subject, "linked_at": at, "linked_by": by}
    return int(connection.execute(insert(identity_link).returning(identity_link.c.id), row).scalar_one())


def end_link(connection: Connection, number: int, at: datetime) -> int:
    """Let an account in no more. Returns how many of its sessions ended with it."""
    connection.execute(update(identity_link).where(identity_link.c.id == number).values(ended_at=at))
    return end_sessions_of(connection, number, at)


def end_sessions_of(
    connection: Connection, link: int, at: datetime, *, chosen: ColumnElement[bool] | None = None
) -> int:
    """End the sessions that began with an account: all, or those that are chosen among them."""
    theirs = (session.c.identity_id == link) & session.c.revoked_at.is_(None) & (session.c.expires_at > at)
    if chosen is not None:
        theirs &= chosen
    return connection.execute(update(session).where(theirs).values(revoked_at=at)).rowcount


def end_said_sessions(
    connection: Connection, link: int, at: datetime, *, provider_session: str, said_at: datetime
) -> int:
    """End those of one session there, whenever they began: it is over. Without one, all that had begun when it was said.

    Of a session here of which the provider never told to which of its own it belongs, nobody can say that it goes on.
    """
    before = session.c.created_at <= said_at
    nameless = before & (session.c.provider_session == "")
    meant = (session.c.provider_session == provider_session) | nameless if provider_session else before
    return end_sessions_of(connection, link, at, chosen=meant)


def had_link(connection: Connection, number: int, issuer: str) -> bool:
    """Whether an account of a provider lets an officer in, or ever did."""
    theirs = (identity_link.c.officer_id == number) & (identity_link.c.issuer == issuer)
    return connection.execute(select(identity_link.c.id).where(theirs).limit(1)).first() is not None


def was_ended(connection: Connection, issuer: str, subject: str) -> bool:
    """Whether an account let somebody in once, and somebody has said that it shall not any more."""
    this = (identity_link.c.issuer == issuer) & (identity_link.c.subject == subject)
    ended = select(identity_link.c.id).where(this, identity_link.c.ended_at.is_not(None))
    return connection.execute(ended.limit(1)).first() is not None


def claim_rules(connection: Connection) -> tuple[ClaimRule, ...]:
    """The table of claims as it is in force, the oldest line first."""
    found = select(claim_rule).where(claim_rule.c.ended_at.is_(None)).order_by(claim_rule.c.id)
    return tuple(ClaimRule(row.id, row.claim, row.value, row.post, row.office) for row in connection.execute(found))


def add_claim_rule(connection: Connection, rule: ClaimRule, *, by: int | None, at: datetime) -> int:
    """Put a line into the table. Returns its number."""
    row = {"claim": rule.claim, "value": rule.value, "post": rule.post, "office": rule.office}
    made = insert(claim_rule).returning(claim_rule.c.id)
    return int(connection.execute(made, {**row, "added_at": at, "added_by": by}).scalar_one())


def end_claim_rule(connection: Connection, number: int, at: datetime) -> bool:
    """Take a line out of the table. Returns whether it was in force."""
    mine = (claim_rule.c.id == number) & claim_rule.c.ended_at.is_(None)
    return connection.execute(update(claim_rule).where(mine).values(ended_at=at)).rowcount > 0


@dataclass(frozen=True, slots=True)
class HeldNow:
    """One post of an officer that has not ended, and whether a claim gave it."""

    number: int
    holding: Holding
    by_rule: bool


def held_now(connection: Connection, number: int, since: date) -> Sequence[HeldNow]:
    """The posts of an officer that do not end before a day."""
    found = select(holding, holding_by_rule.c.rule_id).outerjoin(
        holding_by_rule, holding_by_rule.c.holding_id == holding.c.id
    )
    theirs = (holding.c.officer_id == number) & or_(holding.c.ends_on.is_(None), holding.c.ends_on >= since)
    return [
        HeldNow(
            row.id,
            Holding(row.post, row.office, row.begins_on, row.ends_on, Acting(row.acting)),
            row.rule_id is not None,
        )
        for row in connection.execute(found.where(theirs).order_by(holding.c.id))
    ]


def mark_by_rule(connection: Connection, number: int, rule: int) -> None:
    """Remember that a claim gave a post."""
    connection.execute(insert(holding_by_rule), {"holding_id": number, "rule_id": rule})


def read_rules(connection: Connection) -> SignOnRules:
    """What an administrator has said about accounts of another house."""
    rows: dict[str, Any] = {row.name: row.value for row in connection.execute(select(sign_on_rule))}
    return SignOnRules(rows.get("link_by", ""), tuple(rows.get("amr", ())), tuple(rows.get("acr", ())))


def set_rule(connection: Connection, name: str, value: Any, at: datetime) -> None:
    """Keep one rule in place of what it was."""
    connection.execute(add_or_set(connection, sign_on_rule), {"name": name, "value": value, "set_at": at})


def _links() -> Any:
    columns = select(identity_link, officer.c.login, officer.c.active)
    joined = columns.join(officer, officer.c.id == identity_link.c.officer_id)
    return joined.where(identity_link.c.ended_at.is_(None))


def _link(row: Any) -> Link:
    return Link(row.id, row.officer_id, row.login, row.active, row.issuer, row.subject)
