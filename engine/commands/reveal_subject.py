"""Look at a person's data in clear text: recorded in the same transaction, or not shown."""

from __future__ import annotations

from engine.domain.subject import Subject
from engine.errors import NotFound, NotValid
from engine.rights import expect_officer, expect_part
from engine.storage import UnitOfWork


def reveal_subject(work: UnitOfWork, number: str, *, reason: str) -> Subject:
    """Return the person a case is about, every field in clear text. Refused without a reason, and to other offices."""
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    expect_officer(work, "look at a person's data")
    case = work.cases.lock(number).case
    expect_part(work, case)
    if case.subject is None:
        raise NotFound(what=f"a person in case {number}")
    person = work.subjects.read(case.subject)
    fields = sorted(person.fields)
    work.trail.note(
        "subject.revealed", work.at, work.login, case.id, person.number, reason=reason.strip(), fields=fields
    )
    return person
