"""Grant or decline more time, as another officer than the one who asked; and draft what the person is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from engine.course.going_back import expect_reason
from engine.course.lettering import Matter, gather
from engine.course.pausing import expect_approver
from engine.course.telling import tell
from engine.course.ticking import recount, told_moves
from engine.domain.case import Case
from engine.domain.clock import ExtensionState
from engine.domain.notice import NoticeKind
from engine.domain.paper import Paper
from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import expect_officer
from engine.storage import UnitOfWork
from engine.storage.extensions import AlreadyDecided

ACT = "decide on an extension"
NOTICE = "pemberitahuan_perpanjangan"
"""The kind of paper with which the person is told."""


class OwnRequest(NotYours):
    """Expected another officer to decide on the extension, but {who} asked for it; four eyes are needed."""


def decide_extension(
    work: UnitOfWork,
    extension: int,
    *,
    grant: bool,
    answer: str = "",
    draft: Callable[[Matter], bytes] | None = None,
    fields: Sequence[str] = (),
) -> Receipt:
    """Grant an extension, so that the clock moves by it at once, or decline it with a reason.

    `draft` writes the notice to the person, with those `fields` of theirs; it is kept among the papers of the case.
    Whoever holds a post with the power to extend in the office of the clock or of the case decides, or in the head office,
    which need not take part in the case. Refused to others, to whoever asked, and once it has been decided.
    """
    said = answer.strip() if grant and not answer.strip() else expect_reason(answer)
    officer = expect_officer(work, ACT)
    asked = work.extensions.get(extension)
    case = work.cases.lock(work.clocks.get(asked.clock).case).case
    asked, one = work.extensions.get(extension), work.clocks.get(asked.clock)
    who = expect_approver(work, case, one, f"extension {extension}", ACT)
    if asked.asked_by == officer.number:
        raise OwnRequest(who=officer.name)
    if asked.state is not ExtensionState.PROPOSED:
        raise AlreadyDecided(state=asked.state.value, when=work.clock_face(asked.decided_at))
    case.running(ACT)
    told: dict[str, Any] = {"extension": asked.number, "clock": one.number}
    state, notice = ExtensionState.GRANTED if grant else ExtensionState.DECLINED, None
    decided: dict[str, Any] = {"by": officer.number, "at": work.at}
    work.extensions.decide(asked.number, state, said, **decided, notice=None)
    if grant:
        told |= told_moves(recount(work, case, [one.expect_going("extend")]))
        notice = _draft(work, case, who["post"], draft, fields) if draft else None
    if notice is not None:
        work.extensions.decide(asked.number, state, said, **decided, notice=notice.number)
        told |= {"notice": notice.number, "sha256": notice.sha256}
    work.record("extension.decided", case, **who, state=state.value, **told)
    kind = NoticeKind.EXTENSION_GRANTED if grant else NoticeKind.EXTENSION_DECLINED
    tell(work, case, kind, f"extension {asked.number}", officers=[asked.asked_by], name=one.name)
    return Receipt(case=case.number, state=state.value, number=notice.number if notice else asked.number)


def _draft(work: UnitOfWork, case: Case, post: str, draft: Callable[[Matter], bytes], fields: Sequence[str]) -> Paper:
    """Write the notice and keep it. It is a draft: somebody signs and sends it."""
    officer = expect_officer(work, ACT)
    matter = gather(work, case, post=post, fields=fields, facts=())
    content = draft(matter)
    digest = hashlib.sha256(content).hexdigest()
    if matter.person:
        reason = {"reason": "notice of an extension", "fields": sorted(matter.person), "letter": NOTICE}
        work.trail.note("subject.revealed", work.at, work.login, case.id, **reason)
    made = Paper(0, case.id, NOTICE, "application/pdf", len(content), digest, work.at, officer.number)
    return work.papers.add(made, f"{NOTICE}.pdf", content)
