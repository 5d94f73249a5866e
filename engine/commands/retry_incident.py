"""Deal with an incident: what had stopped in its case is tried again at once."""

from __future__ import annotations

from engine.course import pass_due
from engine.domain.case import CaseState
from engine.domain.clock import DEADLINE
from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_own_office, expect_power
from engine.storage import UnitOfWork
from engine.storage.announcements import revive
from engine.storage.incidents import get_incident, open_incidents, resolve_incidents


class NothingFailed(WrongState):
    """Expected incident {number} to be one in which something failed, but it says that “{name}” is far too late: do it, or lay the incident aside."""


def retry_incident(work: UnitOfWork, number: int) -> Receipt:
    """Resolve an incident and all others of its case in which something failed, and let what was due there happen. Refused to
    other offices, though not to whoever administers the house: an incident shows no person. One that belongs to no case is theirs alone.

    A command that failed in an officer's hand is not repeated: what was typed is not kept, so the officer gives it again.
    Refused where nothing failed: what is late is done, or laid aside with a reason.
    """
    of = get_incident(work.connection, number, hold=False).case
    case = work.cases.lock(of).case if of is not None else None
    found = get_incident(work.connection, number)
    if found.state != "open":
        raise WrongState(act=f"retry incident {number}", what="it", state=found.state)
    if case is None:
        who = expect_power(work, "administer", f"retry incident {number}")
        resolve_incidents(work.connection, [number], at=work.at, by=work.login)
        work.record("incident.retried", None, **who, incident=number)
        return Receipt(state="resolved", number=number)
    if "administer" in work.powers:
        who = expect_power(work, "administer", f"retry incident {number}")
    else:
        who = expect_own_office(work, case, "retry an incident")
    if found.event == DEADLINE:
        raise NothingFailed(number=number, name=found.element)
    resolve_incidents(work.connection, open_incidents(work.connection, case.id), at=work.at, by=work.login)
    revive(work.connection, case.id, work.at)
    work.record("incident.retried", case, **who, incident=number)
    if case.state is CaseState.RUNNING:
        case = pass_due(work, case)
    return Receipt(case=case.number, state="resolved", number=number)
