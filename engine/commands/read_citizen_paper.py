"""A local government looks again at a paper that it brought itself: recorded in the same transaction, or not shown."""

from __future__ import annotations

from engine.course.by_pemda import actor, expect_citizen, expect_told
from engine.domain.paper import Paper
from engine.errors import NotFound
from engine.storage import UnitOfWork
from engine.storage.papers import PaperRead
from engine.storage.pemda import papers_of


def read_citizen_paper(work: UnitOfWork, login: str, number: str, paper: int) -> PaperRead:
    """Return a paper that this local government brought, with its name and content.

    Every other paper answers like one that does not exist, and so does whoever is not told of by name any more.
    """
    user = expect_told(work, login, "see its citizens")
    seen = expect_citizen(work, user, number)
    mine = {each.number for each in papers_of(work.connection, seen.case, user.pemda.number)}
    if paper not in mine:
        raise NotFound(what=f"document {paper}")
    found: Paper = work.papers.get(paper)
    name, content = work.papers.read(paper)
    told = {"pemda": user.pemda.area, "paper": paper, "paper_kind": found.kind}
    work.trail.note("citizen_paper.read", work.at, actor(user), seen.case, seen.subject, **told)
    return PaperRead(found, name, content)
