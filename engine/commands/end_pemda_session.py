"""End sessions of somebody of a local government from elsewhere: a browser left open, a telephone lost."""

from __future__ import annotations

from engine.course.by_pemda import expect_pemda_user
from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import revoke_sessions, user_named


def end_pemda_session(work: UnitOfWork, login: str, *, session: str = "", but: str = "", own: bool = False) -> Receipt:
    """End one session by its handle; without one all of the person's, but the one of the secret `but`.

    `own`: the person ends them themselves; else it is the work of whoever administers the house. Refused for a session
    that is over or another's.
    """
    act = f"end sessions of {login}"
    who = {} if own else expect_power(work, "administer", act)
    user = expect_pemda_user(work, login, act) if own else user_named(work.connection, login)
    if user is None:
        raise NotFound(what=f"account {login}")
    ended = revoke_sessions(work.connection, user.number, work.at, handle=session, but=but)
    if session and not ended:
        raise NotFound(what="this session")
    work.record("pemda_session.ended", None, **who, area=user.pemda.area, login=login, sessions=ended)
    return Receipt(state="ended", number=ended, name=login)
