"""Put what waits to be told to the placement system into one file: numbered, hashed, encrypted, and read for it now."""

from __future__ import annotations

from typing import Any

from engine.course.batching import as_file, hash_of, row_of
from engine.course.placing import expect_exchange_in
from engine.course.reporting import what_is_told
from engine.domain.batch import FORMATS, MOST_ROWS, BatchState
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.storage import UnitOfWork


class NothingToReport(WrongState):
    """Expected reports of office {office} that wait to go out, but there are none."""


def make_batch(work: UnitOfWork, office: str, *, format: str = "xlsx") -> Receipt:  # noqa: A002 - what it is called on the page
    """Make it of the cases that an office runs. The receipt's name is its number, its number how many rows it has.

    What is told of a person is read here and noted as an access; a report without consent is withdrawn, as over the
    line. Refused to who may not exchange for the office, and where nothing waits.
    """
    who = expect_exchange_in(work, office, "make a batch for the placement system")
    if format not in FORMATS:
        raise NotValid(what="the format", wanted=" or ".join(FORMATS), found=f"“{format[:20]}”")
    waiting = work.batches.to_report(office, MOST_ROWS)
    told = [(row.id, said) for row in waiting if (said := what_is_told(work, row)) is not None]
    if not told:
        if waiting:
            return Receipt(state="nothing", number=0, notes=("batch.all_withdrawn",))
        raise NothingToReport(office=office)
    number = work.batches.number("out", work.at)
    content = as_file(format, [row_of(said) for _, said in told], number=number)
    by = work.officer.number if work.officer else None
    made: dict[str, Any] = {"number": number, "rows": len(told), "sha256": hash_of(content)}
    work.batches.add(
        content,
        number=number,
        direction="out",
        format_=format,
        sha256=hash_of(content),
        rows=len(told),
        state=BatchState.MADE,
        office=office,
        at=work.at,
        by=by,
    )
    work.batches.put_into([row for row, _ in told], number)
    work.record("batch.made", None, **{**who, "office": office}, **made)
    return Receipt(state=BatchState.MADE.value, number=len(told), name=number)
