"""The editions in force with their own drawings, for whoever reads the catalogue as a whole. What they call is not among it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine.domain.release import ReleaseState
from engine.queries.reader import Reader
from engine.storage.tables import drawing, release, release_drawing

AT_ONCE: Final = 100
"""So many drawings are fetched with one statement."""


@dataclass(frozen=True, slots=True)
class OwnDrawing:
    """One edition with the drawing of the procedure itself."""

    number: int
    code: str
    edition: int
    title: str
    drawing: bytes


def numbers_in_force(reader: Reader) -> frozenset[int]:
    """The rows of all editions in force: the same rows are the same catalogue, since an edition never changes."""
    found = select(release.c.id).where(release.c.state == ReleaseState.IN_FORCE)
    return frozenset(reader.connection.execute(found).scalars())


def own_drawings(reader: Reader, numbers: Collection[int]) -> Iterator[OwnDrawing]:
    """These editions, by code within each fetch."""
    wanted = sorted(numbers)
    for at in range(0, len(wanted), AT_ONCE):
        found = (
            select(release.c.id, release.c.code, release.c.edition, release.c.title, drawing.c.content)
            .join(release_drawing, release_drawing.c.release_id == release.c.id)
            .join(drawing, drawing.c.sha256 == release_drawing.c.sha256)
            .where(release.c.id.in_(wanted[at : at + AT_ONCE]), release_drawing.c.process == release.c.code)
            .order_by(release.c.code)
        )
        yield from (OwnDrawing(*row) for row in reader.connection.execute(found))
