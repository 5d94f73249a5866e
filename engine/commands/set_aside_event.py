"""Set a piece of news of the placement system aside: a person has looked, and it shall move no case."""

from __future__ import annotations

from engine.course.placing import expect_exchange, note_set_aside
from engine.domain.placement import EventState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.placements import BY_A_PERSON

REFUSED_BEFORE = "looked"
"""Begins the reason where it was refused before: the right news of its number may still come."""
_OPEN = frozenset({EventState.WAITING, EventState.REFUSED})


class EventSettled(WrongState):
    """Expected to set news {number} of the placement system aside, but it is {state} already."""


def set_aside_event(work: UnitOfWork, number: int, *, reason: str) -> Receipt:
    """Set it aside, and wait for its number no more, unless it was refused: the right one may come. Refused without a reason, and for what has moved a case."""
    said = " ".join(reason.split())
    if not said:
        raise NotValid(what="the reason", wanted="given", found="missing")
    told = work.placements.lock_event(number)
    if told is None:
        raise NotFound(what=f"news {number}")
    case = work.cases.lock(told.case).case if told.case else None
    who = expect_exchange(work, case, "set news of the placement system aside")
    if told.state not in _OPEN:
        raise EventSettled(number=number, state=told.state.value)
    by = work.officer.number if work.officer else None
    why = f"{BY_A_PERSON if told.state is EventState.WAITING else REFUSED_BEFORE} {said}"
    work.placements.settle([number], EventState.SET_ASIDE, work.at, why=why, by=by)
    if case is None:
        work.record(
            "placement.set_aside", None, event=number, of=told.kind, sequence=told.sequence, why="person", **who
        )
        return Receipt(state=EventState.SET_ASIDE.value, number=number)
    known = work.placements.lock(told.case or 0)
    if known and told.state is EventState.WAITING and told.sequence == known.sequence + 1:
        work.placements.move(known.case, told)
    note_set_aside(work, case.id, told, "person", **who)
    work.waits.wake()
    return Receipt(case=case.number, state=EventState.SET_ASIDE.value, number=number)
