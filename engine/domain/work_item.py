"""A work item: one activity of a case that waits for an officer. Not the activity itself, which every case shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.errors import NotYours, WrongState


class WorkItemState(StrEnum):
    READY = "ready"
    RESERVED = "reserved"
    COMPLETED = "completed"
    EXITED = "exited"


BY_PERSONS = frozenset({"userTask", "manualTask"})
"""Kinds of activity that wait for a person; others are answered by whatever carries them out."""
OPEN = frozenset({WorkItemState.READY, WorkItemState.RESERVED})


class AlreadyDone(WrongState):
    """Expected to {act} work item {item}, but {who} completed it at {when}."""


class NoLongerNeeded(WrongState):
    """Expected to {act} work item {item}, but the case has gone on without it since {when}."""


class TakenByAnother(WrongState):
    """Expected to {act} work item {item}, but {who} has it since {when}."""


class StalePage(WrongState):
    """Expected to {act} work item {item} as your page showed it, but {who} changed it at {when}. Please load the page again."""


class NotCompleted(WrongState):
    """Expected to {act} work item {item}, but it has not been completed."""


class CompletedByAnother(WrongState):
    """Expected to {act} work item {item}, but it was {who} who completed it."""


class NotReserved(WrongState):
    """Expected to {act} work item {item}, but nobody has taken it."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Something to be done by a post of an office, and by whom it is held."""

    number: int
    case: int
    token: str
    process: str
    element: str
    name: str
    kind: str
    post: str
    """Empty where anybody who holds a post in the office may do it."""
    office: str
    state: WorkItemState
    opened_at: datetime
    version: int = 1
    """What a page shows and a command must name: a change in between makes the page stale."""
    path: tuple[str, ...] = ()
    officer: int | None = None
    """Who has reserved it."""
    changed_at: datetime | None = None
    changed_by: int | None = None
    opened_in: int = 0
    """The version of the case that opened it."""
    due_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    instance: int | None = None
    local: Mapping[str, Any] = field(default_factory=dict)
    way_back: str | None = None
    """How its completion is undone: the stage before, and what the interpreter said of it. None where it cannot be."""
    claimed_at: datetime | None = None
    """Since when somebody has been at it, or had been when it was completed; None where nobody took it first."""
    happened_at: datetime | None = None
    """When it really happened, where that was entered later than it happened; else None."""

    @property
    def called(self) -> str:
        """What a sentence calls it: by its step, since nobody knows it by its number."""
        return f"“{self.name}”"

    def check(self, act: str, *, by: int, seen: int, tell: Mapping[str, object]) -> WorkItem:
        """Refuse what the item's state or a stale page forbids. `tell` names who changed it last, and when."""
        about = {"act": act, "item": self.called, **tell}
        if self.state is WorkItemState.COMPLETED:
            raise AlreadyDone(**about)
        if self.state is WorkItemState.EXITED:
            raise NoLongerNeeded(**about)
        if self.officer is not None and self.officer != by:
            raise TakenByAnother(**about)
        if self.version != seen:
            raise StalePage(**about)
        return self

    def check_done(self, act: str, *, seen: int | None = None, tell: Mapping[str, object]) -> WorkItem:
        """Refuse an item that has not been completed, or a page that is stale."""
        about = {"act": act, "item": self.called, **tell}
        if self.state in OPEN:
            raise NotCompleted(act=act, item=self.called)
        if self.state is WorkItemState.EXITED:
            raise NoLongerNeeded(**about)
        if seen is not None and self.version != seen:
            raise StalePage(**about)
        return self

    def come_back(self, *, by: int | None, to: int | None, at: datetime, opened_in: int) -> WorkItem:
        """Be open again after all, for whoever is named or for all of the post, seeing what has been written till now."""
        if self.state in OPEN:
            raise WrongState(act="open a work item again", what=f"work item {self.called}", state=self.state.value)
        return replace(
            self,
            state=WorkItemState.READY if to is None else WorkItemState.RESERVED,
            version=self.version + 1,
            officer=to,
            changed_at=at,
            changed_by=by,
            closed_at=None,
            claimed_at=None if to is None else self.claimed_at or at,
            happened_at=None,
            opened_in=opened_in,
            outcome="",
            way_back=None,
        )

    def claim(self, *, by: int, at: datetime) -> WorkItem:
        """Reserve it for one officer."""
        return self._next(by, at, state=WorkItemState.RESERVED, officer=by, claimed_at=self.claimed_at or at)

    def release(self, *, by: int, at: datetime) -> WorkItem:
        """Put it back for the others of the post."""
        if self.officer is None:
            raise NotReserved(act="give back", item=self.called)
        return self._next(by, at, state=WorkItemState.READY, officer=None, claimed_at=None)

    def complete(self, *, by: int, at: datetime, outcome: str) -> WorkItem:
        """Finish it."""
        return self._next(by, at, state=WorkItemState.COMPLETED, officer=by, outcome=outcome, closed_at=at)

    def fail(self, *, by: int, at: datetime, code: str) -> WorkItem:
        """Finish it with an error, whose code is all that came of it."""
        return self.complete(by=by, at=at, outcome=code)

    def reassign(self, to: int, *, by: int | None, at: datetime) -> WorkItem:
        """Let another officer have it."""
        return self._next(by, at, state=WorkItemState.RESERVED, officer=to, claimed_at=self.claimed_at or at)

    @property
    def done_at(self) -> datetime | None:
        """When it was really done, which is what its deadline is measured by; None while it is open."""
        return self.happened_at or self.closed_at

    def exit(self, *, at: datetime) -> WorkItem:
        """End it because the diagram no longer needs it."""
        return self._next(None, at, state=WorkItemState.EXITED, closed_at=at)

    def _next(self, by: int | None, at: datetime, **changes: Any) -> WorkItem:
        if self.state not in OPEN:
            raise WrongState(act="change a work item", what=f"work item {self.called}", state=self.state.value)
        return replace(self, version=self.version + 1, changed_at=at, changed_by=by, **changes)


def not_yours(who: str, act: str, post: str) -> NotYours:
    """Say whose work it is."""
    return NotYours(who=who, act=act, post=post)
