"""Begin a case by hand. Its person may still be unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course import Happening, begin
from engine.course.answers import place_answers, plain_facts
from engine.course.beginning import draft, expect_in_office
from engine.domain.receipt import Receipt
from engine.domain.release import Field, Release
from engine.forms import read_form
from engine.process import StartKind
from engine.rights import expect_opener
from engine.storage import UnitOfWork


def open_case(
    work: UnitOfWork,
    code: str,
    *,
    office: str,
    facts: Mapping[str, Any] | None = None,
    origin_office: str | None = None,
    destination_office: str | None = None,
    start: str | None = None,
) -> Receipt:
    """Open a case of the edition in force, or of the office's own variant of it. Returns its number.

    `facts` answer the form of the start event where it has one, and are otherwise facts that the procedure knows.
    Refused where no edition is in force, for the variant of another office, where the officer holds no post in that office that opens such cases, and for facts unknown to it.
    """
    release = expect_in_office(work, code, office)
    who = expect_opener(work, release, office, f"open a case of office {office}")
    for place in (office, origin_office, destination_office):
        if place is not None:
            work.organisation.office(place)
    case = draft(work, release, office, origin_office=origin_office, destination_office=destination_office)
    form = _form(work, release, start)
    if form:
        answers = read_form(form, facts or {}, {}, at=work.at)
        case, values = place_answers(work, case, form, answers)
    else:
        values = plain_facts(work, release, facts or {})
    case = begin(work, release, case, values, start=start, happening=Happening("case.opened", {}, who))
    return Receipt(case=case.number, state=case.state.value)


def _form(work: UnitOfWork, release: Release, start: str | None) -> tuple[Field, ...]:
    _, program = work.programs.for_new(release)
    named = start or next((each.element for each in program.starts if each.kind is StartKind.NONE), "")
    activity = release.activities.get((release.code, named))
    return activity.form if activity else ()
