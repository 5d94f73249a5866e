"""Let another program act in an officer's name."""

from __future__ import annotations

import secrets
from datetime import timedelta

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import add_token
from engine.storage.organisation_rows import officer_row

LONGEST = timedelta(days=366)


def create_token(work: UnitOfWork, login: str, *, name: str, lasts: timedelta = timedelta(days=90)) -> Receipt:
    """Make a token, told once as the receipt's name. Refused for unknown officers and for more than a year."""
    who = expect_self_or_power(work, login, "administer", f"create a token for {login}")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"officer {login}")
    if not timedelta(0) < lasts <= LONGEST:
        raise NotValid(what="the token's time", wanted="at most a year", found=lasts)
    secret = f"lajur_{secrets.token_urlsafe(32)}"
    made = add_token(work.connection, secret, number, name, work.at, work.at + lasts)
    work.record("token.created", None, **who, login=login, name=name, token=made)
    return Receipt(state="created", number=made, name=secret)
