"""What somebody of a local government may touch: their own citizens, and no other case. Shared by what they may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.course.progress import arrive
from engine.course.telling import holders, overseers, tell
from engine.domain.case import Case, CaseState
from engine.domain.notice import NoticeKind
from engine.errors import NotFound, NotValid, NotYours
from engine.storage import UnitOfWork
from engine.storage.citizens import FIELDS, Citizens, Seen
from engine.storage.pemda import PemdaUser, user_named

LONGEST: Final = 2_000
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
