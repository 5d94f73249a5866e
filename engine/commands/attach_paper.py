"""Put a file to a case: a scan, a photo, a letter that somebody signed."""

from __future__ import annotations

from typing import Any

from engine.course.attaching import keep_paper
from engine.domain.case import CaseState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_member, expect_officer
from engine.storage import UnitOfWork
from engine.storage.paper_types import take_in


def attach_paper(
    work: UnitOfWork, number: str, *, kind: str, name: str, content: bytes, item: int | None = None
) -> Receipt:
    """Keep a file with a case, encrypted; a picture is made anew, without where and when it was taken.

    `kind` is the name of the document field that it answers, or `lainnya`; `item` the work item at which it was
    attached. Refused to offices that take no part, for a case that has ended, for a file that is none of the kinds
    that are taken, whose name misleads or that is too large, and for more papers than a case may have.
    """
    officer = expect_officer(work, "attach a document")
    case = work.cases.lock(number).case
    who = expect_member(work, case, "attach a document")
    if case.state not in {CaseState.RUNNING, CaseState.SUSPENDED}:
        raise WrongState(act="attach a document", what=f"case {case.number}", state=case.state.value)
    if item is not None and work.cases.item(item).case != case.id:
        raise NotFound(what=f"work item {item}")
    taken = take_in(name, content, work.limits)
    made = keep_paper(work, case, kind=kind, taken=taken, by=officer.number, item=item)
    told: dict[str, Any] = {"paper": made.number, "paper_kind": made.kind, "type": made.type, "sha256": made.sha256}
    if item is not None:
        told["item"] = item
    work.record("paper.attached", case, **who, **told)
    return Receipt(case=case.number, state="attached", number=made.number)
