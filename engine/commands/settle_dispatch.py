"""Be done with a delivery that was in hand: it has been sent, is put off, is given up, or nobody knows."""

from __future__ import annotations

from datetime import datetime

from engine.course.placing import know_number
from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.dispatches import case_of, put_off, settle
from engine.storage.partner_cases import is_beginning

LONGEST_PROBLEM = 120
ANOTHERS = "the placement system gave a number that belongs to another case"


def settle_dispatch(
    work: UnitOfWork,
    number: int,
    *,
    problem: str = "",
    until: datetime | None = None,
    tried: bool = True,
    unknown: bool = False,
    reference: str = "",
) -> Receipt:
    """Without a problem it has been sent. With one it is tried again then, or without a time given up: a dead letter.

    `tried`: whether this counts as one of its tries. `unknown`: nobody can say whether it has arrived, and a person
    resolves it. `reference`: the number by which the receiver knows the case from now on; where another case has that
    number already, nobody knows either.
    """
    if problem and until is not None:
        held = put_off(work.connection, number, until, problem[:LONGEST_PROBLEM], tried=tried)
        work.dispatches.due(until)
        return Receipt(state=DispatchState.PENDING.value if held else "settled", number=number)
    if reference:
        case, begins = case_of(work.connection, number), is_beginning(work.connection, number)
        if not know_number(work, case, reference, begins=begins):
            problem, unknown = ANOTHERS, True
    state = DispatchState.FAILED if problem else DispatchState.SENT
    state = DispatchState.UNKNOWN if unknown else state
    held = settle(work.connection, number, state, work.at, problem[:LONGEST_PROBLEM])
    return Receipt(state=state.value if held else "settled", number=number)
