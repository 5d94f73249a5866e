"""The way back: a completed step is undone while nothing that came of it has been acted on.

The interpreter says whether the diagram allows it; the rows say whether anybody is at it, and whether anything has left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from engine.course.opened import close_waits, told
from engine.course.ticking import go_on_with, stand_as_before
from engine.course.timers import set_timer
from engine.domain.case import Case
from engine.domain.work_item import WorkItem
from engine.errors import NotFound, NotValid, WrongState
from engine.process import NoWayBack, Step, Wait, WaitKind
from engine.storage import UnitOfWork
from engine.storage.aftermath import Aftermath
from engine.storage.organisation import read_officer

LONGEST_REASON = 2_000


class NoReason(NotValid):
    """Expected the reason to be given in 1 to {most} characters, but it has {found}."""


class StepFollowed(WrongState):
    """Expected to {act} work item {item}, but {who} has completed “{name}” since, which came of it."""


class TakenSince(WrongState):
    """Expected to {act} work item {item}, but {who} has taken “{name}” since, which came of it."""


class MessageOut(WrongState):
    """Expected to {act} work item {item}, but “{name}” has gone out since and cannot be called back."""


class SubCaseSince(WrongState):
    """Expected to {act} work item {item}, but sub-case {sub_case} has been opened since."""


class CourseSince(WrongState):
    """Expected to {act} work item {item}, but a disposition of the case has been decided or closed since."""


class HandedOverSince(WrongState):
    """Expected to {act} work item {item}, but the case has been handed over to {office} since."""


class GoneOn(WrongState):
    """Expected to {act} work item {item}, but the case has gone on from there since: a timer, a message or another branch was there first."""


class WayNotKept(WrongState):
    """Expected to {act} work item {item}, but no way back is known for it: it ended the case, took too much away, or is older than ways back."""


def expect_reason(reason: str) -> str:
    """Return a reason without blanks around it. Refuses none, and one that is too long."""
    text = reason.strip()
    if not 0 < len(text) <= LONGEST_REASON:
        raise NoReason(most=LONGEST_REASON, found=len(text))
    return text


def way_back(case: Case, step: Step) -> str | None:
    """What is kept with a completed item so that it can be undone."""
    return f"{case.stage}\n{step.back}" if step.back else None


def look_back(
    aftermath: Aftermath, go_back: Callable[[Case, str], Step], case: Case, item: WorkItem, *, act: str, by: int
) -> Step:
    """How the case would stand without this completed item. Refuses, by name, where something has followed from it."""
    about: dict[str, Any] = {"act": act, "item": item.called}
    if not item.way_back:
        raise WayNotKept(**about)
    if office := aftermath.handed_over_since(item):
        raise HandedOverSince(**about, office=office)
    if sub_case := aftermath.sub_case_since(item):
        raise SubCaseSince(**about, sub_case=sub_case)
    if aftermath.disposition_since(item):
        raise CourseSince(**about)
    try:
        step = go_back(case, item.way_back.partition("\n")[2])
    except NoWayBack:
        if done := aftermath.step_after(item):
            raise StepFollowed(**about, name=done.name, who=done.who) from None
        raise GoneOn(**about) from None
    tokens = [each.token for each in step.closed]
    if taken := aftermath.taken_by_another(item, tokens, by):
        raise TakenSince(**about, name=taken.name, who=taken.who)
    if name := aftermath.message_out(item, tokens):
        raise MessageOut(**about, name=name)
    return step


def undo(work: UnitOfWork, case: Case, item: WorkItem, *, act: str, to: int | None) -> tuple[Case, Step]:
    """Let a held case stand where it stood before this item was completed. `to` is who has the item then."""
    officer = work.officer.number if work.officer else 0
    step = look_back(work.aftermath, lambda *given: _go_back(work, *given), case, item, act=act, by=officer)
    work.aftermath.call_back(item, work.at)
    close_waits(work, case, [each.token for each in step.closed])
    case = case.stand_again(step.snapshot, (item.way_back or "").partition("\n")[0])
    work.cases.save(case)
    open_again(work, case, step.opened, own={item.token: to}, by=officer or None)
    if item.closed_at is not None:
        stand_as_before(work, case, item.closed_at)
    return case, step


def open_again(
    work: UnitOfWork, case: Case, waits: Collection[Wait], *, own: Mapping[str, int | None], by: int | None
) -> None:
    """Bring waits back as they were: items, timers with their instants, messages, and what was to go out."""
    for wait in waits:
        if wait.kind is WaitKind.TIMER:
            set_timer(work, case, work.releases.get(case.release), wait)
        elif wait.kind is WaitKind.MESSAGE:
            work.waits.add_subscription(case.id, wait.token, wait.message or "")
    tokens = [wait.token for wait in waits if wait.kind in (WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND)]
    for each in work.cases.items_with(case, tokens):
        to = own.get(each.token, each.officer)
        work.cases.reopen_item(each.come_back(by=by, to=to, at=work.at, opened_in=work.cases.next_version(case)))
    if tokens:
        go_on_with(work, case, tokens)
        work.aftermath.send_again(case.id, [wait.token for wait in waits], work.at)


def still_holds(work: UnitOfWork, item: WorkItem) -> int | None:
    """The officer who completed an item, if they could do it today; else None."""
    login, _ = work.aftermath.name_of(item.changed_by)
    try:
        officer = read_officer(work.connection, login, work.at)[0]
    except NotFound:
        return None
    return officer.number if officer.holding(item.post, item.office) else None


def told_back(item: WorkItem, step: Step) -> dict[str, Any]:
    """A step back as an audit record keeps it."""
    return {
        "item": item.number,
        "token": item.token,
        "process": item.process,
        "element": item.element,
        "opened": told(step.opened),
        "closed": [[each.token, each.how.value] for each in step.closed],
    }


def _go_back(work: UnitOfWork, case: Case, back: str) -> Step:
    release = work.releases.get(case.release)
    interpreter, program = work.programs.for_case(release, case.snapshot)
    return interpreter.go_back(program, case.snapshot, back)
