"""Look at the name and telephone of a recruiter, who is otherwise a number: recorded, or not shown."""

from __future__ import annotations

from engine.errors import NotFound, NotValid
from engine.rights import expect_officer
from engine.storage import UnitOfWork


def reveal_recruiter(work: UnitOfWork, number: int, *, reason: str) -> dict[str, tuple[str, ...]]:
    """Return every `name` and `phone` known of a recruiter.

    Refused without a reason, and (NotFound) to officers of offices that run no case which names the recruiter.
    """
    officer = expect_officer(work, "look at a recruiter's name")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    standing = work.recruiters.standing(number)
    if not officer.offices & work.recruiters.offices_of(standing):
        raise NotFound(what=f"recruiter {number}")
    work.trail.note("recruiter.revealed", work.at, work.login, None, None, recruiter=standing, reason=reason.strip())
    return work.recruiters.read(standing)
