"""The one port between the engine and whatever reads a diagram as BPMN 2.0 says.

An interpreter is a pure function over small values: it knows neither cases nor officers nor the database, asks no
clock, and keeps nothing between two calls. Two stand behind this port: `engine.machine` and `engine.spiff`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from engine.domain.finding import Finding
from engine.domain.limits import LIMITS, Limits
from engine.domain.release import Allowance
from engine.errors import NotValid, WrongState
from engine.notation import Definitions

Facts = Mapping[str, Any]
"""Name → FEEL value (see `engine.feel.values`)."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a release consists of for an interpreter: the process to run and every drawing it may call."""

    code: str
    """The id of the process that is run."""
    drawings: Mapping[str, Definitions]
    """Process id → the file that holds it."""


class WaitKind(StrEnum):
    """What has to happen outside for a token to move on."""

    WORK = "work"
    """A person completes it: user and manual tasks."""
    SERVICE = "service"
    SEND = "send"
    MESSAGE = "message"
    """Receive tasks, message catch and boundary events, and those behind an event-based gateway."""
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that a case waits for."""

    token: str
    """Unique within the case and never used again in it."""
    kind: WaitKind
    process: str
    element: str
    path: tuple[str, ...] = ()
    """Ids of the sub-processes and call activities around it, outermost first, as `process/element`."""
    due: datetime | None = None
    """For a timer: the instant, with a zone, at which it fires; None where an office's calendar has to tell it."""
    since: datetime | None = None
    """For such a timer: the instant from which `allowance` is counted. A cycle is counted from its first beginning."""
    allowance: Allowance | None = None
    """For such a timer: how long after that it fires. Which office counts it, the interpreter does not know."""
    message: str | None = None
    """For a message: its name."""
    host: str | None = None
    """For a boundary event: the token of the activity it sits on (a task's wait, or the scope's own token)."""
    beside: str | None = None
    """For a boundary event: the id of that activity."""
    interrupting: bool = True
    instance: int | None = None
    """For one of several instances: its place in the list, from 0."""
    local: Facts = field(default_factory=dict)
    """Values that only this instance sees: the item of a multi-instance activity."""
    scopes: tuple[str, ...] = ()
    """The tokens of what `path` names, one each: they tell two runs of the same sub-process or call apart."""


class Closing(StrEnum):
    """How a wait ended: by what it waited for, or because the diagram no longer needs it."""

    COMPLETED = "completed"
    EXITED = "exited"


@dataclass(frozen=True, slots=True)
class Closed:
    """A wait that is over."""

    token: str
    how: Closing


@dataclass(frozen=True, slots=True)
class Passed:
    """One node or sequence flow of the way walked, in the order in which it was walked."""

    process: str
    element: str
    path: tuple[str, ...] = ()
    how: str = "passed"
    """`passed` (events, gateways, flows), `entered`, `left` or `cancelled` (activities)."""
    scopes: tuple[str, ...] = field(default=(), compare=False)
    """The tokens of what `path` names, one each, as with `Wait`."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message, or an escalation that nothing in the case caught."""

    kind: str
    """`message` or `escalation`."""
    name: str
    process: str
    element: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The whole case has come to its end."""

    how: str
    """`completed`, `terminated` or `error` (an error end event that nothing caught)."""
    process: str
    element: str
    """The end event that was reached last."""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What one event did. Everything the engine stores of a case comes from here."""

    snapshot: bytes
    """Where the case stands, in the interpreter's own words; empty once it has ended."""
    opened: tuple[Wait, ...] = ()
    closed: tuple[Closed, ...] = ()
    passed: tuple[Passed, ...] = ()
    thrown: tuple[Thrown, ...] = ()
    ended: Ended | None = None
    back: str = ""
    """How to undo this step, in the interpreter's own words (see `go_back`); empty where there is no way back."""


@dataclass(frozen=True, slots=True)
class Completed:
    """What a work, service or send wait waited for has been done."""

    token: str


