"""A case played by hand on either interpreter, with what must be true after every step."""

import importlib
import importlib.util
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from engine.machine import Machine
from engine.process import (
    Arrived,
    Bundle,
    CannotRun,
    Completed,
    Due,
    Ended,
    Event,
    Failed,
    Interpreter,
    Program,
    Step,
    Thrown,
    Wait,
)
from tests.engine.constructs.sketch import sketch
from tests.engine.constructs.spiff_cannot import NOT_ON_SPIFFWORKFLOW

MORNING = datetime.fromisoformat("2026-01-31T08:00:00+07:00")
"""The last day of a month, so that months have something to trip over."""


class Played:
    """One case on one interpreter, its clock in the test's hand."""

    def __init__(self, interpreter: Interpreter, program: Program, facts: dict[str, Any], start: str | None) -> None:
        self.interpreter = interpreter
        self.program = program
        self.facts = facts
        self.now = MORNING
        self.open: dict[str, Wait] = {}
        self.used: set[str] = set()
        self.walked: list[str] = []
        self.path_of: dict[str, tuple[str, ...]] = {}
        self.cancelled: list[str] = []
        self.thrown: list[Thrown] = []
        self.ended: Ended | None = None
        self.snapshot = b""
        self._take(interpreter.start(program, at=self.now, facts=self._read(), start=start))

    @property
    def waiting(self) -> list[str]:
        """What the case waits for beside boundary events, sorted; twice what waits twice."""
        return sorted(wait.element for wait in self.open.values() if wait.host is None)

    @property
    def armed(self) -> list[str]:
        """The boundary events that wait."""
        return sorted(wait.element for wait in self.open.values() if wait.host is not None)

    def wait(self, element: str, instance: int | None = None) -> Wait:
        """The wait at an element; the oldest of several, or that of one instance."""
        found = [wait for wait in self.open.values() if wait.element == element]
        found = [wait for wait in found if instance is None or wait.instance == instance]
        assert found, f"nothing waits at {element}, but at {self.waiting} and {self.armed}"
        return found[0]

    def do(self, element: str, outcome: str | None = None, instance: int | None = None) -> "Played":
        """Complete a task, or let a message come."""
        wait = self.wait(element, instance)
        event: Event = Arrived(wait.token) if wait.kind == "message" else Completed(wait.token)
        return self.happen(event, outcome)

    def fail(self, element: str, code: str, instance: int | None = None) -> "Played":
        """Let a task end with an error."""
        return self.happen(Failed(self.wait(element, instance).token, code))

    def fire(self, element: str) -> "Played":
        """Let a timer fire at its time."""
        wait = self.wait(element)
        assert wait.due is not None
        self.now = max(self.now, wait.due)
        return self.happen(Due(wait.token))

    def happen(self, event: Event, outcome: str | None = None) -> "Played":
        """Let anything happen, right or wrong."""
        facts = self._read() | ({"outcome": outcome} if outcome else {})
        self._take(self.interpreter.advance(self.program, self.snapshot, event, at=self.now, facts=facts))
        return self

    def later(self, **spans: float) -> "Played":
        """Let time pass."""
        self.now += timedelta(**spans)
        return self

    def ways(self, *elements: str) -> list[str]:
        """The way walked, of these elements only."""
        return [each for each in self.walked if each in elements]

    def _read(self) -> dict[str, Any]:
        return {name: value for name, value in self.facts.items() if name in self.program.reads}

    def _take(self, step: Step) -> None:
        for closed in step.closed:
            del self.open[closed.token]
        for wait in step.opened:
            assert wait.token not in self.used, "a token was used again"
            self.used.add(wait.token)
            self.open[wait.token] = wait
        self.snapshot = step.snapshot
        self.ended = step.ended
        self.thrown += step.thrown
        self.walked += [each.element for each in step.passed if each.how in {"passed", "entered"}]
        self.path_of |= {each.element: each.path for each in step.passed}
        self.cancelled += [each.element for each in step.passed if each.how == "cancelled"]
        if step.ended:
            assert (self.open, step.snapshot) == ({}, b""), "an ended case waits for nothing"
        else:
            assert self.open, "an open case waits for something"
            assert self.interpreter.waits(self.program, step.snapshot) == tuple(self.open.values())


@pytest.fixture(params=["machine", "spiffworkflow"])
def interpreter(request: pytest.FixtureRequest) -> Interpreter:
    if request.param == "machine":
        return Machine()
    if importlib.util.find_spec("engine.spiff") is None:
        pytest.skip("the other interpreter is not there")
    return cast("Interpreter", importlib.import_module("engine.spiff").Spiff())


Play = Callable[..., Played]


@pytest.fixture
def play(interpreter: Interpreter) -> Play:
    """Begin a case: a sketch, the construct it shows, the facts of the case and the start event to begin at."""

    def begin(drawing: str | Bundle, construct: str, *, start: str | None = None, **facts: Any) -> Played:
        bundle = sketch(drawing) if isinstance(drawing, str) else drawing
        if interpreter.name == "spiffworkflow" and construct in NOT_ON_SPIFFWORKFLOW:
            with pytest.raises(CannotRun):
                interpreter.compile(bundle)
            pytest.skip(f"SpiffWorkflow refuses {construct}: {NOT_ON_SPIFFWORKFLOW[construct]}")
        return Played(interpreter, interpreter.compile(bundle), facts, start)

    return begin
