"""Look at everything that the register holds of one person, in clear text: recorded, or not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.course.persons import expect_person
from engine.domain.subject import LASTING
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as every row of the register tells it."""

    number: int
    rows: Mapping[int, Mapping[str, str]]
    """Row → what was written under it; the row that stands for the person first."""

    @property
    def fields(self) -> dict[str, str]:
        """One value of each field: the one of the row that stands for the person, or else of the latest."""
        found: dict[str, str] = {}
        for row in sorted(self.rows, key=lambda each: (each != self.number, -each)):
            found |= {name: text for name, text in self.rows[row].items() if name not in found}
        return found

    @property
    def differ(self) -> dict[str, tuple[tuple[int, str], ...]]:
        """The fields that the rows tell differently: each value with the row that tells it."""
        told: dict[str, list[tuple[int, str]]] = {}
        for row, fields in self.rows.items():
            for name, text in fields.items():
                if name in LASTING:
                    told.setdefault(name, []).append((row, text))
        return {name: tuple(each) for name, each in told.items() if len({text for _, text in each}) > 1}


def reveal_person(work: UnitOfWork, number: int, *, reason: str) -> PersonShown:
    """Return the person, every field in clear text. Refused without a reason, and to offices that do not know the person."""
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    expect_officer(work, "look at a person's data")
    person = expect_person(work, number)
    shown = PersonShown(person, {row: work.subjects.read_own(row) for row in work.subjects.rows_of(person)})
    said = {"reason": reason.strip(), "fields": sorted(shown.fields)}
    work.trail.note("person.revealed", work.at, work.login, None, person, **said)
    return shown
