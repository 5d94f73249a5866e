"""What a bundle becomes for SpiffWorkflow: text that it parses, and what each opaque name in that text stands for.

A plan is no state: it is made once, and any number of cases and threads share it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.expression import Condition
from engine.notation import FlowNode
from engine.process import Start
from engine.timing import Timer

Role: TypeAlias = Literal["node", "body", "split", "rejoin", "begin", "gather", "finish", "stop", "fan", "pass"]
"""`node` and `body` (of a multi-instance activity) are drawn; the others SpiffWorkflow or the rewriting adds."""


@dataclass(frozen=True, slots=True)
class Site:
    """The place in the drawing that a task spec of SpiffWorkflow stands for."""

    process: str
    element: str
    role: Role
    node: FlowNode | None = None
    message: str | None = None
    """What a send task is to send."""

    @property
    def key(self) -> str:
        """Its name in snapshots: made of ids that are drawn, so that it outlives a change of the rewriting."""
        return f"{self.role} {self.process}/{self.element}"


@dataclass(frozen=True, slots=True)
class Sign:
    """What an event waits for or tells; found again by the id of its definition in the text."""

    kind: Literal["timer", "message", "error", "escalation", "throw"]
    process: str
    element: str
    message: str | None = None
    code: str | None = None
    timer: Timer | None = None


@dataclass(frozen=True, slots=True)
class Instances:
    """Over what a multi-instance activity runs, and when that is enough."""

    element: str
    collection: str | None
    item: str | None
    cardinality: Condition | None
    enough: Condition | None


@dataclass(slots=True)
class Plan:
    """One bundle, rewritten."""

    code: str
    starts: tuple[Start, ...] = ()
    texts: dict[str, bytes] = field(default_factory=dict)
    """Start event → the text in which a case begins there."""
    sites: dict[str, Site] = field(default_factory=dict)
    """Name of a task spec → its place."""
    flows: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Names of two task specs → process and id of the arrow between them."""
    signs: dict[str, Sign] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    instances: dict[str, Instances] = field(default_factory=dict)
    """Name of the task spec of a multi-instance activity → what it runs over."""

    reads: set[str] = field(default_factory=set)
    """The facts that any condition, timer or list may read; names that only instances see left out."""


ALWAYS = "always"
"""The key of a condition that holds whatever the facts are."""
COUNTERS = frozenset(
    {"numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances"}
)
"""What a completion condition may read besides facts (ISO/IEC 19510, table 10.30)."""
OUTCOME = "outcome"
"""What an officer decided: it comes with the completion, so no program declares to read it."""
SIGN = ".sign"
"""What the id of an event definition has more than the name of its event."""
