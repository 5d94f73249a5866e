"""Look at a file of a case: recorded in the same transaction, or not shown."""

from __future__ import annotations

from typing import Any

from engine.errors import NotFound
from engine.rights import expect_officer, expect_part
from engine.storage import UnitOfWork
from engine.storage.papers import PaperRead


def read_paper(work: UnitOfWork, number: str, paper: int, *, preview: bool = False) -> PaperRead:
    """Return a paper of the case with its name and content. Refused to offices that take no part."""
    expect_officer(work, "read a document")
    case = work.cases.lock(number).case
    expect_part(work, case)
    found = work.papers.get(paper)
    if found.case != case.id:
        raise NotFound(what=f"document {paper}")
    name, content = work.papers.read(paper)
    told: dict[str, Any] = {"paper": paper, "paper_kind": found.kind, **({"preview": True} if preview else {})}
    work.trail.note("paper.read", work.at, work.login, case.id, **told)
    return PaperRead(found, name, content)
