"""Who recruits, by which route, by which means, from where, and what became of it: numbers for managers, never names.

An officer is told of the offices in which they hold a post; the head office of all. A case is told by its number to those
who may open it or oversee its office; every other as one of its office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.domain.organisation import Officer
from engine.errors import NotValid
from engine.queries.attempts import GROUPS, Told, attempts_of, overseen, told_by_number
from engine.queries.pages import MOST, Page, place_of
from engine.queries.reader import Reader

Counted = tuple[tuple[str, int], ...]
"""A value with how many cases tell it, the most frequent first."""


@dataclass(frozen=True, slots=True)
class RecruiterRow:
    """One recruiter, as a number that stands for no name."""

    number: int
    persons: int
    repeaters: int
    """Persons among them who have come more than once."""
    kinds: Counted
    routes: Counted
    origins: Counted
    modi: Counted
    offices: Counted
    cases: tuple[str, ...]
    """Numbers of the cases that the officer may open."""


@dataclass(frozen=True, slots=True)
class PreventionRow:
    """All cases that tell one value."""

    value: str
    """Empty where none is told."""
    cases: int
    persons: int
    repeaters: int
    outcomes: Counted
    """Under `kind:state` of a disposition, in how many of the cases it was decided."""
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which cases a number of the picture counts; what is not named keeps all."""

    by: str = ""
    """One of `GROUPS`."""
    value: str = ""
    """What is told under it; empty: nothing."""
    again: bool = False
    """Only of persons who have come more than once."""
    outcome: str = ""
    """`kind:state` of a disposition."""
    recruiter: int | None = None
    person: int | None = None

    def keeps(self, told: Told) -> bool:
        """Whether the number counts this case."""
        if self.by and self.value not in (told.values(self.by) or [""]):
            return False
        if self.outcome and self.outcome not in told.outcomes:
            return False
        return (not self.again or told.again) and self.recruiter in (None, told.recruiter)


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One case behind a number. It names no person."""

    case: str
    """Its number; empty for those who neither may open it nor oversee its office."""
    told: Told


@dataclass(frozen=True, slots=True)
class CasesTold:
    """The cases behind a number."""

    page: Page[ToldRow]
    cases: int
    persons: int
    elsewhere: int
    """Further cases of the one person who was asked for, in offices of which the officer is told nothing."""


@dataclass(frozen=True, slots=True)
class RepeaterRow:
    """One person who has come more than once, as a number."""

    person: int
    attempts: int
    """Of all time and all offices."""
    cases: tuple[str, ...]
    offices: tuple[str, ...]
    recruiters: tuple[int, ...]
    origins: Counted
    routes: Counted


def recruiters(
    reader: Reader,
    officer: Officer,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    repeated: bool = False,
) -> tuple[RecruiterRow, ...]:
    """Recruiters of the cases opened in a period, those of most persons first; `repeated` counts repeaters' cases only.

    Raises NotFound for an office that the officer does not oversee.
    """
    told = [
        each
        for each in attempts_of(reader, officer, office=office, since=since, until=until)
        if each.recruiter is not None
    ]
    if repeated:
        told = [each for each in told if each.again]
    found: dict[int, list[Told]] = {}
    for each in told:
        found.setdefault(each.recruiter or 0, []).append(each)
    rows = [
        RecruiterRow(
            number,
            persons_of(cases),
            persons_of(each for each in cases if each.again),
            _counted(cases, "perekrut_jenis"),
            _counted(cases, "rute"),
            _counted(cases, "daerah_asal"),
            _counted(cases, "modus"),
            _most(Counter(each.office for each in cases)),
            tuple(each.number for each in cases if each.seen),
        )
        for number, cases in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.persons, -row.repeaters, row.number)))


def prevention(
    reader: Reader,
    officer: Officer,
    *,
    by: str = "perekrut_jenis",
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[PreventionRow, ...]:
    """Cases opened in a period by what they tell, the most frequent first. A case that tells several counts in each.

    Raises NotValid for a fact that is none of `GROUPS`, NotFound for an office that the officer does not oversee.
    """
    if by not in GROUPS:
        raise NotValid(what="the grouping", wanted=f"one of {', '.join(GROUPS)}", found=by)
    found: dict[str, list[Told]] = {}
    for each in attempts_of(reader, officer, office=office, since=since, until=until):
        for value in each.values(by) or [""]:
            found.setdefault(value, []).append(each)
    rows = [
        PreventionRow(
            value,
            len(cases),
            persons_of(cases),
            persons_of(each for each in cases if each.again),
            _most(Counter(outcome for each in cases for outcome in set(each.outcomes))),
            tuple(each.number for each in cases if each.seen),
        )
        for value, cases in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.value, -row.cases, row.value)))


def repeaters(
    reader: Reader,
    officer: Officer,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[RepeaterRow, ...]:
    """Persons with a case opened in the period who have had another before or since, those of most attempts first."""
    found: dict[int, list[Told]] = {}
    for each in attempts_of(reader, officer, office=office, since=since, until=until):
        if each.again and each.person is not None:
            found.setdefault(each.person, []).append(each)
    rows = [
        RepeaterRow(
            person,
            cases[0].attempts,
            tuple(each.number for each in cases if each.seen),
            tuple(sorted({each.office for each in cases})),
            tuple(dict.fromkeys(each.recruiter for each in cases if each.recruiter is not None)),
            _counted(cases, "daerah_asal"),
            _counted(cases, "rute"),
        )
        for person, cases in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.attempts, row.person)))


def cases_told(
    reader: Reader,
    officer: Officer,
    sieve: Sieve,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    after: str | None = None,
) -> CasesTold:
    """The cases behind a number of the picture, the latest first. Of one person those of all time. Raises as `prevention`."""
    if sieve.by and sieve.by not in GROUPS:
        raise NotValid(what="the grouping", wanted=f"one of {', '.join(GROUPS)}", found=sieve.by)
    if sieve.person is None:
        told = attempts_of(reader, officer, office=office, since=since, until=until)
    else:
        told = attempts_of(reader, officer, person=sieve.person)
    found = [each for each in reversed(told) if sieve.keeps(each)]
    known, begins = told_by_number(reader, officer), place_of(after)
    rows = tuple(
        ToldRow(each.number if each.seen or each.office in known else "", each)
        for each in found[begins : begins + MOST]
    )
    following = str(begins + MOST) if len(found) > begins + MOST else None
    elsewhere = max((each.attempts for each in found), default=0) - len(found) if sieve.person is not None else 0
    return CasesTold(Page(rows, following), len(found), persons_of(found), elsewhere)


def persons_of(cases: Iterable[Told]) -> int:
    """How many persons; a case whose person is not known yet counts as one."""
    return len({each.person if each.person is not None else each.number for each in cases})


def _counted(cases: Iterable[Told], name: str) -> Counted:
    return _most(Counter(value for each in cases for value in each.values(name)))


def _most(counted: Counter[str]) -> Counted:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


__all__ = [
    "GROUPS",
    "CasesTold",
    "PreventionRow",
    "RecruiterRow",
    "RepeaterRow",
    "Sieve",
    "ToldRow",
    "cases_told",
    "overseen",
    "prevention",
    "recruiters",
    "repeaters",
]
