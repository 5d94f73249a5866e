"""The releases that cases run on, as the catalogue lists and shows them. Drafts and sheets are not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from engine.domain.release import Activity, Release, ReleaseState
from engine.errors import NotFound
from engine.queries.reader import Reader
from engine.storage.tables import case, release, release_drawing


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the catalogue: an edition without its drawings."""

    number: int
    code: str
    edition: int
    title: str
    state: ReleaseState
    published_at: datetime
    published_by: str
    ended_at: datetime | None
    facts: Mapping[str, str]
    """What the sheet says of the whole: owner, status, promised time."""


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """Everything about one edition."""

    row: ReleaseRow
    release: Release
    steps: tuple[Activity, ...]
    """Its own activities, in the order of the file; those of what it calls not among them."""
    editions: tuple[ReleaseRow, ...]
    """All editions of the same code, the newest first."""
    calls: tuple[ReleaseRow, ...]
    """What it calls, as far as that is in force by itself."""
    called_by: tuple[ReleaseRow, ...]
    """The editions in force that hold a drawing of it."""
    running: int
    """Cases of this edition that run now, in all offices."""


_COLUMNS = [each for each in release.c if each.name != "activities"]
_IN_FORCE = release.c.state == ReleaseState.IN_FORCE


def catalogue(reader: Reader, *, search: str = "") -> tuple[ReleaseRow, ...]:
    """Every edition in force, by code; with `search`, those whose code or title holds the text."""
    found = select(*_COLUMNS).where(_IN_FORCE).order_by(release.c.code)
    if text := search.strip():
        found = found.where(
            release.c.title.icontains(text, autoescape=True) | release.c.code.icontains(text, autoescape=True)
        )
    return tuple(_line(row) for row in reader.connection.execute(found))


def release_page(reader: Reader, code: str, edition: int | None = None) -> ReleasePage:
    """One edition, or the one in force; where none is in force any more, the last. Raises NotFound."""
    editions = _editions(reader, code)
    row = next((each for each in editions if edition in {None, each.edition}), None)
    if edition is None:
        row = next((each for each in editions if each.state is ReleaseState.IN_FORCE), row)
    if row is None:
        raise NotFound(what=f"procedure {code}" + (f", edition {edition}" if edition else ""))
    whole = reader.release(row.number)
    own = sorted((each for each in whole.activities.values() if each.process == code), key=lambda each: each.line)
    return ReleasePage(
        row,
        whole,
        tuple(own),
        editions,
        calls=_in_force(reader, set(whole.drawings) - {code}),
        called_by=_callers(reader, code),
        running=_running(reader, row.number),
    )


def _editions(reader: Reader, code: str) -> tuple[ReleaseRow, ...]:
    found = select(*_COLUMNS).where(release.c.code == code).order_by(release.c.edition.desc())
    return tuple(_line(row) for row in reader.connection.execute(found))


def _in_force(reader: Reader, codes: set[str]) -> tuple[ReleaseRow, ...]:
    found = select(*_COLUMNS).where(release.c.code.in_(sorted(codes)), _IN_FORCE).order_by(release.c.code)
    return tuple(_line(row) for row in reader.connection.execute(found))


def _callers(reader: Reader, code: str) -> tuple[ReleaseRow, ...]:
    found = (
        select(*_COLUMNS)
        .join(release_drawing, release_drawing.c.release_id == release.c.id)
        .where(release_drawing.c.process == code, release.c.code != code, _IN_FORCE)
        .order_by(release.c.code)
    )
    return tuple(_line(row) for row in reader.connection.execute(found))


def _running(reader: Reader, number: int) -> int:
    found = select(func.count()).select_from(case).where(case.c.release_id == number, case.c.state == "running")
    return reader.connection.execute(found).scalar_one()


def _line(row: Row[Any]) -> ReleaseRow:
    return ReleaseRow(
        row.id,
        row.code,
        row.edition,
        row.title,
        ReleaseState(row.state),
        row.published_at,
        row.published_by,
        row.ended_at,
        {name: said for name, said in row.facts.items() if isinstance(said, str)},
    )
