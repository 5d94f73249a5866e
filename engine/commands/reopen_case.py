"""Open a case again: one that was cancelled goes on where it stood, one that was completed is followed by another."""

from __future__ import annotations

from engine.course import Happening, begin
from engine.course.answers import fact_names, of_persons
from engine.course.beginning import draft
from engine.course.deciding import NotInForce
from engine.course.going_back import expect_reason, open_again
from engine.course.ticking import stand_as_before
from engine.domain.case import Case, CaseNotRunning, CaseState
from engine.domain.disposition import DispositionState
from engine.domain.receipt import Receipt
from engine.domain.release import Release
from engine.errors import WrongState
from engine.process import Program, StartKind
from engine.rights import expect_officer, expect_own_office
from engine.storage import UnitOfWork
from engine.storage.counter_steps import CounterKind


class NothingKept(WrongState):
    """Expected to reopen case {case} where it stood, but it was cancelled before that was kept."""


class AboveNotRunning(WrongState):
    """Expected to reopen case {case}, but case {above} above it is {state}."""


class CourseReplaced(WrongState):
    """Expected to reopen case {case}, but the disposition that it carried out has been replaced by another."""


class CarriedOut(WrongState):
    """Expected to reopen case {case}, but it is a sub-case that has done its work; decide a disposition anew in case {above}."""


class AlreadyFollowed(WrongState):
    """Expected to reopen case {case}, but case {by} follows it already and is still open."""


def reopen_case(work: UnitOfWork, number: str, *, reason: str) -> Receipt:
    """Open a cancelled case where it stood, or a new case that follows a completed one. Returns the case that is open then.

    Refused without a reason, to other offices, and for a case that is open. Sub-cases stay closed until they are
    reopened themselves; that opens their disposition again.
    """
    text = expect_reason(reason)
    case = work.cases.lock(number).case
    who = expect_own_office(work, case, "reopen the case")
    officer = expect_officer(work, "reopen a case")
    if case.state in (CaseState.RUNNING, CaseState.SUSPENDED):
        raise CaseNotRunning(act="reopen it", case=case.number, state=case.state.value)
    again = _go_on(work, case, who) if case.state is CaseState.CANCELLED else _follow(work, case, who)
    step = work.counter_steps.add(CounterKind.REOPENED, case.id, text, by=officer.number, at=work.at)
    return Receipt(case=again.number, state=again.state.value, number=step)


def _go_on(work: UnitOfWork, case: Case, who: dict[str, str]) -> Case:
    """Bring back what was open when the case was cancelled."""
    snapshot = work.counter_steps.take_snapshot(case.id)
    if not snapshot:
        raise NothingKept(case=case.number)
    if case.parent is not None:
        _expect_course(work, case)
    ended, case = case.ended_at, case.reopen(snapshot)
    work.cases.save(case)
    work.record("case.reopened", case, **who)
    release = work.releases.get(case.release)
    interpreter, program = work.programs.for_case(release, snapshot)
    open_again(work, case, interpreter.waits(program, snapshot), own={}, by=None)
    if ended is not None:
        stand_as_before(work, case, ended)
    work.cases.note_closing(case, "")
    work.waits.wake()
    return case


def _expect_course(work: UnitOfWork, case: Case) -> None:
    """Open the disposition again that the case carries out. Refuses where the case above has ended or has another course."""
    above = work.cases.lock(case.parent or 0).case
    if above.state is not CaseState.RUNNING:
        raise AboveNotRunning(case=case.number, above=above.number, state=above.state.value)
    if case.disposition is None:
        return
    course = work.dispositions.get(case.disposition)
    if course.state is DispositionState.REPLACED:
        raise CourseReplaced(case=case.number)
    work.dispositions.save(course.reopen())
    work.record("disposition.reopened", above, disposition=course.number, sub_case=case.number)


def _follow(work: UnitOfWork, case: Case, who: dict[str, str]) -> Case:
    """Begin another case for the same person in the same office, with the facts that its procedure knows."""
    if case.parent is not None:
        raise CarriedOut(case=case.number, above=work.cases.number_of(case.parent))
    if by := work.cases.open_follower(case):
        raise AlreadyFollowed(case=case.number, by=by)
    old = work.releases.get(case.release)
    release = work.releases.in_office(old.stands_in_for or old.code, case.office)
    if release is None:
        raise NotInForce(code=old.code, title=old.title)
    _, program = work.programs.for_new(release)
    known = program.reads.union(*(fact_names(each.form) for each in release.activities.values())) - of_persons(release)
    facts = {name: value for name, value in work.facts.read_all(case.id).items() if name in known}
    made = draft(
        work,
        release,
        case.office,
        origin_office=case.origin_office,
        destination_office=case.destination_office,
        subject=case.subject,
        follows=case.id,
    )
    happening = Happening("case.opened", {"follows": case.number}, who)
    new = begin(work, release, made, facts, start=_start(program, release), happening=happening)
    work.record("case.reopened", case, **who, by_case=new.number)
    return new


def _start(program: Program, release: Release) -> str | None:
    """The start event to begin at: its plain one, or where there is none, the first."""
    if any(each.kind is StartKind.NONE for each in program.starts):
        return None
    return next((each.element for each in program.starts), release.code)
