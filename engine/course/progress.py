"""One event and what follows from it, until the case rests again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.course.ending import DISPOSITIONS_CLOSED, all_closed, finish
from engine.course.going_back import way_back
from engine.course.opened import close_waits, open_wait, stage_of, told, way
from engine.course.overdue import settle_overdue
from engine.course.ticking import end_duties, end_step, follow_step
from engine.course.timers import with_instants
from engine.domain.case import Case, CaseState
from engine.domain.release import Release
from engine.domain.work_item import OPEN, WorkItem
from engine.errors import WrongState
from engine.process import Arrived, Due, Event, Step, Wait
from engine.storage import UnitOfWork

_MOST_TIMERS = 100
"""Timers of one case that may fire in one command: a cycle that was not looked at for weeks must not block it."""


_MOST_ROUNDS = 20
"""Waits for the closing of dispositions that may be passed in one command: one that leads back to itself has no end."""


class TooManyDue(WrongState):
    """Expected the timers of case {case} to come to rest, but more than {most} were due at once."""


class GoesRound(WrongState):
    """Expected case {case} to do something when its dispositions are closed, but it comes back to waiting for that at once and would go round for ever."""


class Overtaken(WrongState):
    """Expected to complete work item {item}, but its time was up first and the case has gone on without it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What the audit record of an event says beyond the way that was walked."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)
    """Office, post and capacity in which the officer acted."""


def follow(
    work: UnitOfWork,
    case: Case,
    event: Event,
    happening: Happening,
    values: Mapping[str, Any],
    item: WorkItem | None = None,
) -> Case:
    """Let one event happen. `values` are the facts that the program may read, and the outcome where there is one.

    Where it is the completion of an `item`, that is saved with its way back.
    """
    release = work.releases.get(case.release)
    interpreter, program = work.programs.for_case(release, case.snapshot)
    step = interpreter.advance(program, case.snapshot, event, at=work.at, facts=values)
    if item is not None:
        work.cases.save_item(replace(item, way_back=way_back(case, step)))
        end_step(work, case, item)
    return take_over(work, case, release, step, happening, own=event.token)


def take_over(work: UnitOfWork, case: Case, release: Release, step: Step, happening: Happening, own: str = "") -> Case:
    """Turn a step into rows: the case, what it waits for now, the audit record, and what goes out."""
    closed = {each.token: each.how for each in step.closed}
    step = replace(step, opened=with_instants(work, case, release, step.opened))
    opened = [wait for wait in step.opened if wait.token not in closed]
    _record(work, case, step, happening)
    settle_overdue(work, case)
    for thrown in step.thrown:
        if thrown.kind == "message":
            work.announcements.add(case.id, "message", thrown.name, at=work.at, element=thrown.element)
    if step.ended:
        end_duties(work, case, release, step.passed)
        case = finish(work, case, step.ended)
        return _tell_parent(work, case)
    before, case = case, case.move(step.snapshot, stage=_stage(work, case, release, step, opened))
    work.cases.save(case)
    close_waits(work, case, closed.keys() - {own})
    for wait in opened:
        open_wait(work, case, release, wait)
    follow_step(work, before, case, release, replace(step, opened=tuple(opened)))
    told_just_now = happening.data.get("message") == DISPOSITIONS_CLOSED  # then `go_on` is at it already
    if not told_just_now and any(wait.message == DISPOSITIONS_CLOSED for wait in opened):
        return go_on(work, case)
    return case


def arrive(work: UnitOfWork, case: Case, message: str, **data: Any) -> Case:
    """Let a message come to a case that is held; nothing happens where it does not wait for it."""
    token = work.waits.waiting(case.id, message)
    if token is None or case.state is not CaseState.RUNNING:
        return case
    work.waits.close_subscription(case.id, token)
    happening = Happening("message.received", {"message": message, "token": token, **data})
    return follow(work, case, Arrived(token), happening, read_values(work, case))


def go_on(work: UnitOfWork, case: Case, **data: Any) -> Case:
    """Let a held case go on wherever it waits for its dispositions, where it has had some and none is open any more."""
    for _ in range(_MOST_ROUNDS):
        waits = case.state is CaseState.RUNNING and work.waits.waiting(case.id, DISPOSITIONS_CLOSED) is not None
        if not waits or not all_closed(work, case):
            return case
        case = arrive(work, case, DISPOSITIONS_CLOSED, **data)
    raise GoesRound(case=case.number)


def pass_due(work: UnitOfWork, case: Case) -> Case:
    """Let every timer of a held case fire that is due, the one due longest first."""
    for _ in range(_MOST_TIMERS):
        due = work.waits.due_of(case.id, work.at) if case.state is CaseState.RUNNING else None
        if due is None:
            return case
        token, element, instant = due
        work.waits.close_timer(case.id, token)
        happening = Happening("timer.fired", {"token": token, "element": element, "due": instant.isoformat()})
        case = follow(work, case, Due(token), happening, read_values(work, case))
    raise TooManyDue(case=case.number, most=_MOST_TIMERS)


def after_timers(work: UnitOfWork, case: Case, item: WorkItem) -> tuple[Case, WorkItem]:
    """Timers that were due before the officer's click happen before it. Refuses where they took the item away."""
    case = pass_due(work, case)
    item = work.cases.item(item.number)
    if item.state not in OPEN:
        raise Overtaken(item=item.called)
    return case, item


def read_values(work: UnitOfWork, case: Case) -> dict[str, Any]:
    """The facts of the case that its program may read, and no others."""
    release = work.releases.get(case.release)
    _, program = work.programs.for_case(release, case.snapshot)
    return {name: fact.value for name, fact in work.facts.read(case.id, program.reads).items()}


def _stage(work: UnitOfWork, case: Case, release: Release, step: Step, opened: Collection[Wait]) -> str:
    """The stage after a step. Only where the step would change it are the other branches asked: one may be further on."""
    entered = stage_of(release, opened)
    if not case.stage or entered == case.stage:
        return entered
    interpreter, program = work.programs.for_case(release, step.snapshot)
    return stage_of(release, interpreter.waits(program, step.snapshot))


def _record(work: UnitOfWork, case: Case, step: Step, happening: Happening) -> None:
    outcome: dict[str, Any] = {
        "passed": way(step.passed),
        "opened": told(step.opened),
        "closed": [[each.token, each.how.value] for each in step.closed],
    }
    if step.thrown:
        outcome["thrown"] = [[each.kind, each.name, each.process, each.element] for each in step.thrown]
    work.record(happening.kind, case, **happening.who, **happening.data, **outcome)


def _tell_parent(work: UnitOfWork, case: Case) -> Case:
    """Where a sub-case was the last to carry out a disposition, its parent may go on."""
    if case.parent is not None and case.disposition is not None:
        parent = work.cases.lock(case.parent).case
        go_on(work, parent, sub_case=case.number)
    return case