@dataclass(frozen=True, slots=True)
class Due:
    """A timer's instant has come."""

    token: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """The message that a wait named has come for this case."""

    token: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A work or service wait ended with a BPMN error, to be caught by a boundary event."""

    token: str
    code: str


Event = Completed | Due | Arrived | Failed


class StartKind(StrEnum):
    NONE = "none"
    MESSAGE = "message"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Start:
    """One way in which a case of this release can begin."""

    element: str
    kind: StartKind
    message: str | None = None
    timer: tuple[str, str] | None = None
    """(`date` | `duration` | `cycle`, text), as drawn."""


class Program(Protocol):
    """A release as the interpreter holds it: immutable, shared between cases and threads."""

    @property
    def code(self) -> str:
        """The process that it runs."""
        ...

    @property
    def starts(self) -> tuple[Start, ...]:
        """In the order drawn."""
        ...

    @property
    def reads(self) -> frozenset[str]:
        """Names of the facts that any condition, timer or list in it may read."""
        ...


class Interpreter(Protocol):
    """What the engine asks of any BPMN interpreter."""

    @property
    def name(self) -> str:
        """`machine` or `spiffworkflow`; the first words of every snapshot it writes."""
        ...

    def examine(self, bundle: Bundle, limits: Limits = LIMITS) -> tuple[Finding, ...]:
        """Why this bundle cannot be run as BPMN 2.0 says: rule, element and line of each thing. Empty if it can."""
        ...

    def compile(self, bundle: Bundle, limits: Limits = LIMITS) -> Program:
        """Make it ready to run. Raises CannotRun where `examine` finds an error."""
        ...

    def start(self, program: Program, *, at: datetime, facts: Facts, start: str | None = None) -> Step:
        """Begin a case at the none start event, or at the start event named. Raises Stuck, TooLong."""
        ...

    def advance(self, program: Program, snapshot: bytes, event: Event, *, at: datetime, facts: Facts) -> Step:
        """Let one event happen. `facts` holds at least the names of `program.reads` that have a value, and `outcome`
        where an officer chose one. Raises NoSuchToken, NotThisWait, Stuck, TooLong, ConditionFailed.
        """
        ...

    def go_back(self, program: Program, snapshot: bytes, back: str) -> Step:
        """Undo one step, wherever else the case has moved since: what it opened is closed, what it closed is open again,
        under the same tokens. `back` is what the step said. Raises NoWayBack where something followed from it.
        """
        ...

    def waits(self, program: Program, snapshot: bytes) -> tuple[Wait, ...]:
        """All that the case waits for, read from the snapshot alone, in the order of their opening."""
        ...


class CannotRun(NotValid):
    """Expected a drawing that runs as BPMN 2.0 says, but {count} findings stand against it; the first: {first}"""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Keep all findings for the page that lists them."""
        self.findings = findings
        super().__init__(count=len(findings), first=str(findings[0]) if findings else "")


class NoSuchToken(WrongState):
    """Expected the case to wait at {token}, but it does not (any more)."""


class NoWayBack(WrongState):
    """Expected to undo a step from which nothing has followed, but the case has gone on from there."""


class NotThisWait(WrongState):
    """Expected {event} for {element}, but that waits for {kind}."""


class Stuck(WrongState):
    """Expected the step to lead somewhere, but after it the case would wait for nothing and not have ended ({where})."""


class TooLong(WrongState):
    """Expected the step to come to rest within {steps} flow nodes, but it did not ({where})."""


class NoWayOut(WrongState):
    """Expected a way out of {element}, but no condition of its flows is true and it has no default flow."""


class TooMany(WrongState):
    """Expected at most {limit} instances of {element}, but its list has {found}."""


class NotAList(WrongState):
    """Expected a list for {element}, but {name} is {found}."""


class NotATime(WrongState):
    """Expected a time for {element}, but {text} gives {found}."""


class ForeignSnapshot(WrongState):
    """Expected a state written by {wanted}, but this one was written by {found}."""


class TooEarly(WrongState):
    """Expected {element} to fire at {due}, but it is only {at}."""


class NotACount(WrongState):
    """Expected a whole number of instances for {element}, but {text} gives {found}."""


class ConditionFailed(WrongState):
    """Expected {element} to come to a value, but {text} does not: {reason}"""


class NoSuchStart(WrongState):
    """Expected to begin {process} at {start}, but its start events are {found}."""


class TooLarge(WrongState):
    """Expected the state of a case to stay below {limit} bytes, but after this step it would take {found}."""
