"""End somebody's sessions from elsewhere: a browser left open, a telephone lost."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_session_by_handle, revoke_sessions_of, session_owner
from engine.storage.organisation_rows import officer_row


def end_session(work: UnitOfWork, login: str, *, session: str = "", but: str = "") -> Receipt:
    """End one session by its handle; without one all of the officer's, but the one of the secret `but`.

    One's own, or anybody's for whoever administers the house. Refused for a session that is over or another's.
    """
    who = expect_self_or_power(work, login, "administer", f"end sessions of {login}")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"officer {login}")
    if not session:
        ended = revoke_sessions_of(work.connection, number, work.at, but=but)
    elif session_owner(work.connection, session, work.at) == login:
        revoke_session_by_handle(work.connection, session, work.at)
        ended = 1
    else:
        raise NotFound(what="this session")
    work.record("session.ended", None, **who, login=login, sessions=ended)
    return Receipt(state="ended", number=ended, name=login)
