"""Write down the village that somebody comes from, and whether they want their local government to know of them."""

from __future__ import annotations

from typing import Any

from engine.course.answers import write_facts
from engine.domain.pemda import is_area, lies_outside
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_member
from engine.storage import UnitOfWork
from engine.storage.citizens import CONSENT, REGENCY, VILLAGE


def place_citizen(work: UnitOfWork, number: str, *, village: str = "", consent: bool | None = None) -> Receipt:
    """Set the facts `desa_asal` and `setuju_data_pemda` of a case; an empty village takes it away, no consent asks again.

    Refused for a code that is none, or lies outside of the regency that the case knows.
    """
    held = work.cases.lock(number).case
    who = expect_member(work, held, "say where the person comes from")
    if village and not is_area(village):
        raise NotValid(what="the village", wanted="a code like 35.07.11.2003", found=f"“{village[:20]}”")
    regency = work.facts.read(held.id, [REGENCY]).get(REGENCY)
    if village and regency is not None and lies_outside(village, str(regency.value or "")):
        raise NotValid(what="the village", wanted=f"one of {regency.value}", found=village)
    facts: dict[str, Any] = {VILLAGE: village or None, CONSENT: consent}
    stored = work.facts.read(held.id, facts.keys())
    write_facts(work, held, facts, stored)
    work.cases.save(held)
    work.record("citizen.placed", held, **who, facts=sorted(facts))
    return Receipt(case=held.number, state="placed")
