"""Say that a file of a case is not to be used: the wrong one, or one that nobody can read."""

from __future__ import annotations

from engine.domain.paper import AlreadyWithdrawn
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork

_LONGEST = 500


def withdraw_paper(work: UnitOfWork, number: str, paper: int, *, reason: str) -> Receipt:
    """Mark a paper of the case as withdrawn. It stays, with who, when and why; nothing is deleted.

    Refused without a reason, to offices that take no part, and for one that is withdrawn already.
    """
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    officer = expect_officer(work, "withdraw a document")
    case = work.cases.lock(number).case
    who = expect_member(work, case, "withdraw a document")
    found = work.papers.get(paper)
    if found.case != case.id:
        raise NotFound(what=f"document {paper}")
    if not found.counts:
        by = work.papers.withdrawer(paper)
        raise AlreadyWithdrawn(who=by, when=work.clock_face(found.withdrawn_at))
    found = found.withdraw(by=officer.number, at=work.at, reason=reason.strip()[:_LONGEST])
    work.papers.save(found)
    work.record("paper.withdrawn", case, **who, paper=paper, paper_kind=found.kind, reason=found.reason)
    return Receipt(case=case.number, state="withdrawn", number=paper)
