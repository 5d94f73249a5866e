"""What a rule of the profile looks at: one process of a bundle, with its drawing and its surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from engine import notation
from engine.domain.finding import Finding, Severity
from engine.domain.limits import Limits
from engine.machine.compiling import scopes_in
from engine.machine.reach import Edges, edges_of
from engine.notation import Definitions, Element, Expression, FlowNode, Lookup, Process, Scope, SubProcess
from engine.process import Bundle

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Sight:
    """One process under examination."""

    bundle: Bundle
    limits: Limits
    definitions: Definitions
    process: Process

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(self.definitions)

    @cached_property
    def nodes(self) -> tuple[FlowNode, ...]:
        """All flow nodes, however deep."""
        return tuple(node for node, _ in notation.nodes(self.process))

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        return tuple(scopes_in(self.process))

    @cached_property
    def edges(self) -> dict[str, Edges]:
        """Scope → what leads to what in it."""
        return {scope.id: edges_of(scope) for scope in self.scopes}

    @property
    def is_called(self) -> bool:
        """Whether another process of the bundle calls this one."""
        return self.process.id != self.bundle.code

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """All nodes of one kind."""
        return (node for node in self.nodes if isinstance(node, kind))

    def elements(self) -> Iterator[Element]:
        """The process, its nodes, arrows, event definitions and loops."""
        yield self.process
        for scope in self.scopes:
            yield from scope.flows
            for node in scope.nodes:
                yield node
                if isinstance(node, notation.Event):
                    yield from node.definitions
                if isinstance(node, notation.Activity) and node.loop:
                    yield node.loop

    def expressions(self) -> Iterator[tuple[Element, Expression]]:
        """Every expression that would be evaluated, with the element to name."""
        for scope in self.scopes:
            yield from ((flow, flow.condition) for flow in scope.flows if flow.condition)
        for activity in self.of(notation.Activity):
            loop = activity.loop
            if isinstance(loop, notation.MultiInstance):
                yield from ((activity, each) for each in (loop.cardinality, loop.completion_condition) if each)

    def timers(self) -> Iterator[tuple[notation.Event, notation.TimerDefinition]]:
        """Every timer, with its event."""
        for event in self.of(notation.Event):
            yield from ((event, each) for each in event.definitions if isinstance(each, notation.TimerDefinition))

    def definitions_of(self, kind: type[Kind]) -> Iterator[tuple[notation.Event, Kind]]:
        """Every event definition of a kind, with its event."""
        for event in self.of(notation.Event):
            yield from ((event, each) for each in event.definitions if isinstance(each, kind))


def find(
    rule: str,
    element: Element,
    message: str,
    *,
    severity: Severity = "error",
    line: int = 0,
    **facts: object,
) -> Finding:
    """One finding at one element; its id and name are always among the facts."""
    told = {"id": element.id, "name": element.name or element.id, **facts}
    return Finding(rule, message, severity, element.id or None, line or element.line or None, told)


def is_sub_process(scope: Scope) -> bool:
    """Whether a scope is a sub-process rather than a whole process."""
    return isinstance(scope, SubProcess)
