"""Steps undone on either interpreter: the case stands as it would if the step had never been taken."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from engine.errors import Refusal
from engine.machine import Machine
from engine.process import (
    Arrived,
    Completed,
    Due,
    Event,
    Failed,
    Interpreter,
    NoWayBack,
    Program,
    Step,
    Wait,
    WaitKind,
)
from engine.spiff import Spiff
from tests.engine.constructs.sketch import sketch
from tests.engine.spiff.random_drawings import Drawing

NOW = datetime.fromisoformat("2026-01-05T08:00:00+07:00")
BOTH = pytest.mark.parametrize("interpreter", [Machine(), Spiff()], ids=["machine", "spiff"])
BY_HAND = {WaitKind.WORK, WaitKind.SERVICE, WaitKind.SEND}


@dataclass
class Past:
    """One event: what it happened to, as far as that can be seen from outside, and how it is undone."""

    seen: str
    how: type[Event]
    at: datetime
    facts: dict[str, Any]
    token: str = ""
    back: str = ""


@dataclass
class Walk:
    """A case with its history."""

    interpreter: Interpreter
    program: Program
    facts: dict[str, Any]
    history: list[Past] = field(default_factory=list)
    snapshot: bytes = b""
    ended: bool = False

    def start(self) -> None:
        self.took(self.interpreter.start(self.program, at=NOW, facts=self.facts))

    def took(self, step: Step) -> None:
        self.snapshot, self.ended = step.snapshot, step.ended is not None

    @property
    def waits(self) -> list[Wait]:
        return sorted(self.interpreter.waits(self.program, self.snapshot), key=shown)

    def do(self, wait: Wait, past: Past) -> None:
        event = Failed(wait.token, "E") if past.how is Failed else past.how(wait.token)  # type: ignore[call-arg] # as the others
        step = self.interpreter.advance(self.program, self.snapshot, event, at=past.at, facts=past.facts)
        past.token, past.back = wait.token, step.back
        self.history.append(past)
        self.took(step)

    def element(self, name: str) -> str:
        """Complete the one wait at this element; returns the way back."""
        (wait,) = [each for each in self.waits if each.element == name]
        self.do(wait, Past(shown(wait), Completed, NOW, self.facts))
        return self.history[-1].back

    def undo(self, back: str) -> None:
        self.took(self.interpreter.go_back(self.program, self.snapshot, back))

    def again(self, history: list[Past]) -> "Walk | None":
        """The same case with this history instead; None where it cannot be told which of two waits was meant."""
        other = Walk(self.interpreter, self.program, self.facts)
        other.start()
        for past in history:
            meant = [each for each in other.waits if shown(each) == past.seen]
            if len(meant) != 1:
                return None
            other.do(meant[0], Past(past.seen, past.how, past.at, past.facts))
        return other


def shown(wait: Wait) -> str:
    return repr((wait.kind, wait.path, wait.element, wait.due, wait.message, wait.instance, dict(wait.local)))


def event_of(random: Random, wait: Wait) -> type[Event]:
    if wait.kind in BY_HAND:
        return Failed if random.random() < 0.08 else Completed
    return Due if wait.kind is WaitKind.TIMER else Arrived


def begun(interpreter: Interpreter, text: str, **facts: Any) -> Walk:
    walk = Walk(interpreter, interpreter.compile(sketch(text)), facts)
    walk.start()
    return walk


@BOTH
@pytest.mark.parametrize("seed", range(200))
def test_a_step_that_is_undone_was_never_taken(interpreter: Interpreter, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a drawing, not a secret
    facts = {"people": random.choice([[], ["a"], ["a", "b", "c"]]), "x1": random.choice([True, None]), "x2": True}
    try:
        program = interpreter.compile(sketch(Drawing(random).text()))
        walk = Walk(interpreter, program, facts)
        walk.start()
    except Refusal:
        pytest.skip("it cannot be run")
    at = NOW

    for _ in range(40):
        if walk.ended or not walk.waits:
            break
        wait, outcome = random.choice(walk.waits), random.choice(["1", "2", "z"])
        at = max(at + timedelta(minutes=1), wait.due or at)
        try:
            walk.do(wait, Past(shown(wait), event_of(random, wait), at, {**facts, "outcome": outcome}))
        except Refusal:
            continue
        if not walk.ended and random.random() < 0.5:
            undo_one(walk, random)


def undo_one(walk: Walk, random: Random) -> None:
    """Undo one of the latest completions, where it can be, and compare with a case that never had it."""
    place = random.choice(range(len(walk.history))[-4:])
    past = walk.history[place]
    if past.how not in (Completed, Failed) or not past.back:
        return
    before = {wait.token for wait in walk.waits}
    try:
        walk.undo(past.back)
    except NoWayBack:
        return
    del walk.history[place]
    never = walk.again(walk.history)
    assert past.token in {wait.token for wait in walk.waits} - before
    if never is not None:
        assert [shown(each) for each in walk.waits] == [shown(each) for each in never.waits]


@BOTH
def test_what_a_step_cancelled_comes_back_with_its_time(interpreter: Interpreter) -> None:
    walk = begun(
        interpreter, "start -> user A -> user B -> end\nboundary late (on A; timer PT3H) -> user X -> end over"
    )
    before = {(each.token, shown(each)) for each in walk.waits}

    walk.undo(walk.element("A"))

    assert {(each.token, shown(each)) for each in walk.waits} == before


@BOTH
def test_a_step_from_which_another_followed_is_not_undone(interpreter: Interpreter) -> None:
    walk = begun(interpreter, "start -> user A -> user B -> user C -> end")
    back = walk.element("A")
    walk.element("B")

    with pytest.raises(NoWayBack):
        walk.undo(back)


@BOTH
def test_steps_are_undone_one_after_the_other_and_tokens_never_come_twice(interpreter: Interpreter) -> None:
    walk = begun(interpreter, "start -> user A -> user B -> user C -> end")
    first, second = walk.element("A"), walk.element("B")
    used = {past.token for past in walk.history} | {each.token for each in walk.waits}

    walk.undo(second)
    walk.undo(first)
    walk.element("A")

    assert not {each.token for each in walk.waits} & used


@BOTH
def test_the_other_branch_waits_at_the_join_again(interpreter: Interpreter) -> None:
    text = "start -> and f -> user A -> and j -> user C -> end\nf -> user B -> j"
    walk = begun(interpreter, text)
    walk.element("A")
    walk.undo(walk.element("B"))

    walk.element("B")

    assert [each.element for each in walk.waits] == ["C"]


def test_another_branch_may_have_moved_meanwhile_on_the_machine() -> None:
    text = "start -> and f -> user A -> user A2 -> and j -> end\nf -> user B -> user B2 -> j"
    walk = begun(Machine(), text)
    back = walk.element("A")
    walk.element("B")

    walk.undo(back)

    assert [each.element for each in walk.waits] == ["A", "B2"]


def test_on_spiffworkflow_no_other_branch_may_have_moved() -> None:
    walk = begun(Spiff(), "start -> and f -> user A -> user A2 -> and j -> end\nf -> user B -> user B2 -> j")
    back = walk.element("A")
    walk.element("B")

    with pytest.raises(NoWayBack):
        walk.undo(back)


def test_an_inclusive_join_that_has_looked_is_not_looked_at_twice() -> None:
    text = """
        start -> or s -[a]-> user A -> xor x -[outcome = "out"]-> user Out -> end out
        x -[*]-> or j -> user After -> end
        s -[*]-> user B -> j
        s -[b]-> user C -> j
    """
    walk = begun(Machine(), text, a=True, b=True, outcome="out")
    back = walk.element("A")
    walk.element("C")
    assert "After" in {each.element for each in walk.waits}

    with pytest.raises(NoWayBack):
        walk.undo(back)


def test_one_of_several_is_undone_though_another_was_done_since() -> None:
    walk = begun(Machine(), "start -> user List -> user Visit (each person in people) -> end", people=["a", "b", "c"])
    walk.element("List")
    one, two, _ = walk.waits
    walk.do(one, Past(shown(one), Completed, NOW, walk.facts))
    walk.do(two, Past(shown(two), Completed, NOW, walk.facts))

    walk.undo(walk.history[1].back)

    assert sorted(each.instance or 0 for each in walk.waits) == [0, 2]


@BOTH
@pytest.mark.parametrize("back", ["", "{}", "[]", "[1,2,3]", '["x","",[],[],[]]', '["x",0,0,""]'])
def test_what_is_no_way_back_leads_nowhere(interpreter: Interpreter, back: str) -> None:
    walk = begun(interpreter, "start -> user A -> end")

    with pytest.raises(NoWayBack):
        walk.undo(back)
