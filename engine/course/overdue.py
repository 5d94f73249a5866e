"""What was late beyond what its ladder bears and is over now: the program resolves the incident that said so.

It is no act of an officer, and is recorded under a kind of its own, so that nobody is counted for it.
"""

from __future__ import annotations

from typing import Any

from engine.domain.case import Case
from engine.domain.clock import ClockState
from engine.storage import UnitOfWork
from engine.storage.incidents import open_overdue, resolve_incidents


def settle_overdue(work: UnitOfWork, case: Case) -> None:
    """Resolve the incidents of those clocks of a held case that are over; whether they were done or withdrawn is recorded.

    Of a case without such an incident nothing is asked.
    """
    if not work.cases.is_overdue(case):
        return
    over = {each.number: each for each in work.clocks.of(case.id) if not each.going}
    for each in open_overdue(work.connection, case.id):
        if (one := over.get(each.clock)) is None:
            continue
        resolve_incidents(work.connection, [each.number], at=work.at, by="")
        told: dict[str, Any] = {"incident": each.number, "clock": one.number, "of": one.kind, "title": one.name}
        because = "done" if one.state is ClockState.ENDED else "withdrawn"
        work.record("incident.settled", case, office=one.office, **told, because=because)
