"""A release made ready to run: nodes as small numbers, with everything they need read out of the drawing once.

It is not a case: nothing here changes while one runs, and any number of cases and threads share it.
"""

# ruff: noqa: ARG002 - what a kind of element does not need of a call, it ignores

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from engine.domain.limits import Limits
from engine.expression import Condition
from engine.notation import EventDefinition, FlowNode
from engine.process import Start, StartKind, WaitKind
from engine.timing import Timer

if TYPE_CHECKING:  # behaviours move runs, and runs read programs: the ring exists in words only
    from engine.machine.multi import Multi
    from engine.machine.reading import Reading
    from engine.machine.run import Run
    from engine.machine.state import Token


class Behaviour:
    """What one kind of element does when a token comes to it: one instance for a node, never one for a token.

    A kind says with `draws` which element of the notation it is, and reads from it what it needs with `read`.
    """

    draws: ClassVar[tuple[type[FlowNode], type[EventDefinition] | None]]
    waits: ClassVar[WaitKind | None] = None
    """What has to happen outside, where the element rests."""
    start: ClassVar[StartKind | None] = None
    """How a case can begin here."""

    interrupting: bool = True
    message: str | None = None
    timer: Timer | None = None
    code: str | None = None
    """Of the error or escalation that it throws or catches; None catches all."""

    @classmethod
    def read(cls, drawn: Any, reading: Reading) -> Self:  # noqa: ARG003 - most kinds need nothing more than their place
        """Take from a drawn element what the behaviour needs."""
        return cls()

    def arrive(self, run: Run, node: Node, scope: int, flow: Flow) -> None:
        """Take in a token that has come along an arrow; only joins look which."""
        self.enter(run, node, scope)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Take in a token."""
        raise NotImplementedError(node.id)

    def happen(self, run: Run, node: Node, token: Token) -> None:
        """Go on because what a resting token waited for has happened."""
        raise NotImplementedError(node.id)

    def fail(self, run: Run, node: Node, token: Token, code: str) -> None:
        """Go on because what a resting token waited for has ended with an error."""
        raise NotImplementedError(node.id)

    def finish(self, run: Run, node: Node, token: Token) -> None:
        """Go on because nothing is left in the scope that this node opened."""
        raise NotImplementedError(node.id)

    def ready(self, run: Run, node: Node, scope: int) -> bool:
        """Fire a join that had to wait for tokens elsewhere, if it can now; say whether it did."""
        return False

    def arm(self, run: Run, node: Node, scope: int, host: int) -> None:
        """Begin to wait beside a host, where a boundary event has to."""

    def catches(self, what: str, code: str, *, exact: bool) -> bool:
        """Whether a boundary event catches an `error` or `escalation`; exactly by its code, or because it catches all."""
        return False


class Flow(NamedTuple):
    """An arrow."""

    id: str
    source: int
    target: int
    slot: int
    """Its place among the arrows that lead to the same node."""
    condition: Condition | None
    default: bool


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One flow node as the machine sees it."""

    index: int
    id: str
    process: str
    body: int
    """The body that it stands in."""
    behaviour: Behaviour
    incoming: int
    """How many arrows lead to it."""
    outgoing: tuple[Flow, ...]
    boundaries: tuple[int, ...] = ()
    multi: Multi | None = None
    chooses: bool = False
    """Whether any arrow out of it has a condition or is the default."""
    reaches: Mapping[int, int] = field(default_factory=dict)
    """For an inclusive join: node → which of its incoming arrows a token there can still reach, as bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """The inside of a process or sub-process; several scopes of one case may run in it at once."""

    process: str
    owner: int
    """The sub-process that it is the inside of; -1 for a process."""
    start: int
    """The one none start event, or -1."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A release as the machine holds it."""

    code: str
    starts: tuple[Start, ...]
    reads: frozenset[str]
    nodes: tuple[Node, ...]
    bodies: tuple[Body, ...]
    limits: Limits
    digest: str
    """Of the numbering: a snapshot belongs to this program only if it carries the same."""
    processes: dict[str, int] = field(default_factory=dict)
    """Process id → its body."""
    start_nodes: dict[str, int] = field(default_factory=dict)
    """Start event of the process that is run → its number."""
    joins: tuple[Node, ...] = ()
    """The inclusive joins, which look at what stands elsewhere."""
