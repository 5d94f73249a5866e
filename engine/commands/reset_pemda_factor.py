"""Take away the second factor of somebody of a local government, because the device is lost or another is to be used."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import revoke_sessions, user_named
from engine.storage.second_factor import PEMDA, forget

_LONGEST = 1_000


def reset_pemda_factor(work: UnitOfWork, login: str, *, reason: str) -> Receipt:
    """Forget secret and recovery codes and end every session; the next sign-in sets it up anew before anything is told.

    Refused without the power, without a reason, and where there is none.
    """
    who = expect_power(work, "administer", f"reset the second factor of {login}")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    user = user_named(work.connection, login)
    if user is None or not forget(work.connection, user.number, PEMDA):
        raise NotFound(what=f"a second factor of {login}")
    ended = revoke_sessions(work.connection, user.number, work.at)
    why = reason.strip()[:_LONGEST]
    work.record("pemda_factor.reset", None, **who, area=user.pemda.area, login=login, reason=why, sessions=ended)
    return Receipt(state="reset", number=user.number, name=login)
