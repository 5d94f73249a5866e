"""Take in a file with news from the placement system: once, every row of it, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.course.acknowledging import as_news, problem_of
from engine.course.batching import hash_of
from engine.course.hearing import keep_news
from engine.course.placing import expect_exchange_in
from engine.domain.batch import FORMATS, BatchState
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.storage import UnitOfWork


class BatchKnown(WrongState):
    """Expected a file with news that was not taken in before, but this very file is batch {number}."""


def take_in_batch(
    work: UnitOfWork,
    office: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    content: bytes,
    format: str,  # noqa: A002 - as the table has it
) -> Receipt:
    """Keep the file, and every row of it as a piece of news; what cannot be read is kept as refused.

    The receipt's name is the batch's number, its number how many rows were refused. Refused to who may not exchange for
    the office, and for a file that was taken in before.
    """
    who = expect_exchange_in(work, office, "take in a batch")
    if format not in FORMATS:
        raise NotValid(what="the format", wanted=" or ".join(FORMATS), found=f"“{format[:20]}”")
    digest = hash_of(content)
    if before := work.batches.known("in", digest):
        raise BatchKnown(number=before)
    number = work.batches.number("in", work.at)
    problems = [
        {"row": int(each.get("row", count)), "why": f"unreadable {field}"}
        for count, each in enumerate(rows, 1)
        if (field := problem_of(each))
    ]
    by = work.officer.number if work.officer else None
    kept: dict[str, Any] = {"number": number, "direction": "in", "format_": format, "sha256": digest}
    kept |= {"rows": len(rows), "state": BatchState.TAKEN_IN, "office": office, "at": work.at, "by": by}
    row = work.batches.add(content, **kept, problems=problems)
    states = [keep_news(work, as_news(each), batch=row).state for each in rows]
    refused = states.count("refused")
    told: dict[str, Any] = {"number": number, "rows": len(rows), "refused": refused, "sha256": digest}
    work.record("batch.taken_in", None, **{**who, "office": office}, **told)
    return Receipt(state=BatchState.TAKEN_IN.value, number=refused, name=number)
