"""Look for persons by name, identity number or telephone: recorded each time, and never by a part of a number."""

from __future__ import annotations

from collections.abc import Mapping

from engine.course.persons import Recognition, recognise
from engine.domain.subject import MATCHED
from engine.errors import NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork


def search_subjects(work: UnitOfWork, *, fields: Mapping[str, str]) -> Recognition:
    """Return who is known by these fields: in the officer's own offices by number, elsewhere only where to ask.

    What was looked for is not kept; which kinds of field, and how many were found, is. Refused without a field to look
    by, and for a name of fewer than three letters.
    """
    officer = expect_officer(work, "look for persons")
    given = {name: text.strip() for name, text in fields.items() if text.strip()}
    if not given or not given.keys() <= MATCHED:
        raise NotValid(what="what is looked for", wanted="a name, an identity number or a telephone", found="nothing")
    if set(given) <= {"nama", "nama_alias"} and len(given.get("nama", "")) < 3:  # noqa: PLR2004 - a letter finds everybody
        raise NotValid(what="the name", wanted="at least three letters", found="shorter")
    found = recognise(work, given)
    said = {"by": sorted(given), "known": len(found.known), "elsewhere": list(found.elsewhere)}
    work.trail.note("subjects.searched", work.at, officer.login, None, None, **said)
    for each in found.known:
        work.trail.note("subjects.searched", work.at, officer.login, None, each.person, by=sorted(given))
    return found
