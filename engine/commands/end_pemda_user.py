"""Let somebody of a local government sign in no more."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import change_user, revoke_sessions, user_named


def end_pemda_user(work: UnitOfWork, login: str) -> Receipt:
    """End an account with every session of it. What was done under it keeps its name."""
    who = expect_power(work, "administer", f"end the account {login}")
    user = user_named(work.connection, login)
    if user is None or not user.active:
        raise NotFound(what=f"account {login}")
    change_user(work.connection, user.number, active=False)
    revoke_sessions(work.connection, user.number, work.at)
    work.record("pemda_user.ended", None, **who, area=user.pemda.area, login=login)
    return Receipt(state="ended", number=user.number, name=login)
