"""What a letter of a case may say, gathered for whoever writes it. Not the letter, and not who may have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine.domain.case import Case
from engine.domain.clock import CaseClock
from engine.domain.disposition import Disposition
from engine.domain.organisation import Office
from engine.domain.release import Release
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.extensions import ExtensionRow
from engine.storage.slips import Chosen, chosen, plain_facts_of

CHOICES = ("pilihan_penyintas", "persetujuan")


class Extended(NamedTuple):
    """More time that was granted, and the clock that it was added to."""

    clock: CaseClock
    by: ExtensionRow


@dataclass(frozen=True, slots=True)
class Matter:
    """What a letter may say."""

    case: Case
    release: Release
    at: datetime
    officer: str
    post: str
    """The code of the post in which the officer prints it."""
    offices: Mapping[str, Office]
    """The case's, the origin's and the destination's, as far as they are known: `office`, `origin`, `destination`."""
    person: Mapping[str, str]
    facts: Mapping[str, Any]
    courses: tuple[tuple[str, Disposition], ...]
    """Each course that stands, with its title."""
    choice: Chosen | None
    """Who wrote down what the person chose."""
    extensions: tuple[Extended, ...] = ()
    """Those that were granted, the first first."""


def gather(work: UnitOfWork, case: Case, *, post: str, fields: Sequence[str], facts: Sequence[str]) -> Matter:
    """What a letter about a held case may say."""
    officer = expect_officer(work, "print a letter")
    wanted = tuple(dict.fromkeys([*facts, *CHOICES]))
    return Matter(
        case=case,
        release=work.releases.get(case.release),
        at=work.at,
        officer=officer.name,
        post=post,
        offices=_offices(work, case),
        person=_person(work, case, fields),
        facts=plain_facts_of(work.connection, case.id, wanted),
        courses=tuple((work.dispositions.kind(each.kind).title, each) for each in _courses(work, case)),
        choice=chosen(work.connection, case.id, CHOICES[0]) or _above(work, case),
        extensions=_extensions(work, case),
    )


def _extensions(work: UnitOfWork, case: Case) -> tuple[Extended, ...]:
    granted = [each for each in work.extensions.of_case(case.id) if each.counts]
    clocks = {each.number: each for each in work.clocks.of(case.id)} if granted else {}
    return tuple(Extended(clocks[each.clock], each) for each in granted)


def _person(work: UnitOfWork, case: Case, fields: Sequence[str]) -> Mapping[str, str]:
    if case.subject is None:
        return {}
    known = work.subjects.read(case.subject).fields
    return {name: known[name] for name in fields if known.get(name)}


def _offices(work: UnitOfWork, case: Case) -> Mapping[str, Office]:
    codes = {"office": case.office, "origin": case.origin_office, "destination": case.destination_office}
    return {name: work.organisation.office(code) for name, code in codes.items() if code}


def _courses(work: UnitOfWork, case: Case) -> list[Disposition]:
    own = [] if case.disposition is None else [work.dispositions.get(case.disposition)]
    return [each for each in (*own, *work.dispositions.of(case.id)) if each.state.value in {"open", "closed"}]


def _above(work: UnitOfWork, case: Case) -> Chosen | None:
    """A sub-case has only a copy of what was written down in the case above it."""
    return chosen(work.connection, case.parent, CHOICES[0]) if case.parent else None
