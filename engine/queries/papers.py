"""The papers of a case: what they are, who brought them and which are still asked for. Never their names or contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.domain.case import Case
from engine.domain.organisation import Officer
from engine.domain.paper import Paper
from engine.domain.release import FieldKind
from engine.queries.access import visible_case
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.papers import paper_of
from engine.storage.pemda import papers_of
from engine.storage.slips import Slips
from engine.storage.tables import paper, pemda, slip


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the case, with the names of who brought it and who withdrew it."""

    paper: Paper
    label: str
    """What the document field calls it; empty for a kind that no step of the procedure asks for."""
    by: str
    withdrawn_by: str
    pemda: str
    """The local government that brought it; empty for all others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of document that some step of the procedure asks for."""

    kind: str
    label: str
    required: bool
    there: bool


@dataclass(frozen=True, slots=True)
class PapersPage:
    """Every paper of one case."""

    case: Case
    rows: tuple[PaperRow, ...]
    wanted: tuple[Wanted, ...]
    slip_at: datetime | None
    """When the slip that the person holds was issued; None where there is none."""


def papers_page(reader: Reader, officer: Officer, number: str) -> PapersPage:
    """The papers of a case, the latest first. Raises NotFound where there is none that the officer may see."""
    found = visible_case(reader, officer, number)
    own = select(paper).where(paper.c.case_id == found.id)
    rows = [paper_of(each) for each in reader.connection.execute(own.order_by(paper.c.id.desc()))]
    seen = {each for one in rows for each in (one.added_by, one.withdrawn_by) if each is not None}
    names = names_of(reader, seen)
    brought = {each.number: each for each in papers_of(reader.connection, found.id)}
    governments = _governments(reader, {each.pemda for each in brought.values()})
    wanted = wanted_of(reader, found)
    labels = {each.kind: each.label for each in wanted}
    good = select(slip.c.issued_at).where(slip.c.case_id == found.id, slip.c.revoked_at.is_(None))
    return PapersPage(
        found,
        tuple(
            PaperRow(
                each,
                labels.get(each.kind, ""),
                brought[each.number].by if each.number in brought else names.get(each.added_by or 0, ""),
                names.get(each.withdrawn_by or 0, ""),
                governments[brought[each.number].pemda] if each.number in brought else "",
            )
            for each in rows
        ),
        wanted,
        reader.connection.execute(good).scalar(),
    )


def _governments(reader: Reader, numbers: set[int]) -> dict[int, str]:
    """The names of local governments, by their rows."""
    found = select(pemda.c.id, pemda.c.name).where(pemda.c.id.in_(numbers))
    return {row.id: row.name for row in reader.connection.execute(found)} if numbers else {}


def is_slip_of(reader: Reader, officer: Officer, number: str, code: str) -> bool:
    """Whether a code is that of the slip which the person of this case holds. Raises NotFound like the case's page."""
    found = visible_case(reader, officer, number)
    return Slips(reader.connection).is_code_of(found.id, code)


def wanted_of(reader: Reader, found: Case) -> tuple[Wanted, ...]:
    """The documents that the steps of a case's release ask for, in the order of its drawings."""
    there = kinds_of(reader, found)
    activities = reader.release(found.release).activities.values()
    asked: dict[str, Wanted] = {}
    for activity in activities:
        for each in activity.form:
            if each.kind is FieldKind.DOCUMENT:
                before = asked.get(each.name)
                required = each.required or (before is not None and before.required)
                asked[each.name] = Wanted(
                    each.name, before.label if before else each.label, required, each.name in there
                )
    return tuple(asked.values())


def kinds_of(reader: Reader, found: Case) -> frozenset[str]:
    """The kinds of which the case has a paper that was not withdrawn."""
    rows = select(paper.c.kind).where(paper.c.case_id == found.id, paper.c.withdrawn_at.is_(None)).distinct()
    return frozenset(reader.connection.execute(rows).scalars())
