"""How an officer gets in beside the password: the second factor, the rules of sign-on, and whom they concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from engine.domain.organisation import Officer
from engine.domain.sign_on import ClaimRule, SignOnRules, needed_since
from engine.queries.house.administering import expect_administrator, held_today
from engine.queries.reader import Reader
from engine.storage.second_factor import factor_of, recovery_codes_left, secret_of
from engine.storage.sign_on import claim_rules, read_rules
from engine.storage.tables import holding, identity_link, second_factor
from engine.storage.tables import officer as officers


@dataclass(frozen=True, slots=True)
class MyFactor:
    """How far one has come with one's own second factor."""

    confirmed_at: datetime | None
    secret: str
    """For the device that is to show codes; only until the first code confirms it."""
    codes_left: int
    needed_since: date | None


@dataclass(frozen=True, slots=True)
class SignOnPage:
    """What whoever administers has said about getting in."""

    rules: SignOnRules
    claims: tuple[ClaimRule, ...]
    factors: Mapping[str, date]
    """Post, or nothing for any → the day from which its holders need a second factor."""
    officers: int
    """Who holds a post today."""
    with_factor: int
    linked: int


def my_factor(reader: Reader, officer: Officer) -> MyFactor:
    """One's own second factor; the secret is told while it waits for its first code, and never after."""
    found = factor_of(reader.connection, officer.number)
    waits = found is not None and found.confirmed_at is None
    return MyFactor(
        confirmed_at=found.confirmed_at if found else None,
        secret=secret_of(reader.connection, reader.keys, officer.number) if waits else "",
        codes_left=recovery_codes_left(reader.connection, officer.number),
        needed_since=needed_since(reader.organisation.factors, officer.holdings),
    )


def sign_on_page(reader: Reader, officer: Officer) -> SignOnPage:
    """The rules of sign-on and of the second factor. Raises NotYours without the power."""
    expect_administrator(reader, officer)
    return rules_of_the_house(reader)


def rules_of_the_house(reader: Reader) -> SignOnPage:
    """The same, asked for at the command line, where the house itself asks."""
    theirs = select(holding.c.officer_id).where(held_today(reader))
    here = select(func.count()).select_from(officers).where(officers.c.active.is_(True), officers.c.id.in_(theirs))
    sure = select(second_factor.c.officer_id).where(second_factor.c.confirmed_at.is_not(None))
    known = select(identity_link.c.officer_id).where(identity_link.c.ended_at.is_(None))
    counts = (here, here.where(officers.c.id.in_(sure)), here.where(officers.c.id.in_(known)))
    all_, with_factor, linked = (reader.connection.execute(each).scalar_one() for each in counts)
    return SignOnPage(
        rules=read_rules(reader.connection),
        claims=claim_rules(reader.connection),
        factors=reader.organisation.factors,
        officers=all_,
        with_factor=with_factor,
        linked=linked,
    )
