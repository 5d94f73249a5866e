"""A case: one run of a release for one matter. Not the person, and not what the officers wrote down about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from engine.domain.release import Whose
from engine.errors import WrongState


class CaseState(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CaseNotRunning(WrongState):
    """Expected to {act}, but case {case} is {state}."""


class CaseSuspended(WrongState):
    """Expected to {act}, but {who} suspended case {case} at {when}: {why}"""


class NoSuchOffice(WrongState):
    """Expected the {whose} office of case {case} to be known for {step}, but {field} has not been filled in yet."""


@dataclass(frozen=True, slots=True)
class Case:
    """Where one matter stands."""

    id: int
    """The row; people see the number."""
    number: str
    """`S-2026-00417`, a sub-case `S-2026-00417.1`."""
    release: int
    office: str
    state: CaseState
    opened_at: datetime
    origin_office: str | None = None
    destination_office: str | None = None
    subject: int | None = None
    parent: int | None = None
    disposition: int | None = None
    """The disposition of the parent that this case carries out."""
    stage: str = ""
    snapshot: bytes = b""
    version: int = 0
    ended_at: datetime | None = None
    ended_how: str = ""
    """`completed`, `terminated`, `error` or `cancelled`, and what more there is to say."""
    closing: str = ""
    """The code of the closing reason in the register, where it was cancelled for one of them."""

    follows: int | None = None
    """The completed case that was opened anew with this one."""
    pauses: int = 0
    """How many pauses of its clocks are open."""
    held_up: Mapping[str, str] | None = field(default=None, compare=False)
    """Of a suspended case: who suspended it, when (on the reader's clock) and why."""

    def running(self, act: str) -> Case:
        """Return the case, or refuse the act."""
        if self.held_up:
            raise CaseSuspended(act=act, case=self.number, **self.held_up)
        if self.state is not CaseState.RUNNING:
            raise CaseNotRunning(act=act, case=self.number, state=self.state.value)
        return self

    def move(self, snapshot: bytes, *, stage: str = "") -> Case:
        """Stand somewhere else in the diagram."""
        return replace(self.running("move it on"), snapshot=snapshot, stage=stage or self.stage)

    def stand_again(self, snapshot: bytes, stage: str) -> Case:
        """Stand where it stood before."""
        return replace(self.running("take it back"), snapshot=snapshot, stage=stage)

    def suspend(self) -> Case:
        """Rest until it is resumed."""
        return replace(self.running("suspend it"), state=CaseState.SUSPENDED)

    def resume(self) -> Case:
        """Go on after a suspension."""
        if self.state is not CaseState.SUSPENDED:
            raise CaseNotRunning(act="resume it", case=self.number, state=self.state.value)
        return replace(self, state=CaseState.RUNNING, held_up=None)

    def reopen(self, snapshot: bytes) -> Case:
        """Go on after having been cancelled."""
        if self.state is not CaseState.CANCELLED:
            raise CaseNotRunning(act="reopen it", case=self.number, state=self.state.value)
        state = CaseState.RUNNING
        return replace(self, state=state, snapshot=snapshot, ended_at=None, ended_how="", closing="")

    def end(self, state: CaseState, how: str, *, at: datetime) -> Case:
        """Come to rest for good; the snapshot is no longer needed."""
        return replace(self.running("end it"), snapshot=b"", state=state, ended_how=how, ended_at=at)

    def office_of(self, whose: Whose, head: str, *, step: str = "") -> str:
        """Which office a lane means. Refuses where that office is not known yet."""
        office = {
            Whose.CASE: self.office,
            Whose.ORIGIN: self.origin_office,
            Whose.DESTINATION: self.destination_office,
            Whose.HEAD: head or None,
        }[whose]
        if office is None:
            raise NoSuchOffice(whose=whose.value, case=self.number, step=step, field=f"{whose.value}_office")
        return office
