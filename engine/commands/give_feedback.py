"""Take what somebody who is not signed in says of an SOP: it becomes a case of its owner at once, with a clock of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from engine.course import Happening, begin
from engine.course.beginning import draft
from engine.course.telling import tell, with_power
from engine.domain.case import Case
from engine.domain.feedback import CONTACT, PROCEDURE, WORDS, Feedback, FeedbackKind, as_kept
from engine.domain.notice import NoticeKind
from engine.domain.paper import Paper
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.slips import new_code, new_pin

LONGEST, LONGEST_CONTACT, LONGEST_STEP = 4_000, 200, 300
MOST, WITHIN = 100, timedelta(days=1)
AGAIN = timedelta(minutes=15)
"""How long the same words are taken for the same message sent twice."""


class NoFeedbackYet(WrongState):
    """Expected to take your words here, but the procedure that answers them is not in force yet. Please go to the nearest office."""


class SaidAlready(WrongState):
    """Expected new words, but the same were sent a moment ago: their number and PIN were shown then."""


class TooMuchFeedback(WrongState):
    """Expected to take more words about this SOP, but {most} have come within a day. Please try again tomorrow."""

    status = 429


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """What only this answer tells: number and PIN are not kept in a form that can be read again."""

    case: str
    code: str
    pin: str


def give_feedback(
    work: UnitOfWork, procedure: str, edition: int, *, kind: str, text: str, step: str = "", contact: str = ""
) -> FeedbackGiven:
    """Open the case that answers it, in the head office, where the process owners sit, and tell them.

    Of an office's variant, that office takes part and its own process owners are told too.

    Words and contact are kept as encrypted papers of the case, never as facts; the contact with a line of chance. Refused without words, for what is no
    kind, for too many of one SOP within a day, where there is no such edition, and while the procedure is not in force.
    Whether the public may see the SOP at all is the caller's business.
    """
    said, contact = text.strip(), contact.strip()
    if kind not in set(FeedbackKind):
        raise NotValid(what="the kind of feedback", wanted=", ".join(FeedbackKind), found=f"“{kind[:40]}”")
    if not said:
        raise NotValid(what="the feedback", wanted="said in your own words", found="empty")
    if len(said) > LONGEST or len(contact) > LONGEST_CONTACT:
        found = f"{max(len(said), len(contact)):,}"
        raise NotValid(what="the feedback", wanted=f"at most {LONGEST:,} characters", found=found)
    about = work.releases.edition(procedure, edition)
    if about is None:
        raise NotFound(what=f"procedure {procedure}")
    release, head = work.releases.in_force(PROCEDURE), work.organisation.head
    if release is None or not head:
        raise NoFeedbackYet
    if work.feedback.given_since(procedure, work.at - WITHIN) >= MOST:
        raise TooMuchFeedback(most=MOST)
    if work.feedback.has_words(procedure, hashlib.sha256(said.encode()).hexdigest(), work.at - AGAIN):
        raise SaidAlready
    facts = {
        "kode_sop": procedure,
        "edisi_sop": edition,
        "langkah_sop": step[:LONGEST_STEP],
        "jenis_masukan": kind,
        "unit_pemilik_sop": str(about.facts.get("owner", "")),
    }
    case = draft(work, release, head)
    made = begin(work, release, case, facts, happening=Happening("case.opened", {}, {"office": head}))
    _keep(work, made, WORDS, said)
    if contact:
        _keep(work, made, CONTACT, as_kept(contact, new_code()))
    code, pin = new_code(), new_pin()
    given = Feedback(made.id, procedure, edition, step[:LONGEST_STEP], FeedbackKind(kind), work.at)
    work.feedback.add(given, code, pin)
    work.record("feedback.given", made, procedure=procedure, edition=edition, given=kind)
    owners = with_power(work, "publish", head)
    if about.office:
        work.cases.join(made, about.office, work.at)
        owners += with_power(work, "publish", about.office)
    tell(work, made, NoticeKind.FEEDBACK, "feedback", officers=owners, name=about.title)
    return FeedbackGiven(made.number, code, pin)


def _keep(work: UnitOfWork, case: Case, kind: str, said: str) -> None:
    content = said.encode()
    digest = hashlib.sha256(content).hexdigest()
    made = work.papers.add(
        Paper(0, case.id, kind, "text/plain", len(content), digest, work.at, None), f"{kind}.txt", content
    )
    work.record("paper.attached", case, paper=made.number, paper_kind=kind, type=made.type, sha256=digest)
