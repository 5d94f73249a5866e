"""What all activities have in common: how they are entered, interrupted and left. It is no element of its own."""

from __future__ import annotations

from engine.machine.program import Behaviour, Node
from engine.machine.run import Run
from engine.machine.state import TASK, Token
from engine.machine.waits import is_instance


class Activity(Behaviour):
    """A task, sub-process or call activity."""

    def enter(self, run: Run, node: Node, scope: int) -> None:
        """Begin it once, or once for each instance, and arm its boundary events."""
        run.note(node, scope, "entered")
        if node.multi:
            node.multi.begin(run, node, scope)
        else:
            arm(run, node, scope, self.begin(run, node, scope))

    def begin(self, run: Run, node: Node, up: int, place: int = -1) -> int:
        """Open one run of it and return its token."""
        return run.open(TASK, node, up, place=place)

    def happen(self, run: Run, node: Node, token: Token) -> None:
        """Finish it."""
        self.finish(run, node, token)

    def fail(self, run: Run, node: Node, token: Token, code: str) -> None:
        """Let it end with an error."""
        throw_error(run, node, token, code)

    def finish(self, run: Run, node: Node, token: Token) -> None:
        """Close one run of it; leave when that was the last."""
        if node.multi and is_instance(run.tokens, token):
            node.multi.finish(run, node, token)
            return
        run.close(token)
        run.disarm(node, token.number)
        run.note(node, token.up, "left")
        run.leave(node, token.up)


def arm(run: Run, node: Node, scope: int, host: int) -> None:
    """Let the boundary events of an activity wait beside it."""
    for index in node.boundaries:
        boundary = run.program.nodes[index]
        boundary.behaviour.arm(run, boundary, scope, host)


def throw_error(run: Run, node: Node, thrower: Token, code: str) -> None:
    """Interrupt the innermost activity around (or at) a token that catches the error; else end the case with it."""
    found = catcher(run, thrower, "error", code)
    if found is None:
        run.end("error", node, code)
        return
    host, boundary = found
    run.cancel(host.number)
    run.note(boundary, host.up)
    run.leave(boundary, host.up)


def throw_escalation(run: Run, node: Node, thrower: Token, code: str) -> None:
    """Tell the innermost activity around a token that catches the escalation; else tell the world."""
    found = catcher(run, thrower, "escalation", code)
    if found is None:
        run.throw("escalation", code, node)
        return
    host, boundary = found
    if boundary.behaviour.interrupting:
        run.cancel(host.number)
    run.note(boundary, host.up)
    run.leave(boundary, host.up)


def catcher(run: Run, token: Token, what: str, code: str) -> tuple[Token, Node] | None:
    """The innermost open activity, this one or around it, with a boundary event that catches this."""
    while token.node >= 0:
        if is_instance(run.tokens, token):
            token = run.tokens[token.up]  # boundary events sit on all instances together
        boundaries = [run.program.nodes[index] for index in run.program.nodes[token.node].boundaries]
        for exact in (True, False):
            for boundary in boundaries:
                if boundary.behaviour.catches(what, code, exact=exact):
                    return token, boundary
        token = run.tokens[run.scope_of(token)]
    return None
