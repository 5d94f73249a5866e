"""Each way in which a diagram can be unsound, on the smallest drawing that shows it, and what is no flaw in BPMN."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import count, islice
from random import Random

import pytest

from engine.notation import (
    BoundaryEvent,
    CallActivity,
    Definitions,
    EndEvent,
    Error,
    ErrorDefinition,
    Escalation,
    EscalationDefinition,
    Expression,
    FlowNode,
    IntermediateThrowEvent,
    MultiInstance,
    ParallelGateway,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
    TimerDefinition,
    UserTask,
)
from engine.process import Bundle
from sop_catalog.soundness import Flaw, Property, prove
from tests.sop_catalog.soundness.brute_force import Model, some_model
from tests.sop_catalog.soundness.drawn_models import TIMER, bundle_of, drawn

FORK = [(0, 1), (1, 2), (2, 3), (2, 4)]
"""A start, a task, a gateway (2) and two tasks (3, 4)."""
FLAWED = {
    Property.DEADLOCK: Model(["start", "task", "xor", "task", "task", "and", "end"], [*FORK, (3, 5), (4, 5), (5, 6)]),
    Property.LEFT_BEHIND: Model(
        ["start", "and", "task", "task", "xor", "and", "end"],
        [(0, 1), (1, 2), (1, 3), (2, 5), (3, 4), (4, 5), (4, 6), (5, 6)],
    ),
    Property.LIVELOCK: Model(["start", "task", "xor", "end", "task", "task"], [*FORK, (4, 5), (5, 4)]),
    Property.UNBOUNDED: Model(["start", "task", "and", "task", "xor", "end"], [*FORK, (3, 5), (4, 1), (4, 5)]),
    Property.IMPROPER: Model(["start", "task", "and", "task", "task", "end", "terminate"], [*FORK, (3, 5), (4, 6)]),
}
WHERE = {
    Property.DEADLOCK: "n5",
    Property.LEFT_BEHIND: "n5",
    Property.LIVELOCK: "n4",
    Property.UNBOUNDED: "n3",
    Property.IMPROPER: "n6",
}


def flaws(bundle: Bundle, *, whole: bool = False) -> tuple[Flaw, ...]:
    return prove(bundle, whole=whole).flaws


def of(nodes: list[FlowNode], *arrows: tuple[str, str], errors: str = "", escalations: str = "") -> Definitions:
    """A drawing of a process `own`, or `called` if it throws something."""
    code = "called" if errors or escalations else "own"
    flows = tuple(SequenceFlow(id=f"{a}-{b}", source=a, target=b) for a, b in arrows)
    return Definitions(
        id=code,
        errors=(Error(id="error", code=errors or "E1"),),
        escalations=(Escalation(id="escalation", code=escalations or "S1"),),
        processes=(Process(id=code, executable=True, nodes=tuple(nodes), flows=flows),),
    )


@pytest.mark.parametrize("what", FLAWED)
def test_each_flaw_is_found_where_it_is_and_as_nothing_else(what: Property) -> None:
    found = flaws(bundle_of(FLAWED[what]))

    assert [(each.property, each.spots[0][1], each.certain) for each in found] == [(what, WHERE[what], True)]


def test_the_way_to_a_deadlock_is_a_shortest_one_and_tells_every_arrow() -> None:
    [flaw] = flaws(bundle_of(FLAWED[Property.DEADLOCK]))

    assert str(flaw.way.said) == "“n0” begins → “n1” is done → “n3” is done"
    legs = [each.elements for each in flaw.way.legs("model")]
    assert legs == [("n0", "f0", "n1"), ("n1", "f1", "n2", "f2", "n3"), ("n3", "f4")]


def test_an_escalation_that_nobody_throws_is_waited_for_in_vain() -> None:
    edge = BoundaryEvent(id="edge", attached_to="call", definitions=(EscalationDefinition(escalation="escalation"),))
    own = of(
        [StartEvent(id="s"), CallActivity(id="call", called="called"), edge, UserTask(id="t"), EndEvent(id="e")],
        ("s", "call"), ("call", "e"), ("edge", "t"), ("t", "e"),
    )  # fmt: skip
    throws = IntermediateThrowEvent(id="tell", definitions=(EscalationDefinition(escalation="escalation"),))
    steps: list[FlowNode] = [StartEvent(id="s"), UserTask(id="u"), throws, UserTask(id="v"), EndEvent(id="e")]
    loud = of(steps, ("s", "u"), ("u", "tell"), ("tell", "v"), ("v", "e"), escalations="S1")
    other = of(steps, ("s", "u"), ("u", "tell"), ("tell", "v"), ("v", "e"), escalations="S2")

    silent = flaws(Bundle("own", {"own": own, "called": other}))
    heard = flaws(Bundle("own", {"own": own, "called": loud}))

    assert [(each.property, each.spots) for each in silent] == [(Property.DEAD, (("own", "edge"),))]
    assert heard == ()


def test_an_error_of_what_is_called_leads_out_of_the_call() -> None:
    edge = BoundaryEvent(id="edge", attached_to="call", definitions=(ErrorDefinition(error="error"),))
    own = of(
        [StartEvent(id="s"), CallActivity(id="call", called="called"), edge, ParallelGateway(id="j"), EndEvent(id="e")],
        ("s", "call"), ("call", "j"), ("edge", "j"), ("j", "e"),
    )  # fmt: skip
    throws = EndEvent(id="e", definitions=(ErrorDefinition(error="error"),))
    called = of([StartEvent(id="s"), UserTask(id="u"), throws], ("s", "u"), ("u", "e"), errors="E1")

    [flaw] = flaws(Bundle("own", {"own": own, "called": called}))

    assert (flaw.property, flaw.spots) == (Property.DEADLOCK, (("own", "j"),))


def test_a_reminder_beside_a_step_that_is_begun_again_is_no_flaw() -> None:
    kinds = ["start", "task", "boundary", "task", "xor", "end", "end"]
    bundle = bundle_of(Model(kinds, [(0, 1), (1, 4), (4, 1), (4, 5), (2, 3), (3, 6)], {2: 1}))
    [process] = bundle.drawings["model"].processes
    beside = BoundaryEvent(id="n2", attached_to="n1", definitions=(TIMER,), interrupting=False)
    nodes = tuple(beside if each.id == "n2" else each for each in process.nodes)
    changed = replace(bundle.drawings["model"], processes=(replace(process, nodes=nodes),))

    found = prove(Bundle("model", {"model": changed}))

    assert found.is_sound


@pytest.mark.parametrize("sequential", [True, False])
def test_a_list_may_be_empty_or_hold_several(sequential: bool) -> None:
    loop = MultiInstance(
        id="loop", sequential=sequential, collection="butir", completion_condition=Expression(text="cukup")
    )
    nodes: list[FlowNode] = [StartEvent(id="s"), UserTask(id="t", loop=loop), UserTask(id="u"), EndEvent(id="e")]

    found = prove(Bundle("own", {"own": of(nodes, ("s", "t"), ("t", "u"), ("u", "e"))}))

    assert found.is_sound
    assert found.states == 4


def test_reminders_of_several_instances_are_no_growth_without_end() -> None:
    cycle = TimerDefinition(kind="cycle", expression=Expression(text="R2/PT1H"))
    edge = BoundaryEvent(id="edge", attached_to="t", definitions=(cycle,), interrupting=False)
    inside: list[FlowNode] = [StartEvent(id="is"), UserTask(id="t"), edge, UserTask(id="r"), EndEvent(id="ie")]
    flows = [SequenceFlow(id=f"{a}-{b}", source=a, target=b) for a, b in (("is", "t"), ("t", "ie"), ("edge", "r"))]
    loop = MultiInstance(id="loop", collection="butir")
    sub = SubProcess(id="sub", nodes=tuple(inside), flows=tuple(flows), loop=loop)

    found = prove(Bundle("own", {"own": of([StartEvent(id="s"), sub, EndEvent(id="e")], ("s", "sub"), ("sub", "e"))}))

    assert found.is_sound


@pytest.mark.parametrize("sequential", [True, False])
def test_a_way_over_instances_is_gone_with_facts(sequential: bool) -> None:
    loop = MultiInstance(id="loop", sequential=sequential, cardinality=Expression(text="2"))
    late = BoundaryEvent(id="late", attached_to="u", definitions=(TIMER,))
    own = of(
        [StartEvent(id="s"), UserTask(id="t", loop=loop), UserTask(id="u"), late, ParallelGateway(id="j"), EndEvent(id="e")],
        ("s", "t"), ("t", "j"), ("s", "u"), ("u", "e"), ("late", "j"), ("j", "e"),
    )  # fmt: skip

    [flaw] = flaws(Bundle("own", {"own": own}))

    assert (flaw.property, len(flaw.way.moves), flaw.certain) == (Property.LEFT_BEHIND, 4, True)


def test_a_way_that_no_facts_were_found_for_is_possible_only() -> None:
    kinds = ["start", "task", "xor", "task", "end", "and", "end"]
    drawing = drawn(Model(kinds, [(0, 1), (1, 2), (2, 3), (2, 5), (2, 4), (3, 5), (5, 6)]))
    never = Expression(text="berkas > 5 and berkas < 3")
    flows = tuple(replace(each, condition=never if each.condition else None) for each in drawing.processes[0].flows)
    changed = replace(drawing, processes=(replace(drawing.processes[0], flows=flows),))

    found = flaws(Bundle("model", {"model": changed}))

    assert [(each.property, each.certain) for each in found] == [(Property.DEADLOCK, False)]


@pytest.mark.parametrize(("condition", "comes"), [('today() >= date("2030-01-01")', True), ("1 = 2", False)])
def test_what_only_time_brings_about_is_looked_at(condition: str, comes: bool) -> None:
    kinds = ["start", "task", "xor", "task", "end", "and", "end"]
    drawing = drawn(Model(kinds, [(0, 1), (1, 2), (2, 3), (2, 5), (2, 4), (3, 5), (5, 6)]))
    asked = Expression(text=condition)
    flows = tuple(replace(each, condition=asked if each.condition else None) for each in drawing.processes[0].flows)
    changed = replace(drawing, processes=(replace(drawing.processes[0], flows=flows),))

    found = flaws(Bundle("model", {"model": changed}))

    assert (Property.DEADLOCK in {each.property for each in found}) is comes


def test_what_calls_each_other_in_many_ways_is_read_once() -> None:
    begin, end = StartEvent(id="s"), EndEvent(id="e")
    flows = tuple(SequenceFlow(id=f"{a}-{b}", source=a, target=b) for a, b in (("s", "a"), ("a", "b"), ("b", "e")))

    def calling(level: int) -> Definitions:
        calls = (CallActivity(id=each, called=f"p{level + 1}") for each in "ab")
        process = Process(id=f"p{level}", executable=True, nodes=(begin, *calls, end), flows=flows)
        return Definitions(id=f"p{level}", processes=(process,))

    last = of([begin, UserTask(id="t"), end], ("s", "t"), ("t", "e"))
    last = replace(last, processes=(replace(last.processes[0], id="p40"),))

    found = prove(Bundle("p0", {"p40": last, **{f"p{each}": calling(each) for each in range(40)}}))

    assert found.is_sound


def test_hundreds_of_flaws_are_told_in_little_time() -> None:
    many = 240
    kinds = ["start", "and", "task", "task", "end", "xor", *["terminate"] * many]
    arrows = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 5), *((5, 6 + each) for each in range(many))]
    drawing = drawn(Model(kinds, arrows))
    asked = (replace(each, condition=Expression(text=f'jenis = "{each.id}"')) for each in drawing.processes[0].flows)
    flows = tuple(each if each.source == "n5" else replace(each, condition=None) for each in asked)
    changed = replace(drawing, processes=(replace(drawing.processes[0], flows=flows),))
    began = time.thread_time()

    found = flaws(Bundle("model", {"model": changed}))

    assert time.thread_time() - began < 12
    assert {each.property for each in found} == {Property.IMPROPER}
    assert len(found) == many


def test_what_is_too_large_is_told_as_not_decided() -> None:
    kinds = ["start", "and", *["task"] * 4, "and", "end"]
    arrows = [(0, 1), *((1, each) for each in range(2, 6)), *((each, 6) for each in range(2, 6)), (6, 7)]

    found = prove(bundle_of(Model(kinds, arrows)), most=10)

    assert (found.states, found.is_whole, found.is_sound) == (10, False, False)


def test_twenty_choices_behind_each_other_are_told_as_not_decided() -> None:
    kinds = ["start", "task", *["xor"] * 21, "end"]
    arrows = [(at, at + 1) for at in range(22) for _ in range(2 if at > 1 else 1)] + [(22, 23)]

    found = prove(bundle_of(Model(kinds, arrows)), most=50)

    assert (found.states, found.is_whole, found.is_cut, found.flaws) == (1, False, True, ())


def caller(seed: int) -> tuple[Model, Model, frozenset[int]] | None:
    """A model and a sound one that it calls from half of its tasks; none where a seed gives no such pair."""
    model, called = some_model(seed), some_model(seed + 50_000)
    if not prove(bundle_of(called)).is_sound or called.kinds[called.arrows[0][1]] != "task":
        return None
    tasks = [number for number, kind in enumerate(model.kinds) if kind == "task" and number not in model.hosts.values()]
    chosen = Random(seed).sample(tasks, (len(tasks) + 1) // 2)  # noqa: S311 - models, not secrets
    return (model, called, frozenset(chosen)) if chosen else None


def test_a_call_looked_at_with_what_it_calls_shows_the_same_flaws_of_its_caller() -> None:
    differs = []
    pairs = ((seed, *pair) for seed in count() if (pair := caller(seed)) is not None)
    for seed, model, called, calls in islice(pairs, 40):
        bundle = Bundle("model", {"model": drawn(model, "model", calls, "below"), "below": drawn(called, "below")})

        alone, together = prove(bundle), prove(bundle, whole=True)

        if _told(alone.flaws) != _told(together.flaws) or not (alone.is_whole or alone.flaws):
            differs.append((seed, _told(alone.flaws), _told(together.flaws)))
    assert differs == []


def _told(found: tuple[Flaw, ...]) -> set[object]:
    """What is wrong with the caller and where; of what goes on for ever, only that it does."""
    spread = {Property.LIVELOCK, Property.UNBOUNDED}
    if any(each.property in spread for each in found):
        return {each.property for each in found if each.property in spread}
    return {(each.property, each.spots[0]) for each in found if each.spots[0][0] == "model"}
