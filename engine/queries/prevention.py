"""Who recruits, by which route, by which means, from where, and what became of it: numbers for managers, never names.

An officer is told of the offices in which they hold a post; the head office of all. Numbers of cases stand only beside
cases that the officer may open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.domain.organisation import Office, OfficeKind, Officer
from engine.errors import NotFound, NotValid
from engine.queries.access import seen_by
from engine.queries.reader import Reader
from engine.storage.tables import case, case_recruiter, disposition, fact, recruiter, subject

GROUPS = (
    "perekrut_jenis",
    "rute",
    "modus",
    "daerah_asal",
    "negara_tujuan",
    "sumber_temuan",
    "hasil_penapisan",
    "alasan_penutupan",
)
"""Facts by which the picture can be drawn."""
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
    """`kind:state` of each disposition."""
    numbers: tuple[str, ...]


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


def overseen(reader: Reader, officer: Officer) -> tuple[Office, ...]:
    """The offices about which an officer is told numbers: one's own, or all from a post in the head office."""
    known = reader.organisation.offices
    mine = [known[each] for each in sorted(officer.offices) if each in known]
    if any(each.kind is OfficeKind.HEAD for each in mine):
        return tuple(known[each] for each in sorted(known))
    return tuple(mine)


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
    told = [each for each in _told(reader, officer, office, since, until) if each.recruiter is not None]
    if repeated:
        told = [each for each in told if each.again]
    found: dict[int, list[_Told]] = {}
    for each in told:
        found.setdefault(each.recruiter or 0, []).append(each)
    rows = [
        RecruiterRow(
            number,
            _persons(cases),
            _persons(each for each in cases if each.again),
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
    found: dict[str, list[_Told]] = {}
    for each in _told(reader, officer, office, since, until):
        for value in each.values(by) or [""]:
            found.setdefault(value, []).append(each)
    rows = [
        PreventionRow(
            value,
            len(cases),
            _persons(cases),
            _persons(each for each in cases if each.again),
            _most(Counter(outcome for each in cases for outcome in each.outcomes)),
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
    found: dict[int, list[_Told]] = {}
    for each in _told(reader, officer, office, since, until):
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


@dataclass(slots=True)
class _Told:
    """One case of the period, with what the picture is drawn from."""

    number: str
    office: str
    person: int | None
    recruiter: int | None
    seen: bool
    attempts: int = 1
    facts: dict[str, Any] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)

    @property
    def again(self) -> bool:
        return self.attempts > 1

    def values(self, name: str) -> list[str]:
        value = self.facts.get(name)
        several = value if isinstance(value, list) else [value]
        return [str(each) for each in several if each not in (None, "")]


def _told(reader: Reader, officer: Officer, office: str, since: datetime | None, until: datetime | None) -> list[_Told]:
    """Every case of the period that is no part of another."""
    scope = [each.code for each in overseen(reader, officer)]
    if office:
        if office not in scope:
            raise NotFound(what=f"office {office}")
        scope = [office]
    person = func.coalesce(subject.c.person_id, subject.c.id)
    chosen: list[Any] = [case.c.parent_id.is_(None), case.c.office.in_(scope)]
    chosen += [case.c.opened_at >= since] if since is not None else []
    chosen += [case.c.opened_at < until] if until is not None else []
    found = (
        select(
            case.c.id,
            case.c.number,
            case.c.office,
            person.label("person"),
            func.coalesce(recruiter.c.merged_into, recruiter.c.id).label("recruiter"),
            seen_by(officer).label("seen"),
        )
        .outerjoin(subject, subject.c.id == case.c.subject_id)
        .outerjoin(case_recruiter, case_recruiter.c.case_id == case.c.id)
        .outerjoin(recruiter, recruiter.c.id == case_recruiter.c.recruiter_id)
        .where(*chosen)
        .order_by(case.c.opened_at, case.c.id)
    )
    told = {
        row.id: _Told(row.number, row.office, row.person, row.recruiter, bool(row.seen))
        for row in reader.connection.execute(found)
    }
    ids = select(case.c.id).where(*chosen)
    facts = select(fact.c.case_id, fact.c.name, fact.c.value).where(fact.c.case_id.in_(ids), fact.c.name.in_(GROUPS))
    for row in reader.connection.execute(facts):
        told[row.case_id].facts[row.name] = row.value
    decided = select(disposition.c.case_id, disposition.c.kind, disposition.c.state).where(
        disposition.c.case_id.in_(ids)
    )
    for row in reader.connection.execute(decided.order_by(disposition.c.id)):
        told[row.case_id].outcomes.append(f"{row.kind}:{row.state}")
    _count_attempts(reader, chosen, list(told.values()))
    return list(told.values())


def _count_attempts(reader: Reader, chosen: Sequence[Any], told: Iterable[_Told]) -> None:
    """Count every case of these persons, of all time and all offices."""
    person = func.coalesce(subject.c.person_id, subject.c.id)
    asked = select(person).join(case, case.c.subject_id == subject.c.id).where(*chosen)
    counted = (
        select(person.label("person"), func.count().label("times"))
        .join(case, case.c.subject_id == subject.c.id)
        .where(case.c.parent_id.is_(None), person.in_(asked))
        .group_by(person)
        .having(func.count() > 1)
    )
    times = {row.person: row.times for row in reader.connection.execute(counted)}
    for each in told:
        each.attempts = times.get(each.person, 1)


def _persons(cases: Iterable[_Told]) -> int:
    """How many persons; a case whose person is not known yet counts as one."""
    return len({each.person if each.person is not None else each.number for each in cases})


def _counted(cases: Iterable[_Told], name: str) -> Counted:
    return _most(Counter(value for each in cases for value in each.values(name)))


def _most(counted: Counter[str]) -> Counted:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
