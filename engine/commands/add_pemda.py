"""Let a local government be told of its own citizens, on the ground of an agreement."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.pemda import Pemda, is_area
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import add_pemda as store
from engine.storage.pemda import pemda_at

_NEEDED = {"name": "the name", "legal_basis": "the legal basis", "agreement": "the number of the agreement"}


def add_pemda(work: UnitOfWork, one: Pemda) -> Receipt:
    """Store a local government. Refused without a legal basis and an agreement, for an area that another one has.

    Its people are added afterwards, and nobody is told anything before the agreement is in force.
    """
    who = expect_power(work, "administer", f"add local government {one.area}")
    given = {name: getattr(one, name).strip()[:200] for name in _NEEDED}
    one = replace(one, **given)
    if not is_area(one.area):
        raise NotValid(
            what="the working area", wanted="a code like 35, 35.07, 35.07.11 or 35.07.11.2003", found=one.area
        )
    if missing := [_NEEDED[name] for name, text in given.items() if not text]:
        raise NotValid(what=missing[0], wanted="given", found="missing")
    if one.valid_until is not None and one.valid_until < one.valid_from:
        raise NotValid(what="the last day", wanted="after the first", found=one.valid_until.isoformat())
    if pemda_at(work.connection, one.area) is not None:
        raise WrongState(act="add it", what=f"the area {one.area}", state="another local government's")
    made = store(work.connection, one, at=work.at, by=work.officer.number if work.officer else None)
    period = [one.valid_from.isoformat(), one.valid_until.isoformat() if one.valid_until else None]
    work.record("pemda.added", None, **who, area=one.area, name=one.name, agreement=one.agreement, valid=period)
    return Receipt(state="added", number=made, name=one.area)
