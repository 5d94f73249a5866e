"""Let an officer in, or count one more failed try. Whether the password was right is for the web to find out."""

from __future__ import annotations

import secrets
from datetime import timedelta

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.identity import add_attempt, add_session, failures_since
from engine.storage.organisation_rows import officer_row

LOOKS_BACK = timedelta(minutes=15)
MOST_HERE, MOST_ANYWHERE, MOST_FROM_ADDRESS = 5, 20, 50
"""Failures within that time after which nobody gets in: of a login from one address; of a login from wherever, but for
addresses that it has got in from within a week, so that no stranger locks a colleague out; and from one address, which
an office shares."""
LASTS = timedelta(hours=12)


def sign_in(work: UnitOfWork, login: str, *, address: str, right: bool, device: str = "") -> Receipt:
    """Open a session: state `signed-in` with the session's secret as name, else `refused` or `throttled`.

    It refuses nothing by exception, for a failed try must be remembered. While throttled, a right password does not
    help either.
    """
    failed = failures_since(work.connection, login[:80], address[:64], work.at - LOOKS_BACK)
    throttled = (
        failed.here >= MOST_HERE
        or failed.of_address >= MOST_FROM_ADDRESS
        or (failed.anywhere >= MOST_ANYWHERE and not failed.known)
    )
    number = officer_row(work.connection, login) if right and not throttled else None
    if not throttled:
        add_attempt(work.connection, login[:80], address[:64], work.at, succeeded=number is not None)
    if number is None:
        state = "throttled" if throttled else "refused"
        work.trail.note(f"sign_in.{state}", work.at, login[:80], address=address)
        return Receipt(state=state)
    secret = secrets.token_urlsafe(32)
    until, csrf = work.at + LASTS, secrets.token_urlsafe(32)
    add_session(work.connection, secret, number, csrf, work.at, until, device=device, address=address)
    work.trail.note("sign_in.done", work.at, login, address=address)
    return Receipt(state="signed-in", number=number, name=secret)
