"""What one process of a drawing calls, asks for and has brought along: worked out once, for a drawing never changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engine.domain.release import Bound, Field
from engine.notation import CallActivity, Definitions, Same, nodes
from sop_catalog.diagram.extension import read_activities, read_procedure


@dataclass(frozen=True, slots=True)
class Held:
    """One process as those around it must know it."""

    calls: frozenset[str] = frozenset()
    """Codes of what it calls itself."""
    declared: frozenset[str] = frozenset()
    """Names of the facts that its cases bring along."""
    fields: tuple[Field, ...] = ()
    """Everything that its forms ask for and keep as a fact."""


def held_in(drawing: Definitions, code: str) -> Held:
    """What the process of this code holds; nothing where there is none in the drawing."""
    return _held(Same(drawing), code)


@lru_cache(maxsize=2_048)
def _held(same: Same, code: str) -> Held:
    process = same.drawing.process(code)
    if process is None:
        return Held()
    steps = [each for each in read_activities(same.drawing) if each.process == code]
    return Held(
        frozenset(node.called for node, _ in nodes(process) if isinstance(node, CallActivity) and node.called),
        frozenset(read_procedure(process).sheet.facts),
        tuple(field for step in steps for field in step.form if field.bound is Bound.FACT),
    )
