"""Fetch the file of a batch: whoever may exchange for its office, and each time it is recorded.

Between making a file and fetching it a person may have said no. Whoever did is taken out before the file leaves the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.course.batching import as_file, hash_of, row_of
from engine.course.placing import expect_exchange_in
from engine.course.reporting import consent_of, what_is_told
from engine.domain.batch import Batch, BatchState
from engine.domain.placement import ReportKind
from engine.domain.report import OF_THE_PERSON
from engine.errors import NotFound, WrongState
from engine.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class BatchFile:
    """What is downloaded."""

    name: str
    sha256: str
    content: bytes = field(repr=False)


class ConsentWithdrawn(WrongState):
    """Expected everybody in batch {number} to consent still, but {count} of them do not any more."""


def fetch_batch(work: UnitOfWork, number: str) -> BatchFile:
    """Return the file as it was made or came in, without those who have withdrawn their consent since it was made.

    Raises NotFound, also for a batch of another office. Refused once more where somebody in it has withdrawn their
    consent after it was fetched: what has left the house is not told a second time.
    """
    batch = work.batches.lock(number)
    if batch is None:
        raise NotFound(what=f"batch {number}")
    who = expect_exchange_in(work, batch.office, "fetch a batch", what=f"batch {number}")
    batch = _without_a_no(work, batch, who)
    if batch.state is BatchState.MADE:
        work.batches.settle(batch, BatchState.FETCHED, work.at)
    work.trail.note("batch.fetched", work.at, work.login, None, None, batch=number, rows=batch.rows)
    work.record("batch.fetched", None, **{**who, "office": batch.office}, number=number)
    return BatchFile(f"{number}.{batch.format}", batch.sha256, work.batches.read(number))


def _without_a_no(work: UnitOfWork, batch: Batch, who: Mapping[str, str]) -> Batch:
    """Make a file anew in which somebody stands who does not consent any more, where nobody has it yet."""
    if batch.direction != "out":
        return batch
    reports = work.batches.reports(batch.number)
    count = sum(ReportKind(row.event) in OF_THE_PERSON and consent_of(work, row) is None for row in reports)
    if not count:
        return batch
    if batch.state is not BatchState.MADE:
        raise ConsentWithdrawn(number=batch.number, count=count)
    told = [row_of(said) for row in reports if (said := what_is_told(work, row)) is not None]
    content = as_file(batch.format, told, number=batch.number)
    made: dict[str, Any] = {"number": batch.number, "rows": len(told), "sha256": hash_of(content)}
    work.batches.make_anew(batch, content, sha256=made["sha256"], rows=len(told))
    work.record("batch.made", None, **{**who, "office": batch.office}, **made, withdrawn=count)
    return replace(batch, rows=len(told), sha256=made["sha256"])
