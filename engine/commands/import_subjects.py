"""Take over the register that an office has kept so far, row by row, each with where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.course.importing import read_row
from engine.course.persons import STRONG, recognise
from engine.errors import NotValid, NotYours
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.subjects import Taken


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What became of one row."""

    row: int
    """As counted by whoever gave it: the first is 1, or the mapping's own `row`."""
    state: str
    """`taken`, `known` (taken, and probably somebody who is known already), `earlier` or `refused`."""
    problems: tuple[tuple[str, str], ...] = ()
    """Of a refused row: field and what is wrong with it, as words to be translated."""
    person: int | None = None
    candidates: tuple[int, ...] = ()
    """Persons of one's own office that it may be."""
    elsewhere: tuple[str, ...] = ()
    """Offices that know the person."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of every row."""

    office: str
    source: str
    rows: tuple[ImportedRow, ...]

    def count(self, state: str) -> int:
        """How many rows came to this."""
        return sum(each.state == state for each in self.rows)


def import_subjects(
    work: UnitOfWork, rows: Sequence[Mapping[str, Any]], *, source: str, office: str = "", dry: bool = False
) -> Imported:
    """Take over persons: each row is a mapping of fields of a person and facts, with an optional number `row`.

    A row that is not in order is refused and the others are taken; a row of the same source that was taken before is
    left alone, so that the same file may be sent again. `dry` only tells what would become of each. Nobody is merged.
    Refused where the officer holds no post in the office.
    """
    officer = expect_officer(work, "import persons")
    if not source.strip():
        raise NotValid(what="the source", wanted="named", found="missing")
    place, source = office or min(officer.offices, default=""), source.strip()[:200]
    if place not in officer.offices:
        raise NotYours(who=officer.name, act=f"import persons into office {place}", post=f"office {place}")
    before, done = work.subjects.taken(place, source), []
    for count, given in enumerate(rows, 1):
        number = int(given.get("row", count))
        fields, facts, problems = read_row(given, at=work.at)
        if number in before:
            done.append(ImportedRow(number, "earlier"))
            continue
        if problems:
            done.append(ImportedRow(number, "refused", problems))
            continue
        found = recognise(work, fields)
        likely = tuple(each.person for each in found.known if each.likeness.score >= STRONG)
        state = "known" if likely or found.elsewhere else "taken"
        person = None
        if not dry:
            person = work.subjects.add(work.at).number
            work.subjects.write(person, fields)
            work.subjects.take(Taken(person, place, source, number, facts, work.at, officer.number))
        before |= {number}
        done.append(ImportedRow(number, state, (), person, likely, found.elsewhere))
    result = Imported(place, source, tuple(done))
    if not dry:
        counts: dict[str, Any] = {state: result.count(state) for state in ("taken", "known", "refused", "earlier")}
        work.record("subjects.imported", office=place, source=source, **counts)
    return result
