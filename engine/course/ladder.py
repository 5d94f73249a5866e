"""The ladder of a clock: what is done when its time runs out, rung by rung, each once whatever restarts there were.

It changes nothing of the flow. Handing over lets somebody else do the same step; only a timer drawn takes another way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from engine.course.telling import tell_rung
from engine.course.ticking import recount
from engine.domain.case import Case
from engine.domain.clock import CaseClock, ClockKind
from engine.domain.release import Rung, RungAct
from engine.domain.work_item import OPEN, WorkItem
from engine.errors import WrongState
from engine.storage import UnitOfWork
from engine.storage.escalations import Superior, clock_at_rung, note_rung, superiors
from engine.storage.incidents import record_overdue
from engine.storage.organisation import OVERSEE

_MOST = 100
"""Rungs of one case in one transaction: ladders are short, but a case may have many open steps."""
_Act: TypeAlias = Callable[[UnitOfWork, Case, CaseClock, Sequence[Superior]], Superior | None]


class TooManyRungs(WrongState):
    """Expected the clocks of case {case} to come to rest, but more than {most} rungs of their ladders were due at once."""


def climb_due(work: UnitOfWork, case: Case) -> int:
    """Do what is due on the ladders of a held case, the longest due first. Returns how many rungs were climbed."""
    work.clocks.flush()
    for climbed in range(_MOST):
        one = clock_at_rung(work.connection, case.id, work.at)
        if one is None:
            return climbed
        _climb(work, case, one, one.rungs[one.rung])
    raise TooManyRungs(case=case.number, most=_MOST)


def _climb(work: UnitOfWork, case: Case, one: CaseClock, rung: Rung) -> None:
    above = _superiors(work, one)
    item = _item(work, case, one)
    to = _ACTS[rung.act](work, case, one, above)
    note_rung(work.connection, one, work.at, rung.act, to)
    tell_rung(work, case, one, rung.act, item, above)
    data: dict[str, Any] = {"clock": one.number, "of": one.kind, "title": one.name, "rung": one.rung + 1}
    data |= {"act": rung.act, "to_post": to.post if to else ""}
    data |= {"due": one.due_at.isoformat()} if one.due_at else {}
    work.record("clock.rung_reached", case, office=one.office, **data)
    climbed = one.climb()
    work.clocks.save([climbed])
    recount(work, case, [climbed])


def _superiors(work: UnitOfWork, one: CaseClock) -> Sequence[Superior]:
    posts = [post for post, powers in work.organisation.powers.items() if OVERSEE in powers]
    today = work.organisation.calendar(one.office).local(work.at).date()
    return superiors(work.connection, one.office, posts, today) if posts else ()


def _remind(work: UnitOfWork, case: Case, one: CaseClock, above: Sequence[Superior]) -> Superior | None:  # noqa: ARG001 - an act like the others
    item = _item(work, case, one)
    return Superior(item.post, item.officer) if item and item.officer else None


def _tell(work: UnitOfWork, case: Case, one: CaseClock, above: Sequence[Superior]) -> Superior | None:  # noqa: ARG001 - as above
    return above[0] if above else None


def _hand_over(work: UnitOfWork, case: Case, one: CaseClock, above: Sequence[Superior]) -> Superior | None:
    """Let the superior's post do the step; where there is none, or it is no step, the superior is told."""
    item = _item(work, case, one)
    if item and above and item.post != above[0].post:
        work.cases.give_to_post(item, above[0].post, at=work.at)
    return _tell(work, case, one, above)


def _open_incident(work: UnitOfWork, case: Case, one: CaseClock, above: Sequence[Superior]) -> Superior | None:
    record_overdue(work.connection, one, work.at)
    work.cases.note_overdue(case)
    return _tell(work, case, one, above)


_ACTS: Final[Mapping[RungAct, _Act]] = {
    RungAct.REMIND: _remind,
    RungAct.TELL_SUPERIOR: _tell,
    RungAct.HAND_OVER: _hand_over,
    RungAct.INCIDENT: _open_incident,
}


def _item(work: UnitOfWork, case: Case, one: CaseClock) -> WorkItem | None:
    """The open item that a clock measures."""
    if one.kind is not ClockKind.STEP:
        return None
    return next((each for each in work.cases.items_with(case, [one.token]) if each.state in OPEN), None)
