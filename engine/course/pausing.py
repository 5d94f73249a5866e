"""Who may stop the clocks of a case, and which; what an extension may come to. Shared by the commands that pause and extend."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from engine.domain.case import Case
from engine.domain.clock import CaseClock, ClockKind, ExtensionState, PauseReason, room_to_extend
from engine.domain.deadline import check_allowance
from engine.domain.release import Allowance
from engine.errors import NotFound, NotValid, NotYours, WrongState
from engine.rights import capacity, expect_officer, expect_own_office, expect_part
from engine.storage import UnitOfWork
from engine.storage.organisation import EXTEND
from engine.storage.pauses import PauseRow


class WithSuspension(WrongState):
    """Expected to {act} by itself, but this pause lasts as long as the suspension of case {case}."""


class PauseOver(WrongState):
    """Expected to {act} a pause that goes on, but it ended at {when}."""


class PauseVoid(WrongState):
    """Expected to {act} a pause that counts, but it was declared void at {when}."""


class NotExtendable(WrongState):
    """Expected a time that may be extended, but the law allows no extension of “{name}”."""


class ExtendedEnough(WrongState):
    """Expected to extend “{name}” once more, but it has been extended {times} times, and the law allows no more."""


class ExtensionTooLong(NotValid):
    """Expected “{name}” to be extended by at most {most} more, but {found} are asked for."""


class ExtensionTooLate(WrongState):
    """Expected to extend “{name}” while it lasts, but it was due at {when}."""


class AlreadyAsked(WrongState):
    """Expected to ask for an extension of “{name}”, but one is asked for already and waits for an answer."""


def lawful(reason: str) -> PauseReason:
    """The reason by its code. Refuses others, and a suspension, which is an act of its own."""
    allowed = [each for each in PauseReason if each is not PauseReason.SUSPENDED]
    found = next((each for each in allowed if each.value == reason), None)
    if found is None:
        wanted = ", ".join(each.value for each in allowed)
        raise NotValid(what="the reason of a pause", wanted=f"one of {wanted}", found=f"“{reason[:40]}”")
    return found


def expect_clocks(work: UnitOfWork, case: Case, numbers: Collection[int]) -> tuple[CaseClock, ...]:
    """The clocks of a case that were chosen. Refuses (NotFound) one that is not of this case."""
    known = {each.number: each for each in work.clocks.of(case.id)} if numbers else {}
    for number in numbers:
        if number not in known:
            raise NotFound(what=f"clock {number}")
    return tuple(known[number] for number in sorted(set(numbers)))


def expect_owner(work: UnitOfWork, case: Case, chosen: Collection[CaseClock], act: str) -> dict[str, str]:
    """Refuse who is not of the office whose clocks are meant: of each that was chosen, else of the case. Returns the capacity."""
    expect_part(work, case)
    if not chosen:
        return expect_own_office(work, case, act)
    officer = expect_officer(work, act)
    held: dict[str, str] = {}
    for each in chosen:
        here = next((one for one in officer.holdings if one.office == each.office), None)
        if here is None:
            raise NotYours(who=officer.name, act=act, post=f"office {each.office}")
        held = held or capacity(here)
    return held


def hold_pause(work: UnitOfWork, number: int, act: str) -> tuple[Case, PauseRow, dict[str, str]]:
    """Hold the case of a pause and read it again under the lock. Refuses others than the office whose clocks stand still,
    and a pause that is void or comes of a suspension. Returns the capacity, too.
    """
    case = work.cases.lock(work.pauses.get(number).case).case
    expect_part(work, case, f"pause {number}")
    row = work.pauses.get(number)
    who = expect_owner(work, case, expect_clocks(work, case, row.clocks), act)
    if row.reason is PauseReason.SUSPENDED:
        raise WithSuspension(act=act, case=case.number)
    if row.voided_at is not None:
        raise PauseVoid(act=act, when=work.clock_face(row.voided_at))
    return case, row, who


def touched(work: UnitOfWork, case: Case, pauses: Iterable[PauseRow]) -> list[CaseClock]:
    """The clocks of a case on which pauses bear, those included that were over when it was told."""
    spans = [(replace(each, voided_at=None), each.begins_at) for each in pauses]
    return [
        each
        for each in work.clocks.of(case.id)
        if any(row.holds(each) and (each.ended_at is None or each.ended_at > begins) for row, begins in spans)
    ]


def hold_clock(work: UnitOfWork, number: int, act: str) -> tuple[Case, CaseClock]:
    """Hold the case of a clock that is going, and read it again under the lock. Refuses (NotFound) other offices."""
    case = work.cases.lock(work.clocks.get(number).case).case
    expect_part(work, case, f"clock {number}")
    case.running(act)
    return case, work.clocks.get(number).expect_going(act)


def expect_room(work: UnitOfWork, case: Case, one: CaseClock, amount: float, basis: str) -> Allowance:
    """What may be added to a clock. Refuses more than the law allows, or where it names no limit, than the time itself."""
    duty = work.releases.get(case.release).duty(one.code) if one.kind is ClockKind.DUTY else None
    if duty is not None and not duty.times:
        raise NotExtendable(name=one.name)
    known = [each for each in work.extensions.of_case(case.id) if each.clock == one.number]
    if any(each.state is ExtensionState.PROPOSED for each in known):
        raise AlreadyAsked(name=one.name)
    granted = [each for each in known if each.state is ExtensionState.GRANTED]
    if duty is not None and len(granted) >= duty.times:
        raise ExtendedEnough(name=one.name, times=len(granted))
    room = room_to_extend(one, duty, [each.allowance for each in granted])
    added = Allowance(amount, room.clock, basis)
    check_allowance(added)
    if amount > room.amount:
        raise ExtensionTooLong(name=one.name, most=f"{room.amount:g}", found=f"{amount:g}")
    return added


def expect_in_time(work: UnitOfWork, one: CaseClock) -> None:
    """Refuse to ask for more of a time that is over: what is late stays late."""
    due: datetime | None = one.due_at
    if due is not None and due <= work.at:
        raise ExtensionTooLate(name=one.name, when=work.clock_face(due))


def expect_approver(work: UnitOfWork, case: Case, one: CaseClock, what: str, act: str) -> dict[str, str]:
    """Refuse who holds no post that decides on extensions in the office of the clock, of the case, or the head office.

    Such a post is enough: the head office need not take part in the case. To whom the case does not exist, `what` does not.
    """
    officer = expect_officer(work, act)
    held = work.organisation.extends(officer, one.office, case.office)
    if held is None:
        expect_part(work, case, what)
        posts = sorted(post for post, carried in work.organisation.powers.items() if EXTEND in carried)
        raise NotYours(who=officer.name, act=act, post=", ".join(posts) or f"a post that may {EXTEND}")
    return capacity(held)
