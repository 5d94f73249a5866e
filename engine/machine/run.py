"""One event worked through to rest: tokens move along a queue until each of them waits, or the case has ended.

It lives for one call only. Behaviours change a case through its methods and in no other way.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.machine.program import Flow, Node, Program
from engine.machine.snapshot import encode
from engine.machine.state import BOUNDARY, GATEWAY, JOIN, MULTI, ROOT, SCOPE, TASK, WAITING, State, Token
from engine.machine.waits import OUTERMOST, locals_of, path_of, scopes_of, wait_of
from engine.machine.way_back import remember
from engine.process import Closed, Closing, Ended, NoWayOut, Passed, Step, Stuck, Thrown, TooLong


class Run:
    """The work of one step."""

    __slots__ = (
        "at",
        "before",
        "closed",
        "emptied",
        "ended",
        "facts",
        "following",
        "last",
        "opened",
        "passed",
        "program",
        "queue",
        "steps",
        "thrown",
        "tokens",
        "under",
    )

    def __init__(self, program: Program, state: State, at: datetime, facts: Mapping[str, Any]) -> None:
        if at.tzinfo is None:
            raise ValueError("Expected an instant with a zone.")
        self.program = program
        self.at = at
        self.facts = facts
        self.before = state
        self.following = state.following
        self.tokens: dict[int, Token] = {ROOT: OUTERMOST} | {token.number: token for token in state.tokens}
        self.under = Counter(token.up for token in state.tokens)
        self.queue: deque[tuple[int, int, Flow | None]] = deque()
        self.emptied: list[int] = []
        self.opened: dict[int, None] = {}
        self.closed: list[Closed] = []
        self.passed: list[Passed] = []
        self.thrown: list[Thrown] = []
        self.ended: Ended | None = None
        self.last: Node | None = None
        self.steps = 0

    # Moving.

    def go(self, target: int, scope: int, flow: Flow | None = None) -> None:
        """Send a token to a node."""
        self.queue.append((target, scope, flow))

    def follow(self, flow: Flow, scope: int) -> None:
        """Send a token along an arrow."""
        self.queue.append((flow.target, scope, flow))

    def leave(self, node: Node, scope: int) -> None:
        """Send a token along every arrow out of a node whose condition, if it has one, is true.

        Without an arrow the token ends here. Raises NoWayOut where no condition of several is true.
        """
        if not node.outgoing:
            self.consume(node, scope)
            return
        if not node.chooses:
            for flow in node.outgoing:
                self.follow(flow, scope)
            return
        facts = self.facts_in(scope)
        true = [flow for flow in node.outgoing if flow.condition and flow.condition.holds(facts, self.at)]
        taken = [flow for flow in node.outgoing if (flow in true if flow.condition else not (flow.default and true))]
        if not taken:
            raise NoWayOut(element=node.id)
        for flow in taken:
            self.follow(flow, scope)

    def consume(self, node: Node, scope: int) -> None:
        """Let a token end at a node."""
        if scope == ROOT:
            self.last = node
        self.emptied.append(scope)

    # Opening and closing.

    def open(
        self, kind: str, node: Node, up: int, *, place: int = -1, due: str = "", more: tuple[Any, ...] = ()
    ) -> int:
        """Let a new token rest."""
        number = self.following
        self.following += 1
        self.tokens[number] = Token(number, kind, node.index, up, place, due, more)
        self.under[up] += 1
        if kind in WAITING:
            self.opened[number] = None
        return number

    def close(self, token: Token, how: Closing = Closing.COMPLETED) -> None:
        """Take a resting token away; what stands under it must be gone."""
        del self.tokens[token.number]
        self.under[token.up] -= 1
        if not self.under[token.up]:
            self.emptied.append(token.up)
        if token.kind not in WAITING:
            return
        if token.number in self.opened:
            del self.opened[token.number]  # it came and went within one step: nobody outside needs to hear of it
        else:
            self.closed.append(Closed(str(token.number), how))

    def adopt(self, token: Token, gateway: Token) -> None:
        """Let the alternative that won stand in the scope of its gateway, which is gone."""
        self.tokens[token.number] = token._replace(up=gateway.up)
        self.under[gateway.up] += 1
        self.under[gateway.number] = 0
        self.close(gateway)

    def cancel(self, number: int) -> None:
        """Take an open activity away, with all that is in it and beside it."""
        doomed = self._with_all_under({number}, beside=True)
        self._cancel([self.tokens[each] for each in doomed])

    def clear(self, scope: int) -> None:
        """Take away all that is in a scope, tokens on their way included."""
        doomed = self._with_all_under({scope}, beside=False) - {scope}
        self._cancel([self.tokens[each] for each in doomed])
        self.queue = deque(each for each in self.queue if each[1] != scope)
        self.emptied.append(scope)

    def _with_all_under(self, doomed: set[int], *, beside: bool) -> set[int]:
        for token in sorted(self.tokens.values()):  # what stands under a token is younger than it
            if token.up in doomed or (beside and token.kind == BOUNDARY and token.place in doomed):
                doomed.add(token.number)
        return doomed

    def _cancel(self, doomed: list[Token]) -> None:
        for token in sorted(doomed):
            entered = self.tokens[token.up].kind not in (MULTI, GATEWAY)  # what waits under a gateway has not begun
            if token.kind in (TASK, SCOPE, MULTI) and entered:
                self.note(self.program.nodes[token.node], self.scope_of(token), "cancelled")
        for token in sorted(doomed, reverse=True):
            self.close(token, Closing.EXITED)

    def disarm(self, node: Node, host: int) -> None:
        """Take the boundary events of an activity away."""
        if node.boundaries:
            for token in [each for each in self.tokens.values() if each.kind == BOUNDARY and each.place == host]:
                self.close(token, Closing.EXITED)

    # Asking.

    def scope_of(self, token: Token) -> int:
        """The scope that a token stands in."""
        up = token.up
        while self.tokens[up].kind != SCOPE:
            up = self.tokens[up].up
        return up

    def first_at(self, node: Node, scope: int) -> dict[int, Token]:
        """The token that waits longest at a join, for each arrow along which one has come."""
        first: dict[int, Token] = {}
        for token in self.tokens.values():
            if token.kind == JOIN and token.node == node.index and token.up == scope:
                first.setdefault(token.place, token)
        return first

    def facts_in(self, number: int) -> Mapping[str, Any]:
        """The facts as they are seen from inside a scope or instance."""
        hidden = locals_of(self.program, self.tokens, self.tokens[number])
        return {**self.facts, **hidden} if hidden else self.facts

    # Telling.

    def count(self, node: Node) -> None:
        """Count one node against the budget of the step."""
        self.steps += 1
        if self.steps > self.program.limits.steps:
            raise TooLong(steps=self.program.limits.steps, where=node.id)

    def note(self, node: Node, scope: int, how: str = "passed") -> None:
        """Put a node on the way walked."""
        self.passed.append(Passed(node.process, node.id, *self._place(scope, how)))

    def note_flow(self, node: Node, flow: Flow, scope: int) -> None:
        """Put an arrow on the way walked."""
        self.passed.append(Passed(node.process, flow.id, *self._place(scope)))

    def _place(self, scope: int, how: str = "passed") -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        return path_of(self.program, self.tokens, scope), how, scopes_of(self.tokens, scope)

    def throw(self, kind: str, name: str, node: Node) -> None:
        """Tell the world something."""
        self.thrown.append(Thrown(kind, name, node.process, node.id))

    def end(self, how: str, node: Node, code: str | None = None) -> None:
        """End the whole case."""
        self.clear(ROOT)
        self.queue.clear()
        self.emptied.clear()
        self.ended = Ended(how, node.process, node.id, code)

    # Coming to rest.

    def rest(self) -> Step:
        """Work until nothing moves. Raises TooLong, Stuck and whatever a behaviour refuses."""
        while self._move() or self._finish() or self._join():
            pass
        if self.ended:
            return self._step()
        if not any(token.kind in WAITING for token in self.tokens.values()):
            raise Stuck(where=self._where())
        resting = tuple(sorted(token for token in self.tokens.values() if token.number != ROOT))
        return self._step(State(self.following, resting))

    def _move(self) -> bool:
        if not self.queue:
            return False
        target, scope, flow = self.queue.popleft()
        if scope in self.tokens:
            node = self.program.nodes[target]
            self.count(node)
            if flow:
                self.note_flow(node, flow, scope)
                node.behaviour.arrive(self, node, scope, flow)
            else:
                node.behaviour.enter(self, node, scope)
        return True

    def _finish(self) -> bool:
        if not self.emptied:
            return False
        token = self.tokens.get(self.emptied.pop())
        if token is None or token.kind != SCOPE or self.under[token.number]:
            return True
        if token.number == ROOT:
            if self.last:
                self.end("completed", self.last)
            return True
        node = self.program.nodes[token.node]
        node.behaviour.finish(self, node, token)
        return True

    def _join(self) -> bool:
        """Ask the oldest waiting join that looks at the whole scope whether its time has come."""
        asked = set()
        for token in sorted(self.tokens.values()):
            if token.kind == JOIN and (token.node, token.up) not in asked:
                asked.add((token.node, token.up))
                node = self.program.nodes[token.node]
                if node.behaviour.ready(self, node, token.up):
                    return True
        return False

    def _step(self, state: State | None = None) -> Step:
        snapshot = encode(state, self.program.digest) if state else b""
        return Step(
            snapshot=snapshot,
            opened=tuple(wait_of(self.program, self.tokens, self.tokens[number]) for number in self.opened),
            closed=tuple(self.closed),
            passed=tuple(self.passed),
            thrown=tuple(self.thrown),
            ended=self.ended,
            back=remember(self.program, self.before, state, snapshot) if state and self.before.tokens else "",
        )

    def _where(self) -> str:
        waiting = {self.program.nodes[token.node].id for token in self.tokens.values() if token.kind == JOIN}
        return ", ".join(sorted(waiting)) or self.program.code
