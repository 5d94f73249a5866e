"""A local government reports that a citizen has come home."""

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
from engine.errors import WrongState
from engine.storage import UnitOfWork
from engine.storage.pemda import add_report, reports_of

MESSAGE = "pemda_lapor_tiba"
"""What a drawing may wait for (C3-M06, C3-M07)."""


def report_citizen_arrival(
    work: UnitOfWork,
    login: str,
    number: str,
    *,
    happened_at: datetime,
    note: str = "",
    name: str = "",
    content: bytes = b"",
) -> Receipt:
    """Keep the report, and move the case where its drawing waits for it; the office is told.

    `name` and `content` are the signed protocol as PDF or photo, where it is in hand by now; it lies with the papers of
    the case then. Refused a second time, and as a whole where the file is refused.
    """
    user = expect_told(work, login, "report an arrival")
    seen = expect_citizen(work, user, number)
    scan = look_at_scan(work, name, content)
    case = work.cases.lock(number).case
    before = reports_of(work.connection, work.keys, case.id, user.pemda.number)
    if any(each.kind is ReportKind.ARRIVED for each in before):
        raise WrongState(act="report the arrival", what="it", state="reported already")
    row: dict[str, Any] = {"case_id": seen.case, "pemda_id": user.pemda.number, "user_id": user.number}
    row |= {"kind": ReportKind.ARRIVED.value, "happened_at": expect_past(work, happened_at), "at": work.at}
    made = add_report(work.connection, work.keys, protocol="", note=words("the note", note, least=0), **row)
    work.record("citizen_arrival.reported", case, pemda=user.pemda.area, user=user.login, report=made)
    bring(work, case, user, scan, made)
    case = tell_office(work, case, NoticeKind.PEMDA_ARRIVAL, user, made, message=MESSAGE)
    return Receipt(case=case.number, state=ReportKind.ARRIVED.value, number=made)
