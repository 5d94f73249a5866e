"""Do what mends one difference between this house and the placement system, or say that a person has looked."""

from __future__ import annotations

from engine.course.placing import expect_exchange, move_on
from engine.domain.placement import ReportKind
from engine.domain.placement_differences import MENDS, DifferenceKind, Mending
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.reconciling import Held, lock_difference, mend


class AlreadyMended(WrongState):
    """Expected to mend difference {number}, but it is mended already."""


class MendsOtherwise(NotValid):
    """Expected one of {acts} for difference {number}, but it is {act}."""


def mend_difference(work: UnitOfWork, number: int, *, act: str) -> Receipt:
    """Send again, apply what waits, link the number, or note it; the next comparison shows whether it is gone.

    Refused to offices that do not run the case, and for an act that does not mend this kind.
    """
    held = lock_difference(work.connection, number)
    if held is None:
        raise NotFound(what=f"difference {number}")
    case = work.cases.lock(held.case).case if held.case is not None else None
    who = expect_exchange(work, case, "mend a difference")
    kind = DifferenceKind(held.kind)
    if not held.open:
        raise AlreadyMended(number=number)
    allowed = [each for each in MENDS[kind] if held.case is not None or each is Mending.NOTE]
    if act not in allowed:
        raise MendsOtherwise(acts=", ".join(allowed), number=number, act=f"“{act[:20]}”")
    _do(work, held, Mending(act), kind)
    mend(work.connection, [number], work.at, work.officer.number if work.officer else None, act)
    work.record("difference.mended", case, difference=number, of=held.kind, act=act, **who)
    return Receipt(case=case.number if case else None, state="mended", number=number)


def _do(work: UnitOfWork, held: Held, act: Mending, kind: DifferenceKind) -> None:
    own = held.case or 0
    if act is Mending.SEND_AGAIN:
        again = {DifferenceKind.UNKNOWN_TO_THEM: ReportKind.BEGUN, DifferenceKind.CLOSED_HERE: ReportKind.CLOSED}
        report = again.get(kind, ReportKind.CHANGED)
        if not work.batches.on_their_way(own, [report]):
            work.dispatches.report(own, report, at=work.at)
    elif act is Mending.LINK:
        taken = work.placements.by_reference(held.reference)
        if taken is None:
            work.placements.begin(own, work.at)
            work.placements.name(own, held.reference)
        work.waits.wake()
    elif act is Mending.APPLY and (known := work.placements.lock(own)):
        move_on(work, known)
