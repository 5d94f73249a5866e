"""Take an officer's second factor away, because the device is lost or another is to be used."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_sessions_of
from engine.storage.organisation_rows import officer_row
from engine.storage.second_factor import forget


def reset_factor(work: UnitOfWork, login: str, *, reason: str) -> Receipt:
    """Forget secret and recovery codes and end every session; the next sign-in asks to set it up anew where a rule needs it.

    Refused without the power, without a reason, and where there is none.
    """
    who = expect_power(work, "administer", f"reset the second factor of {login}")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    number = officer_row(work.connection, login)
    if number is None or not forget(work.connection, number):
        raise NotFound(what=f"a second factor of {login}")
    ended = revoke_sessions_of(work.connection, number, work.at)
    work.record("factor.reset", None, **who, login=login, reason=reason.strip(), sessions=ended)
    return Receipt(state="reset", number=number, name=login)
