"""A case: one run of a release for one matter. Not the person, and not what the officers wrote down about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    def running(self, act: str) -> Case:
        """Return the case, or refuse the act."""
        if self.state is not CaseState.RUNNING:
            raise CaseNotRunning(act=act, case=self.number, state=self.state.value)
        return self

    def move(self, snapshot: bytes, *, stage: str = "") -> Case:
        """Stand somewhere else in the diagram."""
        return replace(self.running("move it on"), snapshot=snapshot, stage=stage or self.stage)

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
