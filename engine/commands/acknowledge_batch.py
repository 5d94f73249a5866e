"""Take in what the placement system answered to a batch: which rows it has, and which it refused and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.course.acknowledging import read_answers
from engine.course.batching import hash_of
from engine.course.placing import expect_exchange_in, know_number
from engine.domain.batch import Answer, BatchState
from engine.domain.dispatch import DispatchState
from engine.domain.placement import ReportKind
from engine.domain.receipt import Receipt
from engine.domain.report import REFUSED
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.dispatches import settle

ANOTHERS = "the placement system gave a number that belongs to another case"


class FileKnown(WrongState):
    """Expected a file that was not taken in before, but this very file is batch {number}."""


class NotAnAnswer(NotValid):
    """Expected every row of the file to answer batch {number}, but rows {rows} do not; nothing was taken in."""


def acknowledge_batch(
    work: UnitOfWork,
    number: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    content: bytes,
    format: str,  # noqa: A002 - as the table has it
) -> Receipt:
    """Settle each report that a row answers: sent where it was accepted, given up with a word where it was refused.

    All or nothing: refused where a row answers nothing of this batch. A second file may answer what the first left out.
    """
    batch = work.batches.lock(number)
    if batch is None or batch.direction != "out":
        raise NotFound(what=f"batch {number}")
    who = expect_exchange_in(work, batch.office, "acknowledge a batch", what=f"batch {number}")
    digest = hash_of(content)
    if before := work.batches.known("in", digest):
        raise FileKnown(number=before)
    waiting = work.batches.went_with(number)
    answers, wrong = read_answers(rows, waiting.keys())
    if wrong or not answers:
        raise NotAnAnswer(number=number, rows=", ".join(str(each["row"]) for each in wrong[:10]) or "–")
    refused = [problem for each in answers if (problem := _settle(work, waiting[each.key], each))]
    left = len(waiting) - len(answers)
    state = BatchState.PARTLY if left else BatchState.ACKNOWLEDGED
    work.batches.settle(batch, state, work.at, [*batch.problems, *refused])
    own = work.batches.number("in", work.at)
    kept: dict[str, Any] = {"number": own, "direction": "in", "format_": format, "sha256": digest, "rows": len(rows)}
    by = work.officer.number if work.officer else None
    work.batches.add(content, **kept, state=BatchState.TAKEN_IN, office=batch.office, at=work.at, by=by)
    told: dict[str, Any] = {
        "number": number,
        "by_file": own,
        "accepted": len(answers) - len(refused),
        "refused": len(refused),
    }
    work.record("batch.acknowledged", None, **{**who, "office": batch.office}, **told, left=left)
    return Receipt(state=state.value, number=len(refused), name=number)


def _settle(work: UnitOfWork, row: Any, answer: Answer) -> dict[str, Any] | None:
    """Be done with one report. Returns what stands against it."""
    if not answer.accepted:
        settle(work.connection, row.id, DispatchState.FAILED, work.at, f"{REFUSED} ({answer.reason})")
        return {"row": answer.line, "why": answer.reason, "case": work.cases.number_of(row.case_id)}
    begins = row.event == ReportKind.BEGUN.value
    if answer.reference and not know_number(work, row.case_id, answer.reference, begins=begins):
        settle(work.connection, row.id, DispatchState.UNKNOWN, work.at, ANOTHERS)
        return {"row": answer.line, "why": "other-reference", "case": work.cases.number_of(row.case_id)}
    settle(work.connection, row.id, DispatchState.SENT, work.at)
    return None
