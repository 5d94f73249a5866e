"""What the public has said of SOPs, for those who answer: which SOP and step, since when, by when, and where the work waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from engine.domain.case import CaseState
from engine.domain.clock import ClockKind
from engine.domain.feedback import Feedback
from engine.domain.organisation import Officer
from engine.queries.access import seen_by
from engine.queries.reader import Reader
from engine.storage.feedback import feedback_of
from engine.storage.tables import case, clock, feedback, release, work_item

MOST = 200
"""So many of those that are over are shown, the latest first."""
_OPEN = ("running", "suspended")


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One of them. Its words are a document of its case: each look at them is recorded there."""

    of: Feedback
    title: str
    """Of the SOP."""
    number: str
    """Of the case that answers it."""
    state: CaseState
    item: int | None
    """The work item that waits; None where nothing does."""
    step: str
    """What waits."""
    due_at: datetime | None


def feedback_page(reader: Reader, officer: Officer) -> tuple[tuple[FeedbackRow, ...], tuple[FeedbackRow, ...]]:
    """What is to be answered, the earliest first; and what is over. Only of cases that the officer may see."""
    open_, over = case.c.state.in_(_OPEN), case.c.state.not_in(_OPEN)
    return (
        _rows(reader, officer, open_, feedback.c.given_at.asc()),
        _rows(reader, officer, over, feedback.c.given_at.desc()),
    )


def open_feedback(reader: Reader, officer: Officer) -> int:
    """How many are still to be answered."""
    mine = select(func.count()).select_from(feedback.join(case, case.c.id == feedback.c.case_id))
    return reader.connection.execute(mine.where(seen_by(officer), case.c.state.in_(_OPEN))).scalar_one()


def _rows(
    reader: Reader, officer: Officer, which: ColumnElement[bool], order: ColumnElement[Any]
) -> tuple[FeedbackRow, ...]:
    waits = (work_item.c.case_id == case.c.id) & work_item.c.state.in_(("ready", "reserved"))
    promised = (clock.c.case_id == case.c.id) & (clock.c.kind == ClockKind.CASE)
    about = (release.c.code == feedback.c.procedure) & (release.c.edition == feedback.c.edition)
    found = (
        select(
            *feedback.c, release.c.title, case.c.number, case.c.state, work_item.c.id, work_item.c.name, clock.c.due_at
        )
        .join(case, case.c.id == feedback.c.case_id)
        .outerjoin(release, about)
        .outerjoin(work_item, waits)
        .outerjoin(clock, promised)
        .where(seen_by(officer), which)
        .order_by(order, feedback.c.case_id)
        .limit(MOST)
    )
    rows: dict[int, FeedbackRow] = {}
    for row in reader.connection.execute(found):
        made = FeedbackRow(
            feedback_of(row), row.title or "", row.number, CaseState(row.state), row.id, row.name or "", row.due_at
        )
        rows.setdefault(made.of.case, made)
    return tuple(rows.values())
