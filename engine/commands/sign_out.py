"""End a session."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_session


def sign_out(work: UnitOfWork, secret: str) -> Receipt:
    """Revoke the session of this secret; one that is over already stays over."""
    revoke_session(work.connection, secret, work.at)
    work.trail.note("sign_out.done", work.at, work.login)
    return Receipt(state="signed-out")
