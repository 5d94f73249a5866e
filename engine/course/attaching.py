"""How a file is kept with a case, whoever brings it: encrypted, and within what a case may have."""

from __future__ import annotations

import hashlib

from engine.domain.case import Case
from engine.domain.paper import Paper, expect_kind
from engine.errors import NotValid
from engine.storage import UnitOfWork
from engine.storage.paper_types import Taken


def keep_paper(
    work: UnitOfWork, case: Case, *, kind: str, taken: Taken, by: int | None, item: int | None = None
) -> Paper:
    """Store a file that was looked at. Refused where the case has as many papers as it may have."""
    kept = work.papers.count(case.id)
    if kept >= work.limits.papers_of_case:
        raise NotValid(what="the documents of a case", wanted=f"at most {work.limits.papers_of_case}", found=str(kept))
    made = Paper(
        number=0,
        case=case.id,
        kind=expect_kind(kind),
        type=taken.type,
        size=len(taken.content),
        sha256=hashlib.sha256(taken.content).hexdigest(),
        added_at=work.at,
        added_by=by,
        item=item,
    )
    return work.papers.add(made, taken.name, taken.content)
