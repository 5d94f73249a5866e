"""A clock of a case: what has to be done within which time, since when, and until when. It measures; it never changes the flow.

Five kinds lie within each other: a step, a procedure that is called, a stage, the case, and what a law gives a span for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from engine.domain.reckoning import Reckoning
from engine.domain.release import DEFAULT_LADDER, Allowance, Duty, Rung
from engine.errors import NotValid, WrongState


class ClockKind(StrEnum):
    """What a clock measures, the innermost first."""

    STEP = "step"
    PROCEDURE = "procedure"
    """A called procedure, a micro or a macro, from its entering to its leaving."""
    STAGE = "stage"
    CASE = "case"
    DUTY = "duty"


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    """What it measured is done."""
    WITHDRAWN = "withdrawn"
    """What it measured is not needed any more."""


GOING = frozenset({ClockState.RUNNING, ClockState.PAUSED})
DEADLINE = "deadline"
"""What an incident says was going on that the ladder of a clock has opened: there is nothing in it to be tried again."""


class ClockOver(WrongState):
    """Expected to {act} the clock “{name}”, but it is over."""


class PauseReason(StrEnum):
    """Why time may stand still, as laws allow it."""

    APPLICANT = "applicant"
    """What the person has to bring is awaited."""
    OTHER_AGENCY = "other-agency"
    FORCE_MAJEURE = "force-majeure"
    SUSPENDED = "suspended"
    """The whole case rests; this pause begins and ends with that and in no other way."""


class ExtensionState(StrEnum):
    PROPOSED = "proposed"
    GRANTED = "granted"
    DECLINED = "declined"


class PauseInFuture(NotValid):
    """Expected a pause that has begun by now, but {moment} lies in the future."""


class PauseBeforeCase(NotValid):
    """Expected a pause that began after the case, which was opened at {opened}, but {moment} is before that."""


class PauseBackwards(NotValid):
    """Expected a pause that ends after it began, but {ends} is not after {begins}."""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One row of the ledger."""

    number: int
    """The row; 0 before it is stored."""
    case: int
    kind: ClockKind
    token: str
    """Of a step: its item's. Of a procedure and its duties: that of the call. Else empty."""
    name: str
    code: str
    """Of a step: `process/element`. Of a procedure and the case: the procedure. Of a stage: the stage. Of a duty: its code."""
    office: str
    """Whose calendar counts now."""
    allowance: Allowance
    started_at: datetime
    due_at: datetime | None
    """None while it is paused."""
    state: ClockState = ClockState.RUNNING
    service: str = ""
    ended_at: datetime | None = None
    edition: int = 0
    """Of the calendars by which it was counted last."""
    rung: int = 0
    """How many rungs of its ladder have been climbed."""
    next_at: datetime | None = None
    """When the next is to be climbed; None where there is none, or while it is paused."""
    ladder: tuple[Rung, ...] | None = None
    """None for the usual one."""

    @property
    def going(self) -> bool:
        """Whether it is not over."""
        return self.state in GOING

    @property
    def key(self) -> tuple[ClockKind, str, str]:
        """What tells it from every other open clock of its case."""
        return self.kind, self.token, self.code

    @property
    def rungs(self) -> Sequence[Rung]:
        """The ladder that it climbs."""
        return DEFAULT_LADDER if self.ladder is None else self.ladder

    def expect_going(self, act: str) -> CaseClock:
        """Return it, or refuse (ClockOver)."""
        if not self.going:
            raise ClockOver(act=act, name=self.name)
        return self

    def end(self, at: datetime, *, done: bool = True) -> CaseClock:
        """Be over: what it measured is done, or not needed any more."""
        self.expect_going("end")
        return replace(self, state=ClockState.ENDED if done else ClockState.WITHDRAWN, ended_at=at)

    def go_on(self) -> CaseClock:
        """Be open again after all."""
        return self if self.going else replace(self, state=ClockState.RUNNING, ended_at=None)

    def climb(self) -> CaseClock:
        """Have climbed the next rung; when the one after it comes is told by counting again."""
        self.expect_going("climb the ladder of")
        return replace(self, rung=self.rung + 1)

    def counted(self, found: Reckoning, edition: int) -> CaseClock:
        """Stand as a reckoning says; one that is over keeps its state."""
        stands = replace(self, due_at=found.due, edition=edition)
        if not self.going:
            return stands
        if found.stopped or found.due is None:
            return replace(stands, due_at=None, state=ClockState.PAUSED, next_at=None)
        return replace(stands, state=ClockState.RUNNING, next_at=next_rung(found, self.rungs, self.rung))


def next_rung(found: Reckoning, ladder: Sequence[Rung], climbed: int) -> datetime | None:
    """When the next rung of a ladder is due; None where all have been climbed, or an open pause comes before it."""
    if climbed >= len(ladder):
        return None
    rung = ladder[climbed]
    if rung.part is not None:
        return found.at_part(rung.part)
    return None if rung.after is None else found.after(rung.after)


def room_to_extend(one: CaseClock, duty: Duty | None, granted: Sequence[Allowance]) -> Allowance:
    """What may still be added to a clock, counted as its limit is; an amount of 0 where nothing may.

    The limit is what the law names for the duty that it measures, or where it names nothing, as much again as it had.
    """
    most = (duty.most if duty else None) or one.allowance
    left = most.amount - sum(each.amount for each in granted)
    if duty is not None and len(granted) >= duty.times:
        left = 0
    return Allowance(max(left, 0), most.clock, duty.allowance.basis if duty else "")


def check_span(begins: datetime, ends: datetime | None, *, opened: datetime, now: datetime) -> None:
    """Refuse a pause from the future, from before the case, or without length. It may be told later than it was."""
    for each in (begins, ends):
        if each is not None and each > now:
            raise PauseInFuture(moment=each)
    if begins < opened:
        raise PauseBeforeCase(moment=begins, opened=opened)
    if ends is not None and ends <= begins:
        raise PauseBackwards(begins=begins, ends=ends)
