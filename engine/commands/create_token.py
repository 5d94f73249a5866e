"""Let another program act in an officer's name, for a purpose, within scopes, until a day."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from engine.domain.receipt import Receipt
from engine.domain.token import EVERY_SCOPE, FASTEST, LONGEST, LONGEST_NAME, LONGEST_PURPOSE, scopes_asked
from engine.errors import NotFound, NotValid
from engine.rights import expect_power, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import add_token
from engine.storage.organisation_rows import officer_row


def create_token(
    work: UnitOfWork,
    login: str,
    *,
    name: str,
    purpose: str = "",
    scopes: Collection[str] = EVERY_SCOPE,
    rate: int | None = None,
    lasts: timedelta = timedelta(days=90),
) -> Receipt:
    """Make a token, told once as the receipt's name. `rate`: requests a minute, where not what the house grants to all.

    Refused for unknown officers, for more than a year, without a scope, and where somebody gives themselves a rate of
    their own without administering the house.
    """
    who = expect_self_or_power(work, login, "administer", f"create a token for {login}")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"officer {login}")
    called, wanted = name.strip(), scopes_asked(scopes)
    if not 0 < len(called) <= LONGEST_NAME:
        raise NotValid(what="the name", wanted=f"1 to {LONGEST_NAME} letters", found=f"{len(called)}")
    if len(purpose.strip()) > LONGEST_PURPOSE:
        raise NotValid(what="the purpose", wanted=f"at most {LONGEST_PURPOSE} letters", found=f"{len(purpose.strip())}")
    if not timedelta(0) < lasts <= LONGEST:
        raise NotValid(what="the token's time", wanted="at most a year", found=lasts)
    if rate is not None:
        expect_power(work, "administer", "give a token a rate of its own")
        if not 0 < rate <= FASTEST:
            raise NotValid(what="the rate", wanted=f"1 to {FASTEST}", found=rate)
    secret = f"lajur_{secrets.token_urlsafe(32)}"
    made = add_token(
        work.connection,
        secret,
        officer_id=number,
        name=called,
        purpose=purpose.strip(),
        scopes=list(wanted),
        rate=rate,
        created_at=work.at,
        created_by=work.officer.number if work.officer else None,
        expires_at=work.at + lasts,
    )
    told: dict[str, Any] = {"name": called, "scopes": list(wanted), "until": (work.at + lasts).isoformat()}
    work.record("token.created", None, **who, login=login, token=made, **told)
    return Receipt(state="created", number=made, name=secret)
