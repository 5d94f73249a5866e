"""Show the second factor of a session that waits for it, or count one more failed try."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.identity import set_factor
from engine.storage.second_factor import hold, take

LATELY, MOST_LATELY = timedelta(minutes=15), 5
OF_LATE, MOST_OF_LATE = timedelta(days=1), 30
"""So many wrong codes in so long a time, and no code helps: who tries has the password already."""
REFUSED: Final = "factor.refused"


def pass_factor(work: UnitOfWork, *, code: str, session: str, address: str) -> Receipt:
    """Open the session of the secret `session`: state `passed`, with `recovery` as name where a recovery code was used.

    Else `refused` or `throttled`. It refuses nothing by exception, for a failed try must be remembered. Each code is good
    once.
    """
    officer = expect_officer(work, "show the second factor")
    hold(work.connection, officer.number)
    tries = ((LATELY, MOST_LATELY), (OF_LATE, MOST_OF_LATE))
    if any(work.trail.noted_since(REFUSED, officer.login, work.at - span) >= most for span, most in tries):
        work.trail.note("factor.throttled", work.at, officer.login, address=address)
        return Receipt(state="throttled")
    found = take(work.connection, work.keys, officer.number, code, work.at)
    if found is Factor.NONE:
        work.trail.note(REFUSED, work.at, officer.login, address=address)
        return Receipt(state="refused")
    set_factor(work.connection, session, found)
    work.trail.note("factor.passed", work.at, officer.login, address=address, by=found.value)
    return Receipt(state="passed", number=officer.number, name=found.value)
