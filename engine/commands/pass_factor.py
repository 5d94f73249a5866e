"""Show the second factor of a session that waits for it, or count one more failed try."""

from __future__ import annotations

from engine.course.second_factor import Bearer, try_code
from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.identity import set_factor
from engine.storage.second_factor import OFFICERS


def pass_factor(work: UnitOfWork, *, code: str, session: str, address: str) -> Receipt:
    """Open the session of the secret `session`: state `passed`, with `recovery` as name where a recovery code was used.

    Else `refused` or `throttled`. It refuses nothing by exception, for a failed try must be remembered. Each code is good
    once.
    """
    officer = expect_officer(work, "show the second factor")
    found = try_code(work, Bearer(OFFICERS, officer.number, officer.login, "factor.refused"), code, address)
    if found is None:
        work.trail.note("factor.throttled", work.at, officer.login, address=address)
        return Receipt(state="throttled")
    if found is Factor.NONE:
        return Receipt(state="refused")
    set_factor(work.connection, session, found)
    work.trail.note("factor.passed", work.at, officer.login, address=address, by=found.value)
    return Receipt(state="passed", number=officer.number, name=found.value)
