"""Make a letter of a case: a recorded look at the person, and a record of what was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.course.lettering import Extended, Matter, gather
from engine.errors import NotValid
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is handed out."""

    content: bytes
    sha256: str


def print_letter(
    work: UnitOfWork,
    number: str,
    *,
    letter: str,
    fields: Sequence[str],
    facts: Sequence[str],
    reason: str,
    render: Callable[[Matter], bytes],
) -> Letter:
    """Gather what a letter needs, let it be made, and record the look and the letter with its hash.

    Only the named fields of the person are read. Refused without a reason and to offices that take no part.
    """
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    expect_officer(work, "print a letter")
    case = work.cases.lock(number).case
    who = expect_member(work, case, "print a letter")
    matter = gather(work, case, post=who["post"], fields=fields, facts=facts)
    content, person = render(matter), matter.person
    digest = hashlib.sha256(content).hexdigest()
    if person:
        told = {"reason": reason.strip(), "fields": sorted(person), "letter": letter}
        work.trail.note("subject.revealed", work.at, work.login, case.id, **told)
    work.record("letter.printed", case, **who, letter=letter, sha256=digest)
    return Letter(content, digest)


__all__ = ["Extended", "Letter", "Matter", "print_letter"]
