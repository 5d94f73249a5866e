"""Where an answer is kept: among the facts, with the person, or on the case itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from engine.domain.case import Case
from engine.domain.release import Bound, Field, FieldKind, Release
from engine.domain.work_item import WorkItem
from engine.errors import NotValid
from engine.feel import from_json, to_json
from engine.forms import UNKNOWN, FormNotValid
from engine.storage import UnitOfWork
from engine.storage.facts import Written

_COLUMNS = ("origin_office", "destination_office")
_DISPUTED = "fact.disputed"
RECRUITER = frozenset({"perekrut_nama", "perekrut_telepon"})
"""Fields of a person that name whoever recruited them; kept as somebody whom other cases may name too."""


def fact_names(form: Iterable[Field]) -> frozenset[str]:
    """The names under which a form's answers may become facts."""
    return frozenset(each.name for each in form if each.bound is Bound.FACT)


def document_names(form: Iterable[Field]) -> frozenset[str]:
    """The kinds of paper that a form asks for: what is attached answers them, nobody's words."""
    return frozenset(each.name for each in form if each.kind is FieldKind.DOCUMENT)


def of_persons(release: Release) -> frozenset[str]:
    """The names that some form of the release keeps with the person: they may become facts nowhere in it."""
    forms = (each.form for each in release.activities.values())
    return frozenset(field.name for form in forms for field in form if field.bound is Bound.SUBJECT)


def place_answers(
    work: UnitOfWork, case: Case, form: tuple[Field, ...], answers: Mapping[str, Any]
) -> tuple[Case, dict[str, Any]]:
    """Put what belongs to the person and to the case itself where it belongs.

    Returns the case and the facts: nothing else may reach the interpreter or the audit.
    """
    _check_offices(work, form, answers)
    case = _keep_person(work, case, _bound(form, answers, Bound.SUBJECT))
    of_case = _bound(form, answers, Bound.CASE)
    case = replace(case, **{name: of_case[name] for name in _COLUMNS if name in of_case})
    return case, _bound(form, answers, Bound.FACT)


def write_facts(
    work: UnitOfWork, case: Case, facts: Mapping[str, Any], stored: Mapping[str, Written], item: WorkItem | None = None
) -> tuple[str, ...]:
    """Set the facts of a held case. Returns a note on each that another branch has written differently meanwhile.

    Of two values that do not agree the later one stands, because its officer spoke last; the earlier is kept beside it
    as disputed and named in the audit, so that it is not lost in silence.
    """
    disputed = {name: stored[name].value for name in _disputes(facts, stored, item)}
    by = work.officer.number if work.officer else None
    work.facts.write(case.id, facts, version=work.cases.next_version(case), by=by, at=work.at, disputed=disputed)
    for name, before in disputed.items():
        work.record(_DISPUTED, case, fact=name, stands=to_json(facts[name]), before=to_json(before))
    return tuple(f"{_DISPUTED}: {name}" for name in disputed)


def plain_facts(work: UnitOfWork, release: Release, given: Mapping[str, Any]) -> dict[str, Any]:
    """Facts from another program: those the drawing reads and those that a form of it asks for, never of a person.

    Raises FormNotValid for others.
    """
    _, program = work.programs.for_new(release)
    forms = [each.form for each in release.activities.values()]
    known = program.reads.union(*map(fact_names, forms)) - of_persons(release)
    known -= frozenset().union(*map(document_names, forms))
    if unknown := sorted(given.keys() - known):
        raise FormNotValid({name: [UNKNOWN] for name in unknown})
    return _typed(given)


def part_facts(
    release: Release, reads: Collection[str], form: Iterable[Field], given: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part what was given with a step into answers to its form and facts that only the drawing itself asks for.

    Such a fact is read by a condition, a timer or a list, and no form of the release writes it: so any step may.
    """
    others = given.keys() - {each.name for each in form}
    if others:
        others = (others & set(reads)).difference(*(fact_names(each.form) for each in release.activities.values()))
        others -= of_persons(release)
    answers = {name: value for name, value in given.items() if name not in others}
    return answers, _typed({name: given[name] for name in others})


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {name: from_json(value) for name, value in given.items()}
    except (ValueError, RecursionError) as wrong:
        raise NotValid(what="every fact", wanted="a value that FEEL knows", found="another") from wrong


def _bound(form: Iterable[Field], answers: Mapping[str, Any], bound: Bound) -> dict[str, Any]:
    return {each.name: answers[each.name] for each in form if each.bound is bound and each.name in answers}


def _disputes(facts: Mapping[str, Any], stored: Mapping[str, Written], item: WorkItem | None) -> list[str]:
    """Facts that somebody else has written differently while this item was open: neither has seen the other's."""
    if item is None:
        return []
    return sorted(
        name
        for name, value in facts.items()
        if name in stored and stored[name].written_in > item.opened_in and to_json(stored[name].value) != to_json(value)
    )


def _keep_person(work: UnitOfWork, case: Case, answers: Mapping[str, Any]) -> Case:
    if not answers:
        return case
    if case.subject is None:
        case = replace(case, subject=work.subjects.add(work.at).number)
    number = case.subject or 0
    work.subjects.write(number, {name: _as_text(value) for name, value in answers.items()})
    if RECRUITER & answers.keys():
        known = work.subjects.read_own(number, RECRUITER)
        said = known.get("perekrut_nama", ""), known.get("perekrut_telepon", "")
        work.recruiters.name_of_case(case.id, number, *said, work.at)
    return case


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_as_text(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _check_offices(work: UnitOfWork, form: Iterable[Field], answers: Mapping[str, Any]) -> None:
    for each in form:
        code = answers.get(each.name)
        office = each.kind is FieldKind.OFFICE or (each.bound is Bound.CASE and each.name in _COLUMNS)
        if office and code is not None and code not in work.organisation.offices:
            raise NotValid(what=f"“{each.name}”", wanted="the code of an office", found=code)
