"""Take a request of the person whose data this house keeps, made by the slip in their hand: it becomes work at once."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from engine.course import Happening, begin
from engine.course.beginning import draft
from engine.course.by_slip import open_slip
from engine.domain.case import Case
from engine.domain.paper import Paper
from engine.domain.receipt import Receipt
from engine.domain.subject import RIGHTS
from engine.errors import NotValid, WrongState
from engine.storage import UnitOfWork

KINDS = ("akses", "perbaikan", "penghapusan", "penarikan_persetujuan")
_LONGEST = 2_000
_MOST, _WITHIN = 3, timedelta(days=1)


class NoSuchRequest(WrongState):
    """Expected to take your request here, but office {office} has no procedure for it in force yet. Please go there in person."""


class TooManyRequests(WrongState):
    """Expected to take another request, but {most} have been made by this slip within a day. They are being worked on."""

    status = 429


def open_request(work: UnitOfWork, code: str, pin: str, *, address: str, kind: str, text: str) -> Receipt | None:
    """Open a case for the request, in the office that runs the person's case. None where code and PIN do not fit.

    The words of the request are kept as an encrypted paper of the new case, never as a fact. Refused for another kind
    of request, one without words, too many of them, and while the procedure is not in force.
    """
    slip = open_slip(work, code, pin, address)
    if slip is None:
        work.trail.note("slip.refused", work.at, "", address=address)
        return None
    said = text.strip()[:_LONGEST]
    if kind not in KINDS:
        raise NotValid(what="the request", wanted=", ".join(KINDS), found=f"“{kind[:40]}”")
    if not said:
        raise NotValid(what="the request", wanted="said in your own words", found="empty")
    case = work.cases.lock(slip.case).case
    if work.slips.requests_since(case.id, work.at - _WITHIN) >= _MOST:
        raise TooManyRequests(most=_MOST)
    release = work.releases.in_office(RIGHTS, case.office)
    if release is None:
        raise NoSuchRequest(office=work.organisation.office(case.office).name)
    asked = draft(work, release, case.office, subject=case.subject, origin_office=case.origin_office)
    facts = {"jenis_permohonan": kind, "permohonan_lewat": "kartu", "nomor_kasus_asal": case.number}
    made = begin(work, release, asked, facts, happening=Happening("case.opened", {}, {"office": case.office}))
    _keep_words(work, made, said)
    work.record("request.opened", case, request=made.number, slip=slip.number, asked=kind)
    return Receipt(case=made.number, state=made.state.value)


def _keep_words(work: UnitOfWork, case: Case, said: str) -> None:
    content = said.encode()
    digest = hashlib.sha256(content).hexdigest()
    words = Paper(0, case.id, "permohonan", "text/plain", len(content), digest, work.at, None)
    made = work.papers.add(words, "permohonan.txt", content)
    work.record("paper.attached", case, paper=made.number, paper_kind=made.kind, type=made.type, sha256=digest)
