"""The register of persons as pages show it: which fields are known, never what they say; cases, joinings and looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select

from engine.domain.case import CaseState
from engine.domain.organisation import Officer
from engine.domain.subject import FIELDS
from engine.errors import NotFound
from engine.queries.access import seen_by, visible_case
from engine.queries.attempts import is_attempt
from engine.queries.pages import FARTHEST
from engine.queries.reader import Reader
from engine.storage.tables import (
    access_record,
    case,
    case_recruiter,
    fact,
    participation,
    recruiter,
    release,
    subject,
    subject_field,
    subject_merge,
    subject_source,
)
from engine.storage.tables import officer as officers

EARLIER, ATTEMPT = "kasus_terdahulu", "percobaan_ke"
"""Facts in which an officer says whether somebody came before, and for which time this is."""
CONSENT = ("setuju_wawancara", "persetujuan", "setuju_data_pemda")
"""Facts in which a person's consent is written down."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often the person of a case came before."""

    person: int | None
    earlier: tuple[str, ...]
    """Numbers of earlier cases that the officer may see, the first first."""
    hidden: int
    """Earlier cases of other offices, of which nothing more is told."""
    brought: int
    """Rows about the person in registers that offices have brought in."""

    @property
    def before(self) -> int:
        """How many cases there were before this one."""
        return len(self.earlier) + self.hidden + self.brought

    @property
    def attempt(self) -> int:
        """The *percobaan ke*: 1 for somebody who came for the first time."""
        return self.before + 1

    @property
    def facts(self) -> dict[str, Any]:
        """What the register proposes to answer; nothing while it knows of no time before, for that may be found yet."""
        return {EARLIER: True, ATTEMPT: Decimal(self.attempt)} if self.before else {}


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One case of a person."""

    number: str
    title: str
    office: str
    state: CaseState
    stage: str
    opened_at: datetime
    recruiter: int | None
    consent: tuple[tuple[str, Any], ...]
    """Facts in which consent is written down."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A register from which something about the person was taken over."""

    source: str
    row: int
    office: str
    at: datetime
    by: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A joining of two persons, open or not."""

    number: int
    keep: int
    other: int
    kind: str
    state: str
    reason: str
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str
    why: str
    mine: bool
    """Whether the officer who asks proposed it."""


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at a person, or at the case of one."""

    at: datetime
    officer: str
    kind: str
    reason: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person, whole, but for what the fields say."""

    number: int
    rows: tuple[int, ...]
    fields: tuple[str, ...]
    """Names of what is known, in the order in which it is read."""
    episodes: tuple[EpisodeRow, ...]
    elsewhere: tuple[str, ...]
    """Offices that run a case of the person in which the officer's offices do not take part."""
    sources: tuple[SourceRow, ...]
    merges: tuple[MergeRow, ...]
    looks: tuple[LookRow, ...]


def attempts(reader: Reader, officer: Officer, number: str) -> Attempts:
    """How often the person of this case came before it. Raises NotFound like the case's page."""
    found = visible_case(reader, officer, number)
    while found.parent is not None:
        row = reader.connection.execute(select(case.c.number).where(case.c.id == found.parent)).scalar_one()
        found = visible_case(reader, officer, row)
    if found.subject is None:
        return Attempts(None, (), 0, 0)
    rows = _rows(reader, found.subject)
    before = select(case.c.number, seen_by(officer).label("seen")).where(
        case.c.subject_id.in_(rows), is_attempt(), case.c.opened_at <= found.opened_at
    )
    earlier = list(reader.connection.execute(before.where(case.c.id != found.id).order_by(case.c.opened_at, case.c.id)))
    brought = select(func.count()).select_from(subject_source).where(subject_source.c.subject_id.in_(rows))
    return Attempts(
        rows[0],
        tuple(row.number for row in earlier if row.seen),
        sum(not row.seen for row in earlier),
        reader.connection.execute(brought).scalar_one(),
    )


def person_page(reader: Reader, officer: Officer, number: int) -> PersonPage:
    """Everything about one person but for the fields. Raises NotFound where no office of the officer knows them."""
    rows = _rows(reader, number)
    episodes = _episodes(reader, rows)
    seen = {row.id for row in episodes if row.seen_from & officer.offices}
    sources = _sources(reader, rows)
    if not seen and not any(each.office in officer.offices for each in sources):
        raise NotFound(what=f"person {number}")
    known = select(subject_field.c.name).where(subject_field.c.subject_id.in_(rows)).distinct()
    names = set(reader.connection.execute(known).scalars())
    return PersonPage(
        rows[0],
        rows,
        (*(each for each in FIELDS if each in names), *sorted(names - set(FIELDS))),
        tuple(_episode(reader, each.row) for each in episodes if each.id in seen),
        tuple(sorted({each.row.office for each in episodes if each.id not in seen})),
        tuple(each for each in sources if each.office in officer.offices),
        _merges(reader, officer, subject_merge.c.keep_id.in_(rows) | subject_merge.c.other_id.in_(rows)),
        _looks(reader, rows),
    )


