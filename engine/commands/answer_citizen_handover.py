"""A local government accepts a hand-over with its protocol (*berita acara*), or says why it cannot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.course.by_pemda import (
    bring,
    expect_citizen,
    expect_past,
    expect_told,
    look_at_scan,
    tell_office,
    words,
)
from engine.domain.notice import NoticeKind
from engine.domain.pemda import ReportKind
from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.pemda import add_report, reports_of

MESSAGE = "pemda_serah_terima"
"""What a drawing may wait for (C3-M07)."""


def answer_citizen_handover(
    work: UnitOfWork,
    login: str,
    number: str,
    *,
    accepted: bool,
    happened_at: datetime,
    protocol: str = "",
    note: str = "",
    name: str = "",
    content: bytes = b"",
) -> Receipt:
    """Keep the answer, and move the case where its drawing waits for it; the office is told in any case.

    Permen P2MI 32/2025 Pasal 13 huruf e: the protocol's number belongs to an acceptance, a reason to a refusal. `name` and
    `content` are the signed protocol as PDF or photo, with an acceptance only; it lies with the papers of the case then.
    Refused a second time once it was accepted, and as a whole where the file is refused.
    """
    user = expect_told(work, login, "answer a hand-over")
    seen = expect_citizen(work, user, number)
    scan = look_at_scan(work, name, content)
    if scan is not None and not accepted:
        raise NotValid(what="the signed protocol", wanted="sent with a yes", found="sent with a no")
    case = work.cases.lock(number).case
    before = reports_of(work.connection, work.keys, case.id, user.pemda.number)
    if any(each.kind is ReportKind.ACCEPTED for each in before):
        raise WrongState(act="answer the hand-over", what="it", state="accepted already")
    kind = ReportKind.ACCEPTED if accepted else ReportKind.DECLINED
    said = {
        "protocol": words("the number of the protocol", protocol, least=1 if accepted else 0, most=100),
        "note": words("the reason", note, least=0 if accepted else 1),
    }
    row: dict[str, Any] = {
        "case_id": seen.case,
        "pemda_id": user.pemda.number,
        "user_id": user.number,
        "kind": kind.value,
    }
    row |= {"happened_at": expect_past(work, happened_at), "at": work.at}
    made = add_report(work.connection, work.keys, **said, **row)
    work.record(
        "citizen_handover.answered", case, pemda=user.pemda.area, user=user.login, answer=kind.value, report=made
    )
    bring(work, case, user, scan, made)
    case = tell_office(work, case, NoticeKind.PEMDA_ANSWERED, user, made, message=MESSAGE)
    return Receipt(case=case.number, state=kind.value, number=made)
