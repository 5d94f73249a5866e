"""The terminate end event: ends its scope at once, with all that is in it.

In a sub-process or called process that is the scope alone, and what called it goes on; at the top it is the case.
"""

from __future__ import annotations

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.machine.state import ROOT


class TerminateEndEvent(Behaviour):
    draws = (notation.EndEvent, notation.TerminateDefinition)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """End the scope that the token is in."""
        run.note(node, scope)
        if scope == ROOT:
            run.end("terminated", node)
        else:
            run.clear(scope)
