"""What was told to the owners of SOPs, as rows: found by its number and PIN, which are kept as hashes only."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from engine.domain.clock import ClockKind
from engine.domain.feedback import Feedback, FeedbackKind
from engine.domain.work_item import WorkItemState
from engine.storage.slips import code_hash, pin_hash
from engine.storage.tables import clock, feedback, paper, work_item


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was completed."""

    at: datetime
    outcome: str


class Feedbacks:
    """All feedback."""

    def __init__(self, connection: Connection) -> None:
        """Use this transaction."""
        self._connection = connection

    def add(self, made: Feedback, code: str, pin: str) -> None:
        """Keep a new one by the hashes of its number and PIN."""
        row = {
            "case_id": made.case,
            "code_hash": code_hash(code),
            "pin_hash": pin_hash(code, pin),
            "procedure": made.procedure,
            "edition": made.edition,
            "step": made.step,
            "kind": made.kind,
            "given_at": made.given_at,
        }
        self._connection.execute(insert(feedback), row)

    def open(self, code: str, pin: str) -> Feedback | None:
        """The one of a number and its PIN. It does the same work whether the number is known or not."""
        row = self._connection.execute(select(feedback).where(feedback.c.code_hash == code_hash(code))).first()
        right = hmac.compare_digest(pin_hash(code, pin), row.pin_hash if row else "0" * 64)
        return feedback_of(row) if row is not None and right else None

    def given_since(self, procedure: str, since: datetime) -> int:
        """How many have been given about one procedure since."""
        mine = (feedback.c.procedure == procedure) & (feedback.c.given_at >= since)
        return self._connection.execute(select(func.count()).select_from(feedback).where(mine)).scalar_one()

    def has_words(self, procedure: str, sha256: str, since: datetime) -> bool:
        """Whether the very same words were given about a procedure since."""
        mine = (feedback.c.procedure == procedure) & (feedback.c.given_at >= since) & (paper.c.sha256 == sha256)
        found = select(paper.c.id).join(feedback, feedback.c.case_id == paper.c.case_id).where(mine).limit(1)
        return self._connection.execute(found).first() is not None

    def done_at(self, case: int, element: str) -> Done | None:
        """When a step of a case was completed last, and with which outcome."""
        mine = (work_item.c.case_id == case) & (work_item.c.element == element)
        mine &= work_item.c.state == WorkItemState.COMPLETED
        found = select(work_item.c.closed_at, work_item.c.outcome).where(mine).order_by(work_item.c.id.desc()).limit(1)
        row = self._connection.execute(found).first()
        return Done(row.closed_at, row.outcome) if row else None

    def due_at(self, case: int) -> datetime | None:
        """By when the case is promised."""
        found = select(clock.c.due_at).where(clock.c.case_id == case, clock.c.kind == ClockKind.CASE)
        return self._connection.execute(found.order_by(clock.c.id)).scalars().first()


def feedback_of(row: Any) -> Feedback:
    """One as its row says it."""
    return Feedback(row.case_id, row.procedure, row.edition, row.step, FeedbackKind(row.kind), row.given_at)
