"""Say something about a case to whoever works on it. Not a fact, not an answer, and not on the record of what was done."""

from __future__ import annotations

from typing import Any

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork
from engine.storage.comments import CommentKind

LONGEST = 4_000


def comment_on_case(work: UnitOfWork, number: str, *, text: str, item: int | None = None) -> Receipt:
    """Keep a comment, encrypted, for the offices that take part; with an `item`, at that step.

    The audit says that one was made, not what it says. Refused to other offices, empty, and when it is too long.
    """
    case = work.cases.lock(number).case
    who = expect_member(work, case, "comment on the case")
    officer = expect_officer(work, "comment on the case")
    said = text.strip()
    if not said or len(said) > LONGEST:
        raise NotValid(what="the comment", wanted=f"1 to {LONGEST} characters", found=f"{len(said)}")
    if item is not None and work.cases.item(item).case != case.id:
        raise NotFound(what=f"work item {item}")
    made = work.comments.add(
        case.id, said, by=officer.number, office=who["office"], at=work.at, item=item, kind=CommentKind.COMMENT
    )
    told: dict[str, Any] = {"comment": made, **({"item": item} if item is not None else {})}
    work.record("case.commented", case, **who, **told)
    return Receipt(case=case.number, state="commented", number=made)
