"""Let in whom another house vouches for: the officer to whom the account is linked, with the posts that the table gives."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine.domain.organisation import Holding
from engine.domain.receipt import Receipt
from engine.domain.sign_on import ClaimRule, Factor, SignOnRules, Way, given_by, said
from engine.storage import UnitOfWork
from engine.storage.identity import add_attempt, add_session
from engine.storage.organisation_rows import insert_holding, officer_row, set_holding_end
from engine.storage.sign_on import (
    HeldNow,
    Link,
    add_link,
    claim_rules,
    find_link,
    had_link,
    held_now,
    mark_by_rule,
    read_rules,
    was_ended,
)

LASTS = timedelta(hours=12)
ONE_DAY = timedelta(days=1)


def admit_identity(
    work: UnitOfWork,
    *,
    issuer: str,
    subject: str,
    claims: Mapping[str, Any],
    address: str,
    device: str = "",
    provider_session: str = "",
) -> Receipt:
    """Open a session: state `signed-in` with the session's secret as name, else `unknown` or `inactive`.

    The claims are those of a token that the web has verified. None of them is kept. Posts that the table gives begin
    today; those that it gave before and gives no longer ended yesterday; those given by hand are left alone.
    """
    rules = read_rules(work.connection)
    link = find_link(work.connection, issuer, subject) or _link_by_claim(work, rules, issuer, subject, claims)
    if link is None or not link.active:
        work.trail.note("identity.refused", work.at, link.login if link else "", address=address)
        return Receipt(state="inactive" if link else "unknown")
    _follow(work, link, claims)
    secret = secrets.token_urlsafe(32)
    factor = Factor.PROVIDER if rules.trusts(claims) else Factor.NONE
    add_attempt(work.connection, link.login, address[:64], work.at, succeeded=True)
    add_session(
        work.connection,
        secret,
        link.officer,
        secrets.token_urlsafe(32),
        work.at,
        work.at + LASTS,
        device=device,
        address=address,
        way=Way.PROVIDER,
        factor=factor,
        identity=link.number,
        provider_session=provider_session,
    )
    work.trail.note("identity.admitted", work.at, link.login, address=address, link=link.number)
    return Receipt(state="signed-in", number=link.officer, name=secret)


def _link_by_claim(
    work: UnitOfWork, rules: SignOnRules, issuer: str, subject: str, claims: Mapping[str, Any]
) -> Link | None:
    """Link at the first sign-in, where an administrator's rule names the claim and the officer never had an account there.

    Where somebody has taken an account away, from the officer or from whoever comes with it, no rule gives it back.
    """
    values = said(claims, rules.link_by) if rules.link_by else frozenset()
    if len(values) != 1:
        return None
    login = next(iter(values)).lower()
    number = officer_row(work.connection, login)
    if number is None or had_link(work.connection, number, issuer) or was_ended(work.connection, issuer, subject):
        return None
    made = add_link(work.connection, number, issuer, subject, by=None, at=work.at)
    work.record("identity.linked", None, login=login, issuer=issuer, link=made, claim=rules.link_by)
    return Link(made, number, login, active=True, issuer=issuer, subject=subject)


def _follow(work: UnitOfWork, link: Link, claims: Mapping[str, Any]) -> None:
    """Hold what the table gives, and no longer what it gave."""
    given = given_by(claim_rules(work.connection), claims)
    held = held_now(work.connection, link.officer, work.at.date() - ONE_DAY)
    for each in held:
        place = (each.holding.post, each.holding.office)
        if each.by_rule and place not in given and not _over(work, each):
            _end(work, link, each)
    standing = {
        (each.holding.post, each.holding.office) for each in held if each.holding.on(_today(work, each.holding.office))
    }
    for place, rule in given.items():
        if place not in standing:
            _give(work, link, rule)


def _give(work: UnitOfWork, link: Link, rule: ClaimRule) -> None:
    begins = _today(work, rule.office)
    mark_by_rule(
        work.connection,
        insert_holding(work.connection, link.officer, Holding(rule.post, rule.office, begins)),
        rule.number,
    )
    work.record(
        "post.assigned",
        None,
        login=link.login,
        begins_on=begins.isoformat(),
        ends_on="",
        holding={"held": rule.post, "at": rule.office, "acting": ""},
        rule=rule.number,
    )


def _end(work: UnitOfWork, link: Link, held: HeldNow) -> None:
    """A right that another house has taken back is not left until midnight."""
    last = _today(work, held.holding.office) - ONE_DAY
    set_holding_end(work.connection, held.number, last)
    where = {"held": held.holding.post, "at": held.holding.office, "acting": held.holding.acting.value}
    work.record("holding.ended", None, login=link.login, holding=where, ends_on=last.isoformat(), by="claims")


def _over(work: UnitOfWork, held: HeldNow) -> bool:
    return held.holding.ends_on is not None and held.holding.ends_on < _today(work, held.holding.office)


def _today(work: UnitOfWork, office: str) -> date:
    return work.organisation.calendar(office).local(work.at).date()
