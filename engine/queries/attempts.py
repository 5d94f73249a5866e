"""Cases that each stand for one journey of their person, with what they tell: what the prevention picture is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from engine.domain.organisation import Office, OfficeKind, Officer
from engine.domain.subject import RIGHTS
from engine.errors import NotFound, NotYours
from engine.queries.access import seen_by
from engine.queries.oversight import overseen_offices
from engine.queries.reader import Reader
from engine.storage.tables import case, case_recruiter, disposition, fact, recruiter, release, subject

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
PERSON = func.coalesce(subject.c.person_id, subject.c.id)
"""The person of a subject, whoever they were joined with."""


@dataclass(slots=True)
class Told:
    """One case of a period, with what the picture is drawn from."""

    number: str
    office: str
    opened_at: datetime
    person: int | None
    recruiter: int | None
    seen: bool
    attempts: int = 1
    """Cases of this person, of all time and all offices."""
    facts: dict[str, Any] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)
    """`kind:state` of each disposition."""

    @property
    def again(self) -> bool:
        """Whether its person has another."""
        return self.attempts > 1

    def values(self, name: str) -> list[str]:
        """What it tells under the name of a fact."""
        value = self.facts.get(name)
        several = value if isinstance(value, list) else [value]
        return [str(each) for each in several if each not in (None, "")]


def is_attempt() -> ColumnElement[bool]:
    """The condition that keeps cases of which each is one attempt.

    Left out are the parts of a case, a case that takes a completed one up again, and what a person asks of their data.
    """
    rights = select(release.c.id).where(release.c.code == RIGHTS)
    return and_(case.c.parent_id.is_(None), case.c.follows_id.is_(None), case.c.release_id.not_in(rights))


def overseen(reader: Reader, officer: Officer) -> tuple[Office, ...]:
    """The offices about which an officer is told numbers: one's own, or all from a post in the head office."""
    known = reader.organisation.offices
    mine = [known[each] for each in sorted(officer.offices) if each in known]
    if any(each.kind is OfficeKind.HEAD for each in mine):
        return tuple(known[each] for each in sorted(known))
    return tuple(mine)


def told_by_number(reader: Reader, officer: Officer) -> frozenset[str]:
    """The offices whose cases an officer is told by their numbers, though not all may be opened."""
    try:
        return frozenset(each.code for each in overseen_offices(reader, officer))
    except NotYours:
        return frozenset()


def attempts_of(
    reader: Reader,
    officer: Officer,
    *,
    office: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    person: int | None = None,
) -> list[Told]:
    """Every attempt that was opened in a period, the earliest first; of one person where that is asked.

    Raises NotFound for an office of which the officer is told nothing.
    """
    scope = [each.code for each in overseen(reader, officer)]
    if office:
        if office not in scope:
            raise NotFound(what=f"office {office}")
        scope = [office]
    chosen: list[Any] = [is_attempt(), case.c.office.in_(scope)]
    chosen += [case.c.opened_at >= since] if since is not None else []
    chosen += [case.c.opened_at < until] if until is not None else []
    if person is not None:
        chosen += [case.c.subject_id.in_(select(subject.c.id).where(PERSON.in_([person])))]
    told = _cases(reader, officer, chosen)
    _tell_facts(reader, chosen, told)
    _count_attempts(reader, chosen, told.values())
    return list(told.values())


def _cases(reader: Reader, officer: Officer, chosen: Sequence[Any]) -> dict[int, Told]:
    found = (
        select(
            case.c.id,
            case.c.number,
            case.c.office,
            case.c.opened_at,
            PERSON.label("person"),
            func.coalesce(recruiter.c.merged_into, recruiter.c.id).label("recruiter"),
            seen_by(officer).label("seen"),
        )
        .outerjoin(subject, subject.c.id == case.c.subject_id)
        .outerjoin(case_recruiter, case_recruiter.c.case_id == case.c.id)
        .outerjoin(recruiter, recruiter.c.id == case_recruiter.c.recruiter_id)
        .where(*chosen)
        .order_by(case.c.opened_at, case.c.id)
    )
    return {
        row.id: Told(row.number, row.office, row.opened_at, row.person, row.recruiter, bool(row.seen))
        for row in reader.connection.execute(found)
    }


def _tell_facts(reader: Reader, chosen: Sequence[Any], told: dict[int, Told]) -> None:
    ids = select(case.c.id).where(*chosen)
    facts = select(fact.c.case_id, fact.c.name, fact.c.value).where(fact.c.case_id.in_(ids), fact.c.name.in_(GROUPS))
    for row in reader.connection.execute(facts):
        told[row.case_id].facts[row.name] = row.value
    courses = select(disposition.c.case_id, disposition.c.kind, disposition.c.state)
    decided = courses.where(disposition.c.case_id.in_(ids)).order_by(disposition.c.id)
    for row in reader.connection.execute(decided):
        told[row.case_id].outcomes.append(f"{row.kind}:{row.state}")


def _count_attempts(reader: Reader, chosen: Sequence[Any], told: Iterable[Told]) -> None:
    """Count every attempt of these persons, of all time and all offices."""
    asked = select(PERSON).join(case, case.c.subject_id == subject.c.id).where(*chosen)
    counted = (
        select(PERSON.label("person"), func.count().label("times"))
        .join(case, case.c.subject_id == subject.c.id)
        .where(is_attempt(), PERSON.in_(asked))
        .group_by(PERSON)
        .having(func.count() > 1)
    )
    times = {row.person: row.times for row in reader.connection.execute(counted)}
    for each in told:
        each.attempts = times.get(each.person, 1)
