"""What the public figures are counted from, and the editions that were made of it. Sums alone: no case, no person, no officer.

It counts everything, small numbers too: what of it may be told is decided by `engine.domain.disclosure`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from engine.domain.clock import ClockKind, ClockState
from engine.domain.deadline import time_left
from engine.domain.disposition import DispositionState
from engine.domain.figures import FIGURES, PLACED_AGAIN, Edition, EditionState, Period
from engine.domain.organisation import OfficeKind, Officer
from engine.domain.release import Clock
from engine.errors import NotFound, NotYours
from engine.queries.attempts import PERSON
from engine.queries.reader import Reader
from engine.storage.figures import COLUMNS, edition_of, is_prevented, seal_of
from engine.storage.tables import case, clock, disposition, fact, figure_edition, handover, release, subject

LOOKS = frozenset({FIGURES, "audit"})
"""Any of these, held in the head office, lets one look at what is prepared."""
INDICATED = "terindikasi"
"""The outcome of a screening that finds signs of trafficking."""
_WORKING = frozenset({Clock.WORKING_HOURS, Clock.WORKING_DAYS})


@dataclass(frozen=True, slots=True)
class Prevented:
    """The departures prevented in a period, by what is known of each."""

    total: int
    origins: Mapping[str, int]
    """By the Kemendagri code that was told; an empty key where none was."""
    destinations: Mapping[str, int]
    """By ISO 3166-1 alpha-2."""
    states: Mapping[str, int]
    attempts: Mapping[int, int]
    """By the how manieth time it was of the same person, as far as is known."""


@dataclass(frozen=True, slots=True)
class SopTime:
    """One time that an SOP was carried through."""

    code: str
    promised: float
    unit: str
    in_time: bool
    hours: float
    """Working hours of the office where its time is promised in working time, else hours as they pass. Pauses are not taken off."""


@dataclass(frozen=True, slots=True)
class FigureFile:
    """One edition with both of its files."""

    edition: Edition
    csv: str
    json: str


def any_prevented(reader: Reader, until: datetime) -> bool:
    """Whether there was anything to count by then."""
    found = select(case.c.id).where(case.c.opened_at < until).limit(1)
    return reader.connection.execute(found).first() is not None


def prevented(reader: Reader, period: Period) -> Prevented:
    """The departures prevented in a period."""
    chosen = is_prevented(reader.connection, period.since, period.until)
    rows = reader.connection.execute(select(case.c.id, case.c.state).where(chosen)).all()
    return Prevented(
        len(rows),
        _told(reader, chosen, "daerah_asal", len(rows)),
        _told(reader, chosen, "negara_tujuan", len(rows)),
        Counter(row.state for row in rows),
        _attempts(reader, chosen),
    )


def _told(reader: Reader, chosen: Any, name: str, total: int) -> Mapping[str, int]:
    facts = select(fact.c.value).join(case, case.c.id == fact.c.case_id).where(chosen, fact.c.name == name)
    values = [row.value for row in reader.connection.execute(facts)]
    counted = Counter(each for each in values if isinstance(each, str) and each)
    counted[""] = total - sum(counted.values())
    return counted


def _attempts(reader: Reader, chosen: Any) -> Mapping[int, int]:
    """How manieth each was: those of the same person that were opened before it, and itself."""
    whose = (
        select(case.c.id, case.c.opened_at, PERSON.label("person"))
        .outerjoin(subject, subject.c.id == case.c.subject_id)
        .where(chosen)
    )
    mine: Any = reader.connection.execute(whose).all()
    asked = select(PERSON).join(case, case.c.subject_id == subject.c.id).where(chosen)
    every = (
        select(case.c.id, case.c.opened_at, PERSON.label("person"))
        .join(subject, subject.c.id == case.c.subject_id)
        .where(is_prevented(reader.connection, _BEGINNING, reader.at), PERSON.in_(asked))
    )
    before: dict[int, list[tuple[datetime, int]]] = {}
    for row in reader.connection.execute(every):
        before.setdefault(row.person, []).append((row.opened_at, row.id))
    return Counter(
        1 + sum(each < (row.opened_at, row.id) for each in before.get(row.person, ())) if row.person is not None else 1
        for row in mine
    )


_BEGINNING = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def courses_decided(reader: Reader, period: Period) -> Mapping[str, int]:
    """The courses decided in a period, by kind."""
    within = (disposition.c.decided_at >= period.since, disposition.c.decided_at < period.until)
    found = select(disposition.c.kind, func.count()).where(*within).group_by(disposition.c.kind)
    return {kind: number for kind, number in reader.connection.execute(found)}  # noqa: C416 - rows are no pairs to mypy


def offers_answered(reader: Reader, period: Period) -> Mapping[str, int]:
    """The offers of a case to another office that ended in a period, by how."""
    within = (handover.c.answered_at >= period.since, handover.c.answered_at < period.until)
    found = select(handover.c.state, func.count()).where(*within).group_by(handover.c.state)
    return {state: number for state, number in reader.connection.execute(found)}  # noqa: C416 - as above


def sop_times(reader: Reader, period: Period, codes: Collection[str]) -> tuple[SopTime, ...]:
    """Each time that one of these SOPs was carried through in a period, with what it took."""
    kinds = (ClockKind.PROCEDURE, ClockKind.CASE)
    found = (
        select(clock.c.code, clock.c.amount, clock.c.clock, clock.c.office)
        .add_columns(clock.c.started_at, clock.c.ended_at, clock.c.due_at)
        .where(clock.c.kind.in_(kinds), clock.c.state == ClockState.ENDED, clock.c.code.in_(sorted(codes)))
        .where(clock.c.ended_at >= period.since, clock.c.ended_at < period.until)
        .order_by(clock.c.code, clock.c.id)
    )
    rows: Any = reader.connection.execute(found)
    return tuple(
        SopTime(row.code, row.amount, row.clock, row.due_at is None or row.ended_at <= row.due_at, _hours(reader, row))
        for row in rows
    )


def _hours(reader: Reader, row: Any) -> float:
    spent: timedelta = row.ended_at - row.started_at
    if row.clock in _WORKING and row.office in reader.organisation.offices:
        spent = time_left(row.started_at, row.ended_at, reader.organisation.calendar(row.office)).working
    return spent.total_seconds() / 3600


def indicated(reader: Reader, period: Period) -> tuple[int, int]:
    """Of how many departures prevented in a period, how many were of persons with signs of trafficking."""
    chosen = is_prevented(reader.connection, period.since, period.until)
    all_of_them = reader.connection.execute(select(func.count()).select_from(case).where(chosen)).scalar_one()
    facts = select(fact.c.value).join(case, case.c.id == fact.c.case_id).where(chosen, fact.c.name == "hasil_penapisan")
    return all_of_them, sum(row.value == INDICATED for row in reader.connection.execute(facts))


def placed_again(reader: Reader, period: Period) -> int:
    """The courses to a placement by the official way that were carried out in a period."""
    mine = (disposition.c.kind == PLACED_AGAIN, disposition.c.state == DispositionState.CLOSED)
    within = (disposition.c.closed_at >= period.since, disposition.c.closed_at < period.until)
    found = select(func.count()).select_from(disposition).where(*mine, *within)
    return int(reader.connection.execute(found).scalar_one())


def sops_in_force(reader: Reader, at: datetime) -> tuple[tuple[str, str, bool], ...]:
    """The SOPs that were in force at an instant, by code: with the title, and whether everybody may read it."""
    found = (
        select(release.c.code, release.c.title, release.c.facts)
        .where(release.c.published_at < at, (release.c.ended_at.is_(None)) | (release.c.ended_at >= at))
        .order_by(release.c.code, release.c.edition)
    )
    rows = reader.connection.execute(found)
    return tuple({row.code: (row.code, row.title, row.facts.get("public") == "publik") for row in rows}.values())


def published_figures(reader: Reader, dataset: str = "") -> tuple[Edition, ...]:
    """Every published edition, of one data set where it is named: the newest period first, then the newest edition."""
    found = select(*COLUMNS).where(figure_edition.c.state == EditionState.PUBLISHED)
    found = found.where(figure_edition.c.dataset == dataset) if dataset else found
    order = (figure_edition.c.period.desc(), figure_edition.c.edition.desc(), figure_edition.c.dataset)
    return tuple(edition_of(row) for row in reader.connection.execute(found.order_by(*order)))


def figure_file(reader: Reader, dataset: str, period: str = "", edition: int | None = None) -> FigureFile:
    """One published edition, the newest where none is named. Raises NotFound."""
    found = select(figure_edition).where(
        figure_edition.c.dataset == dataset, figure_edition.c.state == EditionState.PUBLISHED
    )
    found = found.where(figure_edition.c.period == period) if period else found
    found = found.where(figure_edition.c.edition == edition) if edition is not None else found
    order = (figure_edition.c.period.desc(), figure_edition.c.edition.desc())
    row = reader.connection.execute(found.order_by(*order).limit(1)).first()
    if row is None:
        raise NotFound(what=f"figures {dataset} {period}".strip())
    return FigureFile(edition_of(row), row.csv, row.json)


def figures_known(reader: Reader, period: str) -> Mapping[str, frozenset[EditionState]]:
    """The data sets of which there is something for a period, and where its editions stand."""
    found = select(figure_edition.c.dataset, figure_edition.c.state).where(figure_edition.c.period == period)
    known: dict[str, frozenset[EditionState]] = {}
    for row in reader.connection.execute(found.order_by(figure_edition.c.dataset)):
        known[row.dataset] = known.get(row.dataset, frozenset()) | {EditionState(row.state)}
    return known


@dataclass(frozen=True, slots=True)
class PreparedPeriod:
    """What waits to be published of one period."""

    period: str
    editions: tuple[Edition, ...]
    seal: str
    """Stands for exactly these files."""


def prepared_figures(reader: Reader, officer: Officer) -> tuple[PreparedPeriod, ...]:
    """What waits to be published, the newest period first. Raises NotYours for who does not look at it in the head office."""
    _expect_looker(reader, officer)
    found = select(*COLUMNS).where(figure_edition.c.state == EditionState.PREPARED)
    rows = reader.connection.execute(found.order_by(figure_edition.c.period.desc(), figure_edition.c.dataset))
    periods: dict[str, list[Edition]] = {}
    for each in map(edition_of, rows):
        periods.setdefault(each.period, []).append(each)
    return tuple(PreparedPeriod(text, tuple(those), seal_of(those)) for text, those in periods.items())


def prepared_file(reader: Reader, officer: Officer, number: int) -> FigureFile:
    """One edition that waits to be published. Raises NotYours, and NotFound."""
    _expect_looker(reader, officer)
    mine = (figure_edition.c.id == number) & (figure_edition.c.state == EditionState.PREPARED)
    row = reader.connection.execute(select(figure_edition).where(mine)).first()
    if row is None:
        raise NotFound(what=f"prepared figures {number}")
    return FigureFile(edition_of(row), row.csv, row.json)


def _expect_looker(reader: Reader, officer: Officer) -> None:
    powers, offices = reader.organisation.powers, reader.organisation.offices
    heads = [each for each in officer.holdings if offices[each.office].kind is OfficeKind.HEAD]
    if not any(LOOKS & powers.get(each.post, frozenset()) for each in heads):
        posts = sorted(code for code, carried in powers.items() if LOOKS & carried)
        raise NotYours(who=officer.name, act="look at figures before they are published", post=", ".join(posts))
