"""Random drawings along random paths on both interpreters: the same waits, the same way, the same end, at every step."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from engine.errors import Refusal
from engine.machine import Machine
from engine.process import Arrived, CannotRun, Completed, Due, Event, Facts, Failed, Interpreter, Program, Step, Wait
from engine.spiff import Spiff
from tests.engine.constructs.sketch import sketch
from tests.engine.spiff.random_drawings import Drawing

NOW = datetime.fromisoformat("2026-01-05T08:00:00+07:00")
SEEDS = 150
STEPS = 60


class Side:
    """One of the two, and what it says."""

    def __init__(self, interpreter: Interpreter, program: Program) -> None:
        self.interpreter = interpreter
        self.program = program
        self.step: Step | None = None
        self.refusal = ""

    def start(self, facts: Facts) -> None:
        self._take(lambda: self.interpreter.start(self.program, at=NOW, facts=facts))

    def advance(self, event: Event, at: datetime, facts: Facts) -> None:
        snapshot = self.step.snapshot if self.step else b""
        self._take(lambda: self.interpreter.advance(self.program, snapshot, event, at=at, facts=facts))

    @property
    def waits(self) -> list[Wait]:
        """Sorted by what can be seen of them, then by age."""
        if self.step is None or self.step.ended:
            return []
        return sorted(self.interpreter.waits(self.program, self.step.snapshot), key=shown)

    def said(self) -> dict[str, Any]:
        step = self.step
        if step is None:
            return {"refusal": self.refusal}
        return {
            "refusal": self.refusal,
            "waits": [shown(wait) for wait in self.waits],
            "opened": sorted(shown(wait) for wait in step.opened),
            # a set: how far tokens that move at the same time get before one of them ends it all is not BPMN's to say
            "way": {(each.process, each.element, each.path, each.how) for each in step.passed},
            "thrown": sorted((each.kind, each.name, each.element) for each in step.thrown),
            "ended": step.ended,
        }

    def _take(self, happen: Any) -> None:
        try:
            self.step, self.refusal = happen(), ""
        except Refusal as refusal:
            self.step, self.refusal = None, type(refusal).__name__


def shown(wait: Wait) -> str:
    return repr(
        (wait.kind, wait.path, wait.element, wait.due, wait.message, wait.interrupting, wait.instance, dict(wait.local))
    )


def answer(random: Random, wait: Wait) -> type[Event]:
    if wait.kind in {"work", "service", "send"}:
        return Failed if random.random() < 0.12 else Completed
    return Due if wait.kind == "timer" else Arrived


@pytest.mark.parametrize("seed", range(SEEDS))
def test_both_interpreters_take_a_random_drawing_the_same_way(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a drawing, not a secret
    text = Drawing(random).text()
    bundle, machine, spiff = sketch(text), Machine(), Spiff()
    try:
        sides = [Side(machine, machine.compile(bundle)), Side(spiff, spiff.compile(bundle))]
    except CannotRun as refused:
        pytest.skip(f"the house profile refuses it: {refused.findings[0].rule}")
    facts = {"people": random.choice([[], ["a"], ["a", "b", "c"]]), "x1": random.choice([True, None]), "x2": True}
    at = NOW

    for side in sides:
        side.start(facts)
    for _ in range(STEPS):
        one, two = sides
        assert one.said() == two.said(), text
        if not one.waits:
            break
        place, outcome = random.randrange(len(one.waits)), random.choice(["1", "2", "z"])
        how = answer(random, one.waits[place])
        at = max(at + timedelta(minutes=1), one.waits[place].due or at)
        for side in sides:
            token = side.waits[place].token
            event = Failed(token, "E") if how is Failed else how(token)  # type: ignore[call-arg] # the others take a token alone
            side.advance(event, at, {**facts, "outcome": outcome})


def test_the_programs_read_the_same_facts_and_begin_at_the_same_events() -> None:
    bundle = sketch(Drawing(Random(7)).text())  # noqa: S311 - as above

    one, two = Machine().compile(bundle), Spiff().compile(bundle)

    assert (one.reads, one.starts) == (two.reads, two.starts)
