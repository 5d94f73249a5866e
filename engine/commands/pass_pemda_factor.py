"""Somebody of a local government shows the second factor, or it is counted as one more failed try."""

from __future__ import annotations

from engine.course.by_pemda import actor, bearer, expect_pemda_user
from engine.course.second_factor import try_code
from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.storage import UnitOfWork
from engine.storage.pemda import set_factor


def pass_pemda_factor(work: UnitOfWork, login: str, *, code: str, session: str, address: str) -> Receipt:
    """Open the session of the secret `session`: state `passed`, with `recovery` as name where a recovery code was used.

    Else `refused` or `throttled`. It refuses nothing by exception, for a failed try must be remembered. Each code is good
    once.
    """
    user = expect_pemda_user(work, login, "show the second factor")
    found = try_code(work, bearer(user), code, address)
    if found is None:
        work.trail.note("pemda_factor.throttled", work.at, actor(user), address=address)
        return Receipt(state="throttled")
    if found is Factor.NONE:
        return Receipt(state="refused")
    set_factor(work.connection, session, user.number, found)
    work.trail.note("pemda_factor.passed", work.at, actor(user), address=address, by=found.value)
    return Receipt(state="passed", number=user.number, name=found.value)
