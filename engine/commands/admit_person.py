"""Take one person of a group in: a row of the table they came with becomes a person and a case, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.course import Happening, begin
from engine.course.answers import place_answers
from engine.course.beginning import draft, expect_in_office
from engine.domain.event import Event
from engine.domain.receipt import Receipt
from engine.domain.release import Bound, Field, Release
from engine.domain.subject import normal
from engine.errors import NotFound, NotValid
from engine.forms import read_form
from engine.rights import expect_event, expect_opener
from engine.storage import UnitOfWork

ADMITTED, THERE = "admitted", "there-already"
_ALIKE = 7
"""From here on two persons share enough to be looked at: two words of the name with the year of birth. One common name
and the year are no sign among forty people of one village."""


class AlreadyThere(NotValid):
    """Expected somebody who is not in group {event} yet, but this identity number is that of case {case}."""


def admit_person(work: UnitOfWork, number: str, person: Mapping[str, Any]) -> Receipt:
    """Open a case for one person of an event. `person` are answers to any forms of its procedure, by their names.

    The very same row sent again adds nobody: the receipt's state is then `there-already`. What is known of others
    that may be the same person stands in its notes, as the numbers of their cases in this office; nobody is merged.
    Refused to other offices, to posts that open no such cases, for a closed event, for a row that says nothing, for answers that no form takes
    (FormNotValid), and for an identity number that somebody in the event has already (AlreadyThere).
    """
    event, _ = expect_event(work, number, "add people to a group")
    event.expect_open()
    release, start = _start(work, event)
    who = expect_opener(work, release, event.office, "add people to a group")
    form = form_of(release)
    answers = read_form(form, person, {}, at=work.at)
    answers = {name: value for name, value in answers.items() if value not in (None, "", [])}
    if not answers:
        raise NotValid(what="the row", wanted="filled in", found="empty")
    row_hash = work.events.row_hash(event, {name: str(value) for name, value in answers.items()})
    if here := work.events.here(event, row_hash):
        return Receipt(case=here.case, state=THERE)
    alike = _alike(
        work, event, {each.name: str(answers[each.name]) for each in _personal(form) if each.name in answers}
    )

    case, facts = place_answers(work, draft(work, release, event.office), form, answers)
    happening = Happening("case.opened", {"event": event.number}, who)
    case = begin(work, release, case, facts, start=start, happening=happening)
    place = work.events.join(event, case.id, row_hash, alike)
    work.record("person.admitted", case, **who, event=event.number, place=place, alike=list(alike))
    return Receipt(case=case.number, state=ADMITTED, number=place, notes=alike)


def form_of(release: Release) -> tuple[Field, ...]:
    """Every question of the release that a table may answer beforehand: none of them has to be answered yet."""
    asked: dict[str, Field] = {}
    for activity in release.activities.values():
        for each in activity.form:
            if each.bound is Bound.SUBJECT or (each.bound is Bound.FACT and each.name not in asked):
                asked[each.name] = replace(each, required=False, when="")
    return tuple(asked.values())


def _start(work: UnitOfWork, event: Event) -> tuple[Release, str | None]:
    if not event.message:
        return expect_in_office(work, event.procedure, event.office), None
    for started, element in work.releases.started_in(event.message, event.office):
        if event.procedure in {started.code, started.stands_in_for}:
            return started, element
    raise NotFound(what=f"a start of {event.procedure} by the message {event.message}")


def _personal(form: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(each for each in form if each.bound is Bound.SUBJECT)


def _alike(work: UnitOfWork, event: Event, known: Mapping[str, str]) -> tuple[str, ...]:
    """Cases of this office that may be of the same person. Refuses an identity number that is in the event already."""
    same = {name: text for name, text in known.items() if normal(text)}
    certain = work.events.cases_of(event, work.subjects.find(same))
    for case, in_event in certain:
        if in_event:
            raise AlreadyThere(event=event.number, case=case)
    likely = work.events.cases_of(event, work.subjects.alike(same, least=_ALIKE, most=20))
    return tuple(dict.fromkeys(case for case, _ in (*certain, *likely)))
