"""What somebody of a local government may touch: their own citizens, and no other case. Shared by what they may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from engine.course.attaching import keep_paper
from engine.course.progress import arrive
from engine.course.second_factor import Bearer
from engine.course.telling import holders, overseers, tell
from engine.domain.case import Case, CaseState
from engine.domain.notice import NoticeKind
from engine.errors import NotFound, NotValid, NotYours, WrongState
from engine.storage import UnitOfWork
from engine.storage.citizens import FIELDS, Citizens, Seen
from engine.storage.paper_types import Taken, take_in_scan
from engine.storage.pemda import PemdaUser, add_paper, user_named
from engine.storage.second_factor import PEMDA

LONGEST: Final = 2_000
SIGNED: Final = "berita_acara"
"""Under which kind a signed protocol lies with the papers of a case, whoever brings it."""
_EARLIEST: Final = timedelta(days=366)
_AHEAD: Final = timedelta(minutes=10)
"""How far another clock may go before ours."""


def citizens(work: UnitOfWork) -> Citizens:
    """The one place in which anything of a case is read for a local government."""
    return Citizens(work.connection, work.subjects, work.at)


def expect_pemda_user(work: UnitOfWork, login: str, act: str) -> PemdaUser:
    """Return who acts for a local government. Refuses who is not active, and whose agreement is not in force."""
    user = user_named(work.connection, login)
    work.outsider = actor(user) if user is not None else ""
    if user is None or not user.active or not user.pemda.holds(work.at):
        raise NotYours(who=login, act=act, post="a local government with an agreement in force")
    return user


def expect_told(work: UnitOfWork, login: str, act: str) -> PemdaUser:
    """The same, where anything of a person is told: to nobody without a second factor."""
    user = expect_pemda_user(work, login, act)
    if not user.enrolled:
        raise WrongState(act=act, what="the second factor", state="not set up")
    return user


def bearer(user: PemdaUser) -> Bearer:
    """Whose second factor it is, known in the record of accesses apart from officers."""
    return Bearer(PEMDA, user.number, actor(user), "pemda_factor.refused")


def expect_citizen(work: UnitOfWork, user: PemdaUser, number: str) -> Seen:
    """One citizen whom they are told of by name. Every other case answers like one that does not exist."""
    found = citizens(work).one(user.pemda, number)
    if found is None:
        raise NotFound(what=f"citizen {number}")
    return found


def note_look(work: UnitOfWork, user: PemdaUser, kind: str, seen: Seen, why: str = "") -> None:
    """Keep who was told of whom, which fields, and when: UU 27/2022 Pasal 31."""
    told = {"pemda": user.pemda.area, "fields": list(FIELDS), **({"reason": why} if why else {})}
    work.trail.note(kind, work.at, actor(user), seen.case, seen.subject, **told)


def actor(user: PemdaUser) -> str:
    """Under which name the access record and the attempts to sign in know somebody who is no officer."""
    return f"pemda:{user.login}"[:80]


def look_at_scan(work: UnitOfWork, name: str, content: bytes) -> Taken | None:
    """The signed paper that came with a report, as it will be stored; None where none came."""
    return take_in_scan(name, content, work.limits) if name or content else None


def bring(work: UnitOfWork, case: Case, user: PemdaUser, scan: Taken | None, report: int) -> None:
    """Keep a signed paper with the case, under the report that it came with.

    Also where the case has ended: whether it has is not told to local governments, and the signature is no less good.
    """
    if scan is None:
        return
    made = keep_paper(work, case, kind=SIGNED, taken=scan, by=None)
    add_paper(work.connection, made.number, report)
    told: dict[str, Any] = {"paper": made.number, "paper_kind": made.kind, "type": made.type, "sha256": made.sha256}
    work.record("citizen_paper.brought", case, pemda=user.pemda.area, user=user.login, report=report, **told)


def tell_office(
    work: UnitOfWork, case: Case, kind: NoticeKind, user: PemdaUser, about: int, *, message: str = ""
) -> Case:
    """Let the message come to the case, or whichever of its parts waits for it, and tell the office that looks after it."""
    if message:
        case = _arrive(work, case, message)
    origin = case.origin_office or ""
    office = origin if origin and work.cases.takes_part(case, [origin]) else case.office
    officers = overseers(work, office) or holders(work, office)
    tell(work, case, kind, f"pemda {about}", officers=officers, name=user.pemda.name)
    return case


def words(what: str, text: str, *, least: int = 1, most: int = LONGEST) -> str:
    """What was written, without the blanks around it. Refused empty, where it must be given, and too long."""
    said = text.strip()
    if not least <= len(said) <= most:
        raise NotValid(what=what, wanted=f"{least} to {most} characters", found=f"{len(said)}")
    return said


def expect_past(work: UnitOfWork, moment: datetime) -> datetime:
    """Refuse an instant that has not come, or is longer ago than anybody reports."""
    if not work.at - _EARLIEST <= moment <= work.at + _AHEAD:
        raise NotValid(what="the time", wanted="within the last year", found=f"{moment:%d-%m-%Y %H:%M}")
    return moment


def _arrive(work: UnitOfWork, case: Case, message: str) -> Case:
    waiting = work.waits.waiting_in_family(case.id, message)
    if not waiting:
        return case
    if waiting[0] == case.id:
        return arrive(work, case, message) if case.state is CaseState.RUNNING else case
    part = work.cases.lock(waiting[0]).case
    if part.state is CaseState.RUNNING:
        arrive(work, part, message)
    return case
