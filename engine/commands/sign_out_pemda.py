"""End a session of somebody of a local government."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.pemda import revoke_sessions, user_named


def sign_out_pemda(work: UnitOfWork, login: str, secret: str) -> Receipt:
    """Revoke the session of this secret; one that is over already, or another's, stays as it is."""
    user = user_named(work.connection, login)
    if user is not None:
        revoke_sessions(work.connection, user.number, work.at, only=secret)
        work.trail.note("pemda.signed_out", work.at, f"pemda:{login}"[:80])
    return Receipt(state="signed-out")
