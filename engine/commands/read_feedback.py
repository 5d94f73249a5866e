"""Tell the giver of feedback what became of it, by the number and the PIN in their hand: nothing that says who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.course.by_slip import has_tried_too_often
from engine.domain.case import CaseState
from engine.domain.feedback import ANSWER, ASIDE, READ_AT, Feedback, FeedbackState
from engine.storage import UnitOfWork
from engine.storage.slips import plain_facts_of


@dataclass(frozen=True, slots=True)
class FeedbackStatus:
    """What the holder of number and PIN learns."""

    of: Feedback
    title: str
    state: FeedbackState
    answer: str
    answered_at: datetime | None
    due_at: datetime | None
    """By when it is to be answered; None once it was, and where no time is promised."""


def read_feedback(work: UnitOfWork, code: str, pin: str, *, address: str) -> FeedbackStatus | None:
    """Return how one stands. None, with a note of the try, for anything that does not fit together."""
    found = None
    if not has_tried_too_often(work, code, address):
        found = work.feedback.open(code, pin)
        work.slips.note_try(code, address, work.at, succeeded=found is not None)
    if found is None:
        work.trail.note("feedback.refused", work.at, "", address=address)
        return None
    case = work.slips.standing(found.case)
    work.trail.note("feedback.read", work.at, "", case.id)
    answer = str(plain_facts_of(work.connection, case.id, (ANSWER,)).get(ANSWER) or "")
    done = work.feedback.done_at(case.id, READ_AT)
    if answer and done:
        state = FeedbackState.LAID_ASIDE if done.outcome == ASIDE else FeedbackState.ANSWERED
    else:
        state = FeedbackState.ENDED if case.state is CaseState.CANCELLED else FeedbackState.NEW
    about = work.releases.edition(found.procedure, found.edition)
    return FeedbackStatus(
        of=found,
        title=about.title if about else found.procedure,
        state=state,
        answer=answer if done else "",
        answered_at=done.at if done else None,
        due_at=work.feedback.due_at(case.id) if state is FeedbackState.NEW else None,
    )
