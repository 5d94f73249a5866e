"""Ask whether the person of a case is known already: in one's own office with what speaks for it, elsewhere with nothing else."""

from __future__ import annotations

from engine.course.persons import Recognition, recognise
from engine.errors import NotFound
from engine.rights import expect_officer, expect_part
from engine.storage import UnitOfWork


def recognise_subject(work: UnitOfWork, number: str) -> Recognition:
    """Return who the person of this case may be. Each such look is recorded, with the case and with whoever was found.

    Refused (NotFound) to other offices, and while nothing is known of the person.
    """
    expect_officer(work, "recognise a person")
    case = work.cases.lock(number).case
    expect_part(work, case)
    if case.subject is None:
        raise NotFound(what=f"a person in case {number}")
    person = work.subjects.person(case.subject)
    found = recognise(work, work.subjects.read(case.subject).fields, apart=frozenset({person}))
    said = {"known": len(found.known), "elsewhere": list(found.elsewhere)}
    work.trail.note("subject.recognised", work.at, work.login, case.id, person, **said)
    for each in found.known:
        work.trail.note("subject.recognised", work.at, work.login, case.id, each.person, score=each.likeness.score)
    return found
