"""The event-based gateway: waits for the first of several events; the others are then waited for no more."""

from __future__ import annotations

from typing import Protocol, cast

from engine import notation
from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.machine.state import GATEWAY, Token
from engine.process import Closing


class Alternative(Protocol):
    """A catch event or receive task, which can wait under a gateway."""

    def rest(self, run: Run, node: Node, up: int) -> None:
        """Open the wait."""


class EventBasedGateway(Behaviour):
    draws = (notation.EventBasedGateway, None)

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Wait for all alternatives at once."""
        number = run.open(GATEWAY, node, scope)
        for way in node.outgoing:
            alternative = run.program.nodes[way.target]
            run.count(alternative)
            cast("Alternative", alternative.behaviour).rest(run, alternative, number)


def chosen(run: Run, token: Token) -> Token:
    """Let one event win where it was an alternative. Gives its token as it then stands in the scope."""
    gateway = run.tokens[token.up]
    if gateway.kind != GATEWAY:
        return token
    node = run.program.nodes[gateway.node]
    for other in [each for each in run.tokens.values() if each.up == gateway.number and each != token]:
        run.close(other, Closing.EXITED)
    run.note(node, gateway.up)
    run.note_flow(node, next(flow for flow in node.outgoing if flow.target == token.node), gateway.up)
    run.adopt(token, gateway)
    return run.tokens[token.number]
