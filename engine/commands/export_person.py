"""Give a person what the register holds of them: the right of access of UU 27/2022, recorded like every look."""

from __future__ import annotations

from typing import Any

from engine.course.persons import expect_person, seen_cases
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork


def export_person(work: UnitOfWork, number: int, *, reason: str) -> dict[str, Any]:
    """Return one person's data as JSON: the fields with the case or register that told them, the cases, who has looked.

    Refused without a reason, and to offices that do not know the person. Cases of other offices are told by their
    office alone.
    """
    officer = expect_officer(work, "export a person's data")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    person = expect_person(work, number)
    rows, seen = work.subjects.rows_of(person), set(seen_cases(work, person))
    document = {
        "person": person,
        "made_at": work.at.isoformat(),
        "made_by": officer.name,
        "reason": reason.strip(),
        "told": [
            {"row": row, "from": work.subjects.told_by(row, seen), "fields": work.subjects.read_own(row)}
            for row in rows
        ],
        "cases": [
            {
                "number": each.number if each.number in seen else None,
                "office": each.office,
                "state": each.state,
                "opened_at": each.opened_at.isoformat(),
            }
            for each in work.subjects.cases_of(person)
        ],
        "looks": [
            {"at": each.at.isoformat(), "officer": each.officer, "what": each.kind, "why": each.data.get("reason", "")}
            for each in work.subjects.looks_at(person)
        ],
    }
    work.trail.note("person.exported", work.at, work.login, None, person, reason=reason.strip())
    return document
