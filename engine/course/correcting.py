"""Whether a wrong answer may still be put right: nobody has written it since, and no way was chosen by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course.answers import fact_names
from engine.domain.case import Case
from engine.domain.release import Bound, Field, FieldKind, Release
from engine.domain.work_item import WorkItem, WorkItemState
from engine.errors import NotValid, Refusal, WrongState
from engine.feel import from_json
from engine.forms import UNKNOWN, FormNotValid, fields_asked, names_read, read_form, regions_beside, schema_of
from engine.process import Completed, Facts, Step
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind
from engine.storage.facts import Written


class NothingToCorrect(NotValid):
    """Expected at least one answer to be corrected, but none is given."""


class NotCorrectable(NotValid):
    """Expected to correct an answer, but “{field}” is an office or a document, which is put right by handing over or attaching."""


class WrittenSince(WrongState):
    """Expected to correct “{field}” of work item {item}, but another step has written it since; correct it there."""


class OthersAsked(WrongState):
    """Expected a correction that leaves the other questions as they are, but “{field}” would be asked or no longer be; take work item {item} back instead."""


class DecidedUpon(WrongState):
    """Expected to correct “{field}” of work item {item}, but the way of the case depends on it and may have been chosen by it; take the item back, or have the work returned."""


def read_corrections(
    work: UnitOfWork, case: Case, item: WorkItem, form: tuple[Field, ...], given: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Check corrected answers by the form that asked for them, among what is known now. Refuses what changes other questions."""
    own = {each.name: each for each in form}
    if unknown := sorted(given.keys() - own.keys()):
        raise FormNotValid({name: [UNKNOWN] for name in unknown})
    if not given:
        raise NothingToCorrect
    for name in sorted(given):
        if own[name].bound is Bound.CASE or own[name].kind in (FieldKind.OFFICE, FieldKind.DOCUMENT):
            raise NotCorrectable(field=name)
    known = _known(work, case, item, form)
    answers = read_form(tuple(each for each in form if each.name in given), given, known, at=work.at)
    before = fields_asked(form, known, at=work.at)
    after = fields_asked(form, {**known, **answers}, at=work.at)
    for name in sorted((before ^ after) - given.keys()):
        raise OthersAsked(field=name, item=item.called)
    return answers


def expect_own(
    work: UnitOfWork, case: Case, item: WorkItem, form: tuple[Field, ...], answers: Mapping[str, Any]
) -> dict[str, Written]:
    """Return the facts as they stand. Refuses an answer that another step has written since."""
    stored = work.facts.read(case.id, fact_names(form) & answers.keys())
    own = {item.closed_at, *(each.at for each in work.counter_steps.of_item(item.number, CounterKind.CORRECTED))}
    for name, fact in sorted(stored.items()):
        if fact.written_at not in own:
            raise WrittenSince(field=name, item=item.called)
    release = work.releases.get(case.release)
    personal = {each.name for each in form if each.bound is Bound.SUBJECT} & answers.keys()
    for name in sorted(personal):
        if _asked_later(work, case, item, release, name):
            raise WrittenSince(field=name, item=item.called)
    return stored


def expect_same_way(
    work: UnitOfWork, case: Case, item: WorkItem, stored: Mapping[str, Written], answers: Mapping[str, Any]
) -> None:
    """Refuse (DecidedUpon) new values of facts that the drawing reads, unless the case would stand just where it stands.

    That can be told while the item was the last thing that moved the case: it is undone and done again with the new values.
    """
    release = work.releases.get(case.release)
    _, program = work.programs.for_case(release, case.snapshot)
    read = sorted(program.reads & answers.keys())
    if not read:
        return
    untouched = all(name in stored and stored[name].written_in == case.version for name in read)
    if not (untouched and item.way_back and _comes_to_the_same(work, case, item, answers)):
        raise DecidedUpon(field=read[0], item=item.called)


def _comes_to_the_same(work: UnitOfWork, case: Case, item: WorkItem, answers: Mapping[str, Any]) -> bool:
    release = work.releases.get(case.release)
    interpreter, program = work.programs.for_case(release, case.snapshot)
    now = {name: fact.value for name, fact in work.facts.read(case.id, program.reads).items()}
    now |= {"outcome": item.outcome} if item.outcome else {}

    def again(earlier: bytes, facts: Facts) -> Step:
        at = item.closed_at or work.at
        return interpreter.advance(program, earlier, Completed(item.token), at=at, facts=facts)

    try:
        earlier = interpreter.go_back(program, case.snapshot, (item.way_back or "").partition("\n")[2]).snapshot
        return again(earlier, now) == again(earlier, {**now, **answers})
    except Refusal:
        return False


def _known(work: UnitOfWork, case: Case, item: WorkItem, form: tuple[Field, ...]) -> dict[str, Any]:
    """What the conditions of the form may read: facts, what only this item sees, and answers about the person."""
    names = names_read(form) | fact_names(form) | set(regions_beside(form).values())
    known = {name: fact.value for name, fact in work.facts.read(case.id, names).items()}
    known |= {name: from_json(value) for name, value in item.local.items()}
    personal = {each.name for each in form if each.bound is Bound.SUBJECT} & names_read(form)
    if personal and case.subject is not None:
        said = work.subjects.read(case.subject).fields
        schema = schema_of(form)
        known |= {name: schema.fields[name].deserialize(said[name]) for name in personal & said.keys()}
    return known


def _asked_later(work: UnitOfWork, case: Case, item: WorkItem, release: Release, name: str) -> bool:
    """Whether a step that asks for the same thing was completed after the item."""
    places = {
        place
        for place, each in release.activities.items()
        if any(field.name == name and field.bound is Bound.SUBJECT for field in each.form)
    }
    return any(
        each.state is WorkItemState.COMPLETED and each.closed_at and item.closed_at and each.closed_at > item.closed_at
        for each in work.cases.items_at(case, places)
        if each.number != item.number
    )
