"""Let somebody of a local government in, or count one more failed try. Whether the password was right the web finds out."""

from __future__ import annotations

import secrets
from datetime import timedelta

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.identity import add_attempt, failures_since
from engine.storage.pemda import add_session, user_named

LOOKS_BACK = timedelta(minutes=15)
MOST_HERE, MOST_ANYWHERE, MOST_FROM_ADDRESS = 5, 20, 50
"""As for officers, whose tries from the same address count too; their logins are others."""
LASTS = timedelta(hours=12)


def sign_in_pemda(work: UnitOfWork, login: str, *, address: str, right: bool, device: str = "") -> Receipt:
    """Open a session: state `signed-in` with the session's secret as name, else `refused` or `throttled`.

    It refuses nothing by exception, for a failed try must be remembered. Where the agreement is not in force, a right
    password does not help, and the answer is the same as to a wrong one. The session tells of nobody before it has shown the
    second factor, or one was set up in it.
    """
    known_as = f"pemda:{login}"[:80]
    failed = failures_since(work.connection, known_as, address[:64], work.at - LOOKS_BACK)
    throttled = (
        failed.here >= MOST_HERE
        or failed.of_address >= MOST_FROM_ADDRESS
        or (failed.anywhere >= MOST_ANYWHERE and not failed.known)
    )
    user = user_named(work.connection, login) if right and not throttled else None
    good = user is not None and user.active and user.pemda.holds(work.at)
    if not throttled:
        add_attempt(work.connection, known_as, address[:64], work.at, succeeded=good)
    if user is None or not good:
        state = "throttled" if throttled else "refused"
        work.trail.note(f"pemda.sign_in_{state}", work.at, known_as, address=address)
        return Receipt(state=state)
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    until = work.at + LASTS
    add_session(work.connection, secret, user.number, csrf, work.at, until, device=device, address=address)
    work.trail.note("pemda.signed_in", work.at, known_as, address=address, pemda=user.pemda.area)
    return Receipt(state="signed-in", number=user.number, name=secret)
