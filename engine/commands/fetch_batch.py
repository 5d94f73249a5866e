"""Fetch the file of a batch: whoever may exchange for its office, and each time it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.course.placing import expect_exchange_in
from engine.domain.batch import BatchState
from engine.errors import NotFound
from engine.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class BatchFile:
    """What is downloaded."""

    name: str
    sha256: str
    content: bytes = field(repr=False)


def fetch_batch(work: UnitOfWork, number: str) -> BatchFile:
    """Return the file as it was made or came in. Raises NotFound, also for a batch of another office."""
    batch = work.batches.lock(number)
    if batch is None:
        raise NotFound(what=f"batch {number}")
    who = expect_exchange_in(work, batch.office, "fetch a batch", what=f"batch {number}")
    if batch.state is BatchState.MADE:
        work.batches.settle(batch, BatchState.FETCHED, work.at)
    work.trail.note("batch.fetched", work.at, work.login, None, None, batch=number, rows=batch.rows)
    work.record("batch.fetched", None, **{**who, "office": batch.office}, number=number)
    return BatchFile(f"{number}.{batch.format}", batch.sha256, work.batches.read(number))
