"""What the catalogue holds: every edition in force, and an owner's drafts, read once out of their drawings for looking things up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.release import Activity
from engine.notation import CallActivity, Definitions, Process, SubProcess, nodes
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Held:
    """One edition, or one draft."""

    code: str
    title: str
    edition: int
    """0 for a draft."""
    draft: int
    """Its number; 0 for an edition in force."""
    procedure: Procedure
    steps: tuple[Activity, ...]
    """In the order of the drawing."""
    calls: tuple[tuple[str, str], ...]
    """(element, code of the procedure that it calls)."""
    conditions: tuple[tuple[str, str, str], ...]
    """(the decision that it leaves, what that is called, condition)."""

    def number(self, element: str) -> int:
        """The place of a step in the table of steps, counted from 1; 0 where it is not there."""
        return next((at for at, each in enumerate(self.steps, start=1) if each.element == element), 0)


def held_of(drawn: Definitions, code: str, title: str = "", *, edition: int = 0, draft: int = 0) -> Held:
    """What a drawing holds of one procedure; where no title is given, the drawing's own."""
    process = drawn.process(code)
    found = read_procedure(process) if process is not None else Procedure(code, title)
    steps = tuple(sorted((each for each in read_activities(drawn) if each.process == code), key=lambda each: each.line))
    return Held(code, title or found.title, edition, draft, found, steps, _calls(drawn), _conditions(drawn))


def _calls(drawn: Definitions) -> tuple[tuple[str, str], ...]:
    return tuple(
        (node.id, node.called)
        for process in drawn.processes
        for node, _ in nodes(process)
        if isinstance(node, CallActivity) and node.called
    )


def _conditions(drawn: Definitions) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (flow.source, names.get(flow.source, ""), flow.condition.text)
        for scope in _scopes(drawn)
        for names in [{node.id: node.name for node in scope.nodes}]
        for flow in scope.flows
        if flow.condition
    )


def _scopes(drawn: Definitions) -> Iterator[Process | SubProcess]:
    for process in drawn.processes:
        yield process
        yield from (node for node, _ in nodes(process) if isinstance(node, SubProcess))
