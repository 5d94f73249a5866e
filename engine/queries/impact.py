"""Whom a new edition touches: open cases that hold a procedure, and posts that somebody holds. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from engine.queries.reader import Reader
from engine.storage.tables import case, holding, office, officer, release, release_drawing

_OPEN = ("running", "suspended")


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Cases of one edition in one office that are not over."""

    office: str
    office_name: str
    code: str
    edition: int
    count: int


def open_cases_holding(reader: Reader, process: str) -> tuple[OpenCases, ...]:
    """The open cases on any edition that holds a drawing of this procedure, by office: they end on the edition they have."""
    found = (
        select(case.c.office, office.c.name, release.c.code, release.c.edition, func.count())
        .join(release, release.c.id == case.c.release_id)
        .join(release_drawing, release_drawing.c.release_id == release.c.id)
        .join(office, office.c.code == case.c.office)
        .where(release_drawing.c.process == process, case.c.state.in_(_OPEN))
        .group_by(case.c.office, office.c.name, release.c.code, release.c.edition)
        .order_by(office.c.name, release.c.code, release.c.edition)
    )
    return tuple(OpenCases(*row) for row in reader.connection.execute(found))


def held_posts(reader: Reader) -> frozenset[tuple[str, str]]:
    """(post, office) of every post that an active officer holds today."""
    today = reader.at.date()
    found = (
        select(holding.c.post, holding.c.office)
        .join(officer, officer.c.id == holding.c.officer_id)
        .where(officer.c.active, holding.c.begins_on <= today)
        .where(or_(holding.c.ends_on.is_(None), holding.c.ends_on >= today))
        .distinct()
    )
    return frozenset((row.post, row.office) for row in reader.connection.execute(found))


def officer_names(reader: Reader) -> dict[str, str]:
    """Login → name, of all there are, those no longer active too."""
    return {row.login: row.name for row in reader.connection.execute(select(officer.c.login, officer.c.name))}
