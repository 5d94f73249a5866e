"""Take a token away, so that the program that has it gets in no more."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_token as revoke
from engine.storage.identity import token_owner


def revoke_token(work: UnitOfWork, token: int) -> Receipt:
    """Revoke it at once. One's own, or any for whoever administers the house. Refused for one that is gone already."""
    login = token_owner(work.connection, token)
    who = expect_self_or_power(work, login or "", "administer", f"revoke token {token}")
    if login is None or not revoke(work.connection, token, work.at):
        raise NotFound(what=f"token {token}")
    work.record("token.revoked", None, **who, login=login, token=token)
    return Receipt(state="revoked", number=token, name=login)
