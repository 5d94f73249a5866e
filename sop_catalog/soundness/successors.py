"""What can happen next: every event of every wait, with every answer, done by the engine's own machine.

It changes nothing of how the machine moves; it only looks on, and leaves out what a step writes for the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from engine.machine.program import Node, Program
from engine.machine.run import Run
from engine.machine.state import BOUNDARY, JOIN, ROOT, SCOPE, WAITING, State, Token
from engine.machine.waits import OUTERMOST, is_instance
from engine.process import Bundle, NoWayOut, Step, Stuck, TooLong, WaitKind
from sop_catalog.soundness.abstraction import abstract
from sop_catalog.soundness.beside import Beside
from sop_catalog.soundness.ground import Spot
from sop_catalog.soundness.oracle import Oracle
from sop_catalog.soundness.state import alike

NOON: Final = datetime(2026, 1, 5, 5, tzinfo=UTC)
"""Any instant: nothing asks it."""
_BY_WAITING: Final = frozenset({WaitKind.MESSAGE, WaitKind.TIMER})
_FIRST: Final = State(ROOT + 1, ())


class How(StrEnum):
    """What happens to a wait."""

    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    CAME = "came"
    """Its message."""
    FIRED = "fired"
    """Its timer."""


class Outcome(StrEnum):
    """Where a step leads."""

    RESTS = "rests"
    ENDS = "ends"
    STUCK = "stuck"
    """It waits for nothing and has not ended."""
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Move:
    """One event, with the answers that the oracle gave on the way."""

    how: How
    token: int
    """The number of the token that it happens to; 0 at a start."""
    node: int
    code: str = ""
    """Of the error."""
    answers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leap:
    """One step from one state: what happened, where it led and what it came over."""

    move: Move
    outcome: Outcome
    state: State
    passed: tuple[Spot, ...]
    """Nodes and arrows, in order."""
    dropped: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """Each end event that ended a scope at once, as its node, with the nodes whose work was dropped by it."""
    ended: int = -1
    """The node at which a token of the outermost process ended in this step, if one did."""
    waiting: tuple[int, ...] = ()
    """Where it is stuck: the joins that wait for what does not come."""


class _Watched(Run):
    """A run that tells what it came over, and writes nothing."""

    __slots__ = ("dropped", "spots", "terminates")

    def __init__(self, program: Program, state: State) -> None:
        super().__init__(program, state, NOON, {})
        self.spots: list[Spot] = []
        self.dropped: list[tuple[int, tuple[int, ...]]] = []
        self.terminates = True

    def note(self, node: Node, scope: int, how: str = "passed") -> None:  # noqa: ARG002 - where it lies does not matter
        if how in ("passed", "entered"):
            self.spots.append((node.process, node.id))

    def note_flow(self, node: Node, flow: Any, scope: int) -> None:  # noqa: ARG002
        self.spots.append((node.process, flow.id))

    def clear(self, scope: int) -> None:
        if self.terminates and self.tokens[scope].kind == SCOPE:
            lost = [each.node for each in self.tokens.values() if each.up == scope and _counts(each)]
            lost += [target for target, where, _ in self.queue if where == scope]
            if lost:
                self.dropped.append((self._here(), tuple(sorted(set(lost)))))
        super().clear(scope)

    def end(self, how: str, node: Node, code: str | None = None) -> None:
        self.terminates = how != "error"
        super().end(how, node, code)

    def _here(self) -> int:
        process, element = self.spots[-1]
        return next(node.index for node in self.program.nodes if (node.process, node.id) == (process, element))

    def _step(self, state: State | None = None) -> Step:
        self.before = state or _FIRST
        return _NOTHING

    def leap(self, move: Move, act: Callable[[], None]) -> Leap | None:
        """Do it and work until it rests; None where no such step exists, since no arrow would be taken."""
        outcome = Outcome.RESTS
        try:
            act()
            self.rest()
        except NoWayOut:
            return None
        except Stuck:
            outcome = Outcome.STUCK
            self.before = State(self.following, tuple(sorted(each for each in self.tokens.values() if each.number)))
        except TooLong:
            outcome = Outcome.TOO_LONG
        else:
            outcome = Outcome.ENDS if self.ended else Outcome.RESTS
        joins = tuple(sorted({each.node for each in self.tokens.values() if each.kind == JOIN}))
        return Leap(
            move,
            outcome,
            self.before,
            tuple(self.spots),
            tuple(self.dropped),
            self.last.index if self.last else -1,
            joins if outcome is Outcome.STUCK else (),
        )


_NOTHING: Final = Step(b"")


class Successors:
    """The steps of one release."""

    def __init__(self, bundle: Bundle) -> None:
        self.oracle = Oracle()
        self.program = abstract(bundle, self.oracle)
        self._beside = Beside(self.program)

    def starts(self) -> Iterator[Leap]:
        """Every way to begin."""
        for start in self.program.starts:
            yield from self._every(_FIRST, Move(How.STARTED, ROOT, self.program.start_nodes[start.element]))

    def after(self, state: State) -> Iterator[Leap]:
        """Every step from a state."""
        tokens = {ROOT: OUTERMOST} | {token.number: token for token in state.tokens}
        for token in alike(state.tokens):
            if token.kind not in WAITING or self._beside.is_open(state.tokens, token):
                continue
            kind = self.program.nodes[token.node].behaviour.waits
            if kind in _BY_WAITING:
                how = How.CAME if kind is WaitKind.MESSAGE else How.FIRED
                yield from self._every(state, Move(how, token.number, token.node))
                continue
            yield from self._every(state, Move(How.DONE, token.number, token.node))
            for code in self._caught(tokens, token):
                yield from self._every(state, Move(How.FAILED, token.number, token.node, code))

    def again(self, state: State, move: Move) -> Leap | None:
        """Take one step as it was taken."""
        run = _Watched(self.program, state)
        act = self._act(run, move)
        return self.oracle.with_answers(move.answers, lambda: run.leap(move, act), decided=self._is_decided(move))[1]

    def may(self, state: State, move: Move) -> bool:
        """Whether a move is one of those that are looked at after a state."""
        token = next(each for each in state.tokens if each.number == move.token)
        return not self._beside.is_open(state.tokens, token)

    def _every(self, state: State, move: Move) -> Iterator[Leap]:
        def act() -> Leap | None:
            run = _Watched(self.program, state)
            return run.leap(move, self._act(run, move))

        for answers, leap in self.oracle.every(act, decided=self._is_decided(move)):
            if leap is not None:
                yield _with(leap, answers) if answers else leap

    def _act(self, run: _Watched, move: Move) -> Callable[[], None]:
        node = self.program.nodes[move.node]
        if move.how is How.STARTED:
            return lambda: run.go(move.node, ROOT)
        token = run.tokens[move.token]
        if move.how is How.FAILED:
            return lambda: node.behaviour.fail(run, node, token, move.code)
        return lambda: node.behaviour.happen(run, node, token)

    def _is_decided(self, move: Move) -> bool:
        return move.how is How.DONE and self.program.nodes[move.node].behaviour.waits is WaitKind.WORK

    def _caught(self, tokens: dict[int, Token], token: Token) -> list[str]:
        """Codes of the errors that an activity or something around it catches; of one that catches all, a made-up code."""
        found: dict[str, None] = {}
        while token.node >= 0:
            if is_instance(tokens, token):
                token = tokens[token.up]
            for index in self.program.nodes[token.node].boundaries:
                behaviour = self.program.nodes[index].behaviour
                code = behaviour.code if behaviour.code is not None else "*"
                if behaviour.catches("error", code, exact=True) or behaviour.catches("error", code, exact=False):
                    found[code] = None
            token = tokens[token.up]
            while token.kind != SCOPE:
                token = tokens[token.up]
        return list(found)


def _with(leap: Leap, answers: tuple[int, ...]) -> Leap:
    move = Move(leap.move.how, leap.move.token, leap.move.node, leap.move.code, answers)
    return Leap(move, leap.outcome, leap.state, leap.passed, leap.dropped, leap.ended, leap.waiting)


def _counts(token: Token) -> bool:
    """Whether a token is work or waiting of its own: not an event beside something else, nor the case itself."""
    return token.kind != BOUNDARY and token.number != ROOT
