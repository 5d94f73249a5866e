"""Waits as rows: each thing a case waits for gets one row where the person, the clock or the partner will look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.course.overdue import settle_overdue
from engine.course.ticking import begin_step
from engine.course.timers import set_timer
from engine.domain.case import Case
from engine.domain.release import Activity, Performer, Release
from engine.domain.work_item import WorkItem, WorkItemState
from engine.feel import to_json
from engine.process import Passed, Wait, WaitKind
from engine.storage import UnitOfWork

_KINDS: Final[Mapping[WaitKind, str]] = {WaitKind.SERVICE: "serviceTask", WaitKind.SEND: "sendTask"}


def open_wait(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> None:
    """Store one wait. Refuses a lane whose office is not known yet."""
    match wait.kind:
        case WaitKind.WORK:
            _open_item(work, case, release, wait)
        case WaitKind.TIMER:
            set_timer(work, case, release, wait)
        case WaitKind.MESSAGE:
            work.waits.add_subscription(case.id, wait.token, wait.message or "")
        case WaitKind.SERVICE | WaitKind.SEND:
            _open_item(work, case, release, wait)
            _announce(work, case, release, wait)


def close_waits(work: UnitOfWork, case: Case, tokens: Collection[str]) -> None:
    """End waits that the diagram no longer needs, whatever they waited for."""
    if tokens:
        work.cases.exit_items(case, work.at, tokens)
        work.clocks.end_steps(case.id, tokens, work.at, done=False)
        work.waits.close(case.id, tokens)
        work.announcements.withdraw(case.id, work.at, tokens)
        settle_overdue(work, case)


def stage_of(release: Release, waits: Collection[Wait]) -> str:
    """The stage of a case that waits for these: where its branches are in several, the one drawn furthest on.

    A stage may stand at a call activity: the case is in it while anything is open below. Empty where nothing says one.
    """
    found = [(place, stage) for wait in waits for place, stage in [_standing(release, wait)] if stage]
    return max(found)[1] if found else ""


def _standing(release: Release, wait: Wait) -> tuple[list[int], str]:
    """How far on in the drawings a wait stands, and the stage nearest around it."""
    places = (*wait.path, f"{wait.process}/{wait.element}")
    known = [each for each in (release.activities.get(_place(place)) for place in places) if each]
    return [each.line for each in known], next((each.stage for each in reversed(known) if each.stage), "")


def _place(text: str) -> tuple[str, str]:
    process, _, element = text.partition("/")
    return process, element


def told(waits: Collection[Wait]) -> list[dict[str, Any]]:
    """Waits as an audit record keeps them."""
    return [
        {
            "token": wait.token,
            "kind": wait.kind.value,
            "process": wait.process,
            "element": wait.element,
            **({"path": list(wait.path)} if wait.path else {}),
            **({"due": wait.due.isoformat()} if wait.due else {}),
            **({"allowance": [wait.allowance.amount, wait.allowance.clock.value]} if wait.allowance else {}),
            **({"message": wait.message} if wait.message else {}),
            **({"instance": wait.instance} if wait.instance is not None else {}),
        }
        for wait in waits
    ]


def way(passed: Collection[Passed]) -> list[list[Any]]:
    """The way walked as an audit record keeps it: process, element, how, and what stands around it."""
    return [[each.process, each.element, each.how, *each.path] for each in passed]


def _open_item(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> None:
    activity = _activity(release, wait)
    performer = activity.performer if wait.kind is WaitKind.WORK else _whoever_answers(activity)
    if performer is None:
        raise ValueError(f"published without a performer: {wait.process}/{wait.element}")
    office = case.office_of(performer.whose, work.organisation.head, step=activity.name or wait.element)
    if office != case.office:
        work.cases.join(case, office, work.at)
    item = WorkItem(
        number=0,
        case=case.id,
        token=wait.token,
        process=wait.process,
        element=wait.element,
        name=activity.name or wait.element,
        kind=activity.kind,
        post=performer.post,
        office=office,
        state=WorkItemState.READY,
        opened_at=work.at,
        opened_in=work.cases.next_version(case),
        path=wait.path,
        instance=wait.instance,
        local={name: to_json(value) for name, value in wait.local.items()},
    )
    work.cases.add_item(replace(item, due_at=begin_step(work, case, release, item, activity)))


def _whoever_answers(activity: Activity) -> Performer:
    """Another program answers in the name of any officer of the office in whose lane the task stands."""
    return replace(activity.performer, post="") if activity.performer else Performer("")


def _announce(work: UnitOfWork, case: Case, release: Release, wait: Wait) -> None:
    """Tell that a service is wanted, or which message is to go; a send task without a message only waits."""
    name = wait.message if wait.kind is WaitKind.SEND else _activity(release, wait).name or wait.element
    if name:
        kind = wait.kind.value
        work.announcements.add(case.id, kind, name, at=work.at, token=wait.token, element=wait.element)


def _activity(release: Release, wait: Wait) -> Activity:
    known = release.activities.get((wait.process, wait.element))
    return known or Activity(wait.process, wait.element, wait.element, _KINDS.get(wait.kind, "userTask"))
