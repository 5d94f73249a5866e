"""Tell a local government nothing any more."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import end_pemda as store
from engine.storage.pemda import pemda_at


def end_pemda(work: UnitOfWork, area: str, *, reason: str) -> Receipt:
    """End a local government: its people are signed out at once and do not get in again. What they reported stays.

    Refused without a reason.
    """
    who = expect_power(work, "administer", f"end local government {area}")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    one = pemda_at(work.connection, area)
    if one is None:
        raise NotFound(what=f"local government {area}")
    by = work.officer.number if work.officer else None
    store(work.connection, one.number, at=work.at, by=by, why=reason.strip()[:200])
    work.record("pemda.ended", None, **who, area=area, reason=reason.strip()[:200])
    return Receipt(state="ended", number=one.number, name=area)
