"""The machine itself: the port `engine.process.Interpreter`, answered from programs and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engine.domain.finding import Finding
from engine.domain.limits import LIMITS, Limits
from engine.machine.compiling import compile_bundle
from engine.machine.profile import examine
from engine.machine.program import Program as Ours
from engine.machine.run import Run
from engine.machine.snapshot import decode, encode
from engine.machine.state import ROOT, WAITING, State
from engine.machine.waits import OUTERMOST, wait_of
from engine.machine.way_back import undo
from engine.process import (
    Arrived,
    Bundle,
    CannotRun,
    Closed,
    Closing,
    Completed,
    Due,
    Event,
    Facts,
    Failed,
    NoSuchStart,
    NoSuchToken,
    NotThisWait,
    Program,
    Step,
    TooEarly,
    Wait,
    WaitKind,
)
from engine.timing import read_instant

_ANSWERS: Final[Mapping[type[Event], frozenset[WaitKind]]] = {
    Completed: frozenset({WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND}),
    Failed: frozenset({WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND}),
    Arrived: frozenset({WaitKind.MESSAGE}),
    Due: frozenset({WaitKind.TIMER}),
}
_FIRST: Final = State(ROOT + 1, ())


class Machine:
    """Our interpreter. It holds nothing: one object serves every case and thread."""

    name: Final = "machine"

    def examine(self, bundle: Bundle, limits: Limits = LIMITS) -> tuple[Finding, ...]:
        """Why this bundle cannot be run as BPMN 2.0 says, and what is ignored of it."""
        return examine(bundle, limits)

    def compile(self, bundle: Bundle, limits: Limits = LIMITS) -> Ours:
        """Make it ready to run. Raises CannotRun."""
        errors = tuple(each for each in examine(bundle, limits) if each.severity == "error")
        if errors:
            raise CannotRun(errors)
        return compile_bundle(bundle, limits)

    def start(self, program: Program, *, at: datetime, facts: Facts, start: str | None = None) -> Step:
        """Begin a case. Raises NoSuchStart, Stuck, TooLong and what its first elements refuse."""
        ours = _ours(program)
        run = Run(ours, _FIRST, at, facts)
        run.go(_start_node(ours, start), ROOT)
        return run.rest()

    def advance(self, program: Program, snapshot: bytes, event: Event, *, at: datetime, facts: Facts) -> Step:
        """Let one event happen. Nothing is changed by an event that is refused."""
        ours = _ours(program)
        run = Run(ours, decode(snapshot, ours.digest, len(ours.nodes)), at, facts)
        token = run.tokens.get(_number(event.token))
        if token is None or token.kind not in WAITING:
            raise NoSuchToken(token=event.token)
        node = ours.nodes[token.node]
        if node.behaviour.waits not in _ANSWERS[type(event)]:
            raise NotThisWait(event=type(event).__name__, element=node.id, kind=node.behaviour.waits)
        if token.due and isinstance(due := read_instant(token.due), datetime) and at < due:
            raise TooEarly(element=node.id, due=token.due, at=at.isoformat())
        if isinstance(event, Failed):
            node.behaviour.fail(run, node, token, event.code)
        else:
            node.behaviour.happen(run, node, token)
        return run.rest()

    def go_back(self, program: Program, snapshot: bytes, back: str) -> Step:
        """Undo one step. Raises NoWayBack."""
        ours = _ours(program)
        state, came, went = undo(ours, decode(snapshot, ours.digest, len(ours.nodes)), snapshot, back)
        tokens = {ROOT: OUTERMOST} | {token.number: token for token in state.tokens}
        return Step(
            snapshot=encode(state, ours.digest),
            opened=tuple(wait_of(ours, tokens, token) for token in came if token.kind in WAITING),
            closed=tuple(Closed(str(token.number), Closing.EXITED) for token in went if token.kind in WAITING),
        )

    def waits(self, program: Program, snapshot: bytes) -> tuple[Wait, ...]:
        """All that the case waits for, in the order of opening; nothing for a case that has ended."""
        if not snapshot:
            return ()
        ours = _ours(program)
        state = decode(snapshot, ours.digest, len(ours.nodes))
        tokens = {ROOT: OUTERMOST} | {token.number: token for token in state.tokens}
        return tuple(wait_of(ours, tokens, token) for token in state.tokens if token.kind in WAITING)


def _ours(program: Program) -> Ours:
    if not isinstance(program, Ours):
        raise TypeError(f"Expected a program of the machine, but found {type(program).__name__}.")
    return program


def _number(token: str) -> int:
    """The number of a token, or one that is never used."""
    return int(token) if token.isascii() and token.isdigit() and not token.startswith("0") and len(token) < 16 else -1  # noqa: PLR2004 - no case gets that far


def _start_node(program: Ours, start: str | None) -> int:
    found = program.start_nodes.get(start, -1) if start else program.bodies[program.processes[program.code]].start
    if found < 0:
        names = ", ".join(f"{each.element} ({each.kind})" for each in program.starts)
        raise NoSuchStart(process=program.code, start=start or "its none start event", found=names)
    return found
