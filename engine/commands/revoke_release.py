"""Take a procedure out of force: no case begins on it any more, running ones end on it."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.domain.release import ReleaseState
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork


def revoke_release(work: UnitOfWork, code: str, *, reason: str) -> Receipt:
    """Revoke the edition in force. Refused without a reason, where none is in force, and for whoever may not publish."""
    who = expect_power(work, "publish", "revoke a procedure")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    ended = work.releases.end(code, ReleaseState.REVOKED, work.at)
    if not ended:
        raise NotFound(what=f"a procedure {code} in force")
    work.waits.close_starts(ended)
    work.record("release.revoked", None, **who, code=code, reason=reason.strip())
    return Receipt(state=ReleaseState.REVOKED.value, number=ended[0], name=code)
