"""The beginning of a case: its number, its first step, and who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course.progress import Happening, take_over
from engine.domain.case import Case, CaseState
from engine.domain.release import Release
from engine.errors import NotFound, NotValid, WrongState
from engine.feel import to_json
from engine.storage import UnitOfWork

DEEPEST = 6
"""Levels of sub-cases below a case. Drawings that begin each other by messages would go on for ever."""


class TooDeep(WrongState):
    """Expected to open a sub-case of case {case}, but it lies {levels} levels deep already; more are not opened."""


class NotItsOffice(NotValid):
    """Expected a case of “{title}” to be opened in {office}, whose own variant it is, but it was asked for in {found}."""


def expect_in_office(work: UnitOfWork, code: str, office: str) -> Release:
    """The edition that new cases of an office run on. Refuses where none is in force, and the variant of another office."""
    release = work.releases.in_office(code, office)
    if release is None:
        raise NotFound(what=f"a procedure {code} in force")
    if release.office and release.office != office:
        raise NotItsOffice(title=release.title, office=release.office, found=office)
    return release


def begin(
    work: UnitOfWork,
    release: Release,
    draft: Case,
    facts: Mapping[str, Any],
    *,
    start: str | None = None,
    happening: Happening,
) -> Case:
    """Open a case of this release as drafted, and take its first step."""
    facts = {name: value for name, value in facts.items() if value is not None}
    interpreter, program = work.programs.for_new(release)
    step = interpreter.start(program, at=work.at, facts=facts, start=start)
    case = work.cases.add(draft)
    work.cases.join(case, case.office, work.at)
    work.recruiters.settle(case.id, case.subject, work.at)
    by = work.officer.number if work.officer else None
    work.facts.write(case.id, facts, version=work.cases.next_version(case), by=by, at=work.at)
    data = {
        "number": case.number,
        "release": release.code,
        "edition": release.edition,
        "sha256": release.sha256,
        "interpreter": interpreter.name,
        "facts": {name: to_json(value) for name, value in facts.items()},
        **({"start": start} if start else {}),
    }
    return take_over(work, case, release, step, Happening(happening.kind, {**data, **happening.data}, happening.who))


def draft(work: UnitOfWork, release: Release, office: str, **more: Any) -> Case:
    """Return a case that has no row yet."""
    return Case(0, "", release.number or 0, office, CaseState.RUNNING, work.at, **more)


def open_sub_case(
    work: UnitOfWork,
    parent: Case,
    release: Release,
    *,
    happening: Happening,
    start: str | None = None,
    disposition: int | None = None,
) -> Case:
    """Open a case below another, with its person, its offices and a copy of its facts. Refused where it lies too deep."""
    levels = parent.number.count(".")
    if levels >= DEEPEST:
        raise TooDeep(case=parent.number, levels=levels)
    sub = draft(
        work,
        release,
        parent.office,
        origin_office=parent.origin_office,
        destination_office=parent.destination_office,
        subject=parent.subject,
        parent=parent.id,
        disposition=disposition,
    )
    facts = work.facts.read_all(parent.id)
    happening = Happening(happening.kind, {"parent": parent.number, **happening.data}, happening.who)
    return begin(work, release, sub, facts, start=start, happening=happening)
