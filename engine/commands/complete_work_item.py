"""Finish a work item: the one command that nearly every click of an officer comes to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.course import Happening, after_timers, follow
from engine.course.answers import document_names, fact_names, part_facts, place_answers, write_facts
from engine.domain.case import Case
from engine.domain.disposition import Disposition, DispositionState
from engine.domain.receipt import Receipt
from engine.domain.release import Activity, Outcome, Release
from engine.domain.work_item import BY_PERSONS, WorkItem
from engine.errors import NotValid, WrongState
from engine.feel import from_json, to_json
from engine.forms import asks_of_person, names_read, read_form, regions_beside
from engine.process import Completed
from engine.rights import expect_holder, expect_officer
from engine.storage import UnitOfWork
from engine.storage.comments import CommentKind

DECIDES = "decide_disposition"
"""The act that an activity may ask for before it can be completed."""


class NoDisposition(WrongState):
    """Expected a disposition to be decided before work item {item} is completed, but none has been."""


EARLIEST_FIRST = timedelta(days=366)
"""A case may be opened for what has happened before; more than a year before, the year is mistyped."""
LONGEST_REASON = 2_000


class NotYet(NotValid):
    """Expected the event to have happened by now, but {moment} lies in the future."""


class BeforeTheCase(NotValid):
    """Expected the event to have happened after {earliest}, when this case can have begun, but {moment} is before that."""


class NoSuchOutcome(NotValid):
    """Expected the outcome to be one of {wanted}, but it is {found}."""


def complete_work_item(
    work: UnitOfWork,
    item_id: int,
    *,
    seen: int,
    outcome: str = "",
    facts: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
    late_because: str = "",
) -> Receipt:
    """Finish one work item and move its case on.

    `seen` is the version of the item that the officer's page showed; `facts` are the answers to its form, and facts
    that the drawing reads and no form asks for. Where it was done earlier than it is entered, `happened_at` is when, and
    `late_because` why it is entered now: its deadline is measured by the former. Refused when the item is not this officer's, is no longer open, or has
    changed since, when an answer or the outcome is not one that is offered, when an interrupting timer was due first, and
    for a real time that cannot be.
    """
    held, item, changer = work.cases.lock_for_item(item_id)
    case = held.case
    officer = expect_officer(work, "complete work items")
    who = expect_holder(work, case, item, "complete")
    item.check(
        "complete", by=officer.number, seen=seen, tell={"who": changer, "when": work.clock_face(item.changed_at)}
    )
    case.running("complete a work item")
    if held.next_due is not None and held.next_due <= work.at:
        case, item = after_timers(work, case, item)

    release = work.releases.get(case.release)
    activity = activity_of(release, item)
    _expect_outcome(activity.outcomes, outcome)
    _expect_act(work, case, item, activity)
    _, program = work.programs.for_case(release, case.snapshot)
    given, plain = part_facts(release, program.reads, activity.form, facts or {})
    wanted = document_names(activity.form)
    named = program.reads | names_read(activity.form) | (fact_names(activity.form) & given.keys()) | wanted
    named |= set(regions_beside(activity.form).values())
    stored = work.facts.read(case.id, named)
    known = {name: fact.value for name, fact in stored.items()} | _local(item)
    papers = work.papers.kinds(case.id) if wanted else ()
    of_person = work.subjects.names(case.subject) if asks_of_person(activity.form, given) else ()
    answers = read_form(
        activity.form, given, known, at=work.at, papers=papers, lists=program.reads, of_person=of_person
    )

    late = _late(work, case, item, happened_at, late_because)
    item = item.complete(by=officer.number, at=work.at, outcome=outcome)
    work.drafts.discard(item.number)
    case, written = place_answers(work, case, activity.form, answers)
    written |= plain
    written = {name: value for name, value in written.items() if value is not None or name in stored}
    notes = write_facts(work, case, written, stored, item)
    values = {name: fact.value for name, fact in stored.items()} | written | ({"outcome": outcome} if outcome else {})
    happening = Happening("work_item.completed", {**_told(item, written), **late}, who)
    if activity.kind not in BY_PERSONS:
        work.announcements.withdraw(case.id, work.at, [item.token])
    case = follow(work, case, Completed(item.token), happening, values, item)
    if happened_at is not None:
        work.flush()
        work.cases.note_real_time(item, happened_at)
        work.clocks.note_real_end(case.id, item.token, happened_at)
        why, kind, office = late_because.strip(), CommentKind.LATE, who["office"]
        work.comments.add(case.id, why, by=officer.number, office=office, at=work.at, item=item.number, kind=kind)
    return Receipt(case=case.number, state=case.state.value, number=item.number, notes=notes)


def activity_of(release: Release, item: WorkItem) -> Activity:
    """What the release says of the item's step."""
    known = release.activities.get((item.process, item.element))
    return known or Activity(item.process, item.element, item.name, item.kind)


def _late(work: UnitOfWork, case: Case, item: WorkItem, happened_at: datetime | None, because: str) -> dict[str, str]:
    """What the audit says of a late entry. Refuses one without a reason, from the future, or from before the case."""
    if happened_at is None:
        return {}
    if not because.strip() or len(because) > LONGEST_REASON:
        raise NotValid(what="the reason", wanted=f"1 to {LONGEST_REASON} characters", found=f"{len(because.strip())}")
    earliest = case.opened_at - (EARLIEST_FIRST if item.opened_in == 1 else timedelta())
    if happened_at > work.at:
        raise NotYet(moment=happened_at)
    if happened_at < earliest:
        raise BeforeTheCase(moment=happened_at, earliest=earliest)
    return {"happened_at": happened_at.isoformat()}


def _expect_outcome(offered: Collection[Outcome], outcome: str) -> None:
    values = [each.value for each in offered]
    if outcome not in (values or [""]):
        wanted = ", ".join(f"“{each}”" for each in values) or "left out"
        raise NoSuchOutcome(wanted=wanted, found=f"“{outcome}”" if outcome else "missing")


def _expect_act(work: UnitOfWork, case: Case, item: WorkItem, activity: Activity) -> None:
    if activity.act != DECIDES:
        return
    if not any(_answers(each, item) for each in work.dispositions.of(case.id)):
        raise NoDisposition(item=item.called)


def _answers(each: Disposition, item: WorkItem) -> bool:
    """Whether it stands: it is open, or was decided for this very item and has been carried out already."""
    done = each.state is DispositionState.CLOSED and each.decided_at >= item.opened_at
    return done or each.state is DispositionState.OPEN


def _local(item: WorkItem) -> dict[str, Any]:
    return {name: from_json(value) for name, value in item.local.items()}


def _told(item: WorkItem, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "item": item.number,
        "token": item.token,
        "process": item.process,
        "element": item.element,
        **({"outcome": item.outcome} if item.outcome else {}),
        **({"facts": {name: to_json(value) for name, value in facts.items()}} if facts else {}),
    }
