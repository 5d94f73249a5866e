"""Lay an incident aside without trying again what had failed, and say why."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_own_office, expect_power
from engine.storage import UnitOfWork
from engine.storage.incidents import get_incident, resolve_incidents


def resolve_incident(work: UnitOfWork, number: int, *, note: str) -> Receipt:
    """Resolve it. Refused without a note, to other offices, and where it belongs to no case to who does not administer.

    Whoever administers the house may lay aside any incident: an incident shows no person.
    """
    of = get_incident(work.connection, number, hold=False).case
    case = work.cases.lock(of).case if of is not None else None
    found = get_incident(work.connection, number)
    if found.state != "open":
        raise WrongState(act=f"resolve incident {number}", what="it", state=found.state)
    if not note.strip():
        raise NotValid(what="the note", wanted="given", found="missing")
    if case is None or "administer" in work.powers:
        who = expect_power(work, "administer", f"resolve incident {number}")
    else:
        who = expect_own_office(work, case, "resolve an incident")
    resolve_incidents(work.connection, [number], at=work.at, by=work.login)
    work.record("incident.resolved", case, **who, incident=number, note=note)
    return Receipt(case=case.number if case else None, state="resolved", number=number)