def open_merges(reader: Reader, officer: Officer) -> tuple[MergeRow, ...]:
    """Proposals about two persons whom the officer may see, the oldest first."""
    found = _merges(reader, officer, subject_merge.c.state == "proposed")
    return tuple(
        each for each in reversed(found) if knows(reader, officer, each.keep) and knows(reader, officer, each.other)
    )


def knows(reader: Reader, officer: Officer, number: int) -> bool:
    """Whether one of the officer's offices knows the person."""
    rows = _rows(reader, number)
    part = select(case.c.id).where(case.c.subject_id.in_(rows), seen_by(officer)).limit(1)
    brought = subject_source.c.subject_id.in_(rows), subject_source.c.office.in_(sorted(officer.offices))
    own = select(subject_source.c.id).where(*brought).limit(1)
    return reader.connection.execute(part).first() is not None or reader.connection.execute(own).first() is not None


@dataclass(frozen=True, slots=True)
class _Episode:
    id: int
    row: Any
    seen_from: frozenset[str]


def _rows(reader: Reader, number: int) -> tuple[int, ...]:
    """Every row known to be the same person, the one that stands for it first. Raises NotFound."""
    if not 0 < number <= FARTHEST:
        raise NotFound(what=f"person {number}")
    stands = func.coalesce(subject.c.person_id, subject.c.id)
    person = reader.connection.execute(select(stands).where(subject.c.id == number)).scalar()
    if person is None:
        raise NotFound(what=f"person {number}")
    others = select(subject.c.id).where(subject.c.person_id == person, subject.c.id != person).order_by(subject.c.id)
    return (int(person), *reader.connection.execute(others).scalars())


def _episodes(reader: Reader, rows: Collection[int]) -> list[_Episode]:
    found = (
        select(case, release.c.title, recruiter.c.id.label("recruiter_id"), recruiter.c.merged_into)
        .join(release, release.c.id == case.c.release_id)
        .outerjoin(case_recruiter, case_recruiter.c.case_id == case.c.id)
        .outerjoin(recruiter, recruiter.c.id == case_recruiter.c.recruiter_id)
        .where(case.c.subject_id.in_(rows), case.c.parent_id.is_(None))
        .order_by(case.c.opened_at, case.c.id)
    )
    cases = list(reader.connection.execute(found))
    joined: dict[int, set[str]] = {}
    part = select(participation).where(participation.c.case_id.in_([row.id for row in cases]))
    for each in reader.connection.execute(part):
        joined.setdefault(each.case_id, set()).add(each.office)
    return [_Episode(row.id, row, frozenset(joined.get(row.id, set()))) for row in cases]


def _episode(reader: Reader, row: Any) -> EpisodeRow:
    told = select(fact.c.name, fact.c.value).where(fact.c.case_id == row.id, fact.c.name.in_(CONSENT))
    consent = tuple((each.name, each.value) for each in reader.connection.execute(told.order_by(fact.c.name)))
    state, recruited = CaseState(row.state), row.merged_into or row.recruiter_id
    return EpisodeRow(row.number, row.title, row.office, state, row.stage, row.opened_at, recruited, consent)


def _sources(reader: Reader, rows: Collection[int]) -> list[SourceRow]:
    found = (
        select(subject_source, officers.c.name)
        .join(officers, officers.c.id == subject_source.c.by)
        .where(subject_source.c.subject_id.in_(rows))
        .order_by(subject_source.c.id)
    )
    return [
        SourceRow(row.source, row._mapping["row"], row.office, row.imported_at, row.name, row.facts)  # noqa: SLF001 - SQLAlchemy's public name
        for row in reader.connection.execute(found)
    ]


def _merges(reader: Reader, officer: Officer, where: Any) -> tuple[MergeRow, ...]:
    proposer, decider = officers.alias("proposer"), officers.alias("decider")
    found = (
        select(subject_merge, proposer.c.name.label("proposer"), decider.c.name.label("decider"))
        .join(proposer, proposer.c.id == subject_merge.c.proposed_by)
        .outerjoin(decider, decider.c.id == func.coalesce(subject_merge.c.undone_by, subject_merge.c.decided_by))
        .where(where)
        .order_by(subject_merge.c.id.desc())
    )
    return tuple(
        MergeRow(
            row.id,
            row.keep_id,
            row.other_id,
            row.kind,
            row.state,
            row.reason,
            row.proposed_at,
            row.proposer,
            row.undone_at or row.decided_at,
            row.decider or "",
            row.undone_why or row.decided_why,
            row.proposed_by == officer.number,
        )
        for row in reader.connection.execute(found)
    )


def _looks(reader: Reader, rows: Collection[int]) -> tuple[LookRow, ...]:
    mine = select(case.c.id).where(case.c.subject_id.in_(rows))
    by_case = access_record.c.case_id.in_(mine) & access_record.c.kind.startswith("subject.")
    found = (
        select(access_record, officers.c.name)
        .outerjoin(officers, officers.c.login == access_record.c.officer)
        .where(or_(access_record.c.subject_id.in_(rows), by_case))
        .order_by(access_record.c.id.desc())
        .limit(200)
    )
    return tuple(
        LookRow(
            row.at, row.name or row.officer, row.kind, row.data.get("reason", ""), tuple(row.data.get("fields", ()))
        )
        for row in reader.connection.execute(found)
    )
