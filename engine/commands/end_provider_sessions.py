"""End sessions because the provider says that somebody has signed out there."""

from __future__ import annotations

from datetime import datetime

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.storage import UnitOfWork
from engine.storage.sign_on import end_said_sessions, find_link


def end_provider_sessions(
    work: UnitOfWork, *, issuer: str, subject: str, said_at: datetime, provider_session: str = ""
) -> Receipt:
    """End the sessions of one session there, or of the whole account as far as they began before it was said: twice is once.

    Raises NotFound for an account that lets nobody in.
    """
    link = find_link(work.connection, issuer, subject)
    if link is None:
        raise NotFound(what="this account")
    ended = end_said_sessions(
        work.connection, link.number, work.at, provider_session=provider_session[:255], said_at=said_at
    )
    work.record("provider_sessions.ended", None, login=link.login, sessions=ended)
    return Receipt(state="ended", number=ended, name=link.login)
