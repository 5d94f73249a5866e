"""Walks cover everything, end, say what they missed, and can be taken again."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.machine import Machine
from engine.process import Due, Failed, Interpreter
from engine.spiff import Spiff
from sop_catalog.soundness import Walked, replay, walk
from tests.engine.constructs.sketch import sketch

EVERYTHING = """
start -> user A -> xor x
x -[outcome = "ok"]-> and f
x -[*]-> user Repair -> xor back -> end refused
boundary late (on A; timer PT1H; beside) -> user Remind -> end reminded
f -> user B -> and j
f -> service C -> xor done -> j
boundary broken (on C; error E) -> done
j -> user D (each who in people) -> or o
o -[amount > 100]-> user Big -> or oj
o -[day < date("2026-03-01")]-> user Early -> oj
o -[*]-> oj
oj -> events g
g -> catch wait (timer P1D) -> back
g -> receive R (about answer) -> call K (calls other) -> end finished
start hello (message hello) -> A
process other {
    start s -> sub S {
        start t -> user In -> xor y
        y -[outcome = "raise"]-> end bad (error X)
        y -[*]-> end good
    }
    S -> end e
    boundary edge (on S; error X) -> end caught
}
"""


@pytest.mark.parametrize("make", [Machine, Spiff])
def test_every_node_and_arrow_is_walked_on_either_interpreter(make: Callable[[], Any]) -> None:
    over = walk(sketch(EVERYTHING), make())

    assert over.missed == ()
    assert over.troubles == ()
    assert len(over.walks) < 20


def test_every_walk_ends_and_can_be_taken_again_on_the_other_interpreter() -> None:
    bundle = sketch(EVERYTHING)
    other: Interpreter = Spiff()
    program = other.compile(bundle)

    for each in walk(bundle, Machine()).walks:
        *_, (_, last) = replay(each, other, program)
        assert last.ended == each.ended


def test_the_same_release_gives_the_same_walks() -> None:
    assert walk(sketch(EVERYTHING), Machine()) == walk(sketch(EVERYTHING), Machine())


def test_walks_fire_timers_and_let_tasks_fail() -> None:
    hows = {(move.element, move.how) for each in walk(sketch(EVERYTHING), Machine()).walks for move in each.moves}

    assert {("late", Due), ("wait", Due), ("C", Failed)} <= hows


def test_an_arrow_that_no_value_leads_along_is_missed() -> None:
    over = walk(sketch("start -> user A -> xor x\nx -[1 = 2]-> user Never -> end no\nx -[*]-> end yes"), Machine())

    assert {each.element for each in over.missed} >= {"Never", "no"}
    assert not over.is_sound


def test_a_case_that_gets_stuck_is_told_with_the_moves_that_lead_there() -> None:
    over = walk(sketch('start -> user A -> xor x\nx -[outcome = "a"]-> and j\nx -[*]-> j\nj -> end'), Machine())

    assert [(each.refusal, each.moves[0].element) for each in over.troubles] == [("Stuck", "A")]


def test_a_choice_without_a_way_out_is_told() -> None:
    over = walk(sketch("start -> user A -> user B -> xor x\nx -[1 = 2]-> end a\nx -[2 = 3]-> end b"), Machine())

    assert ("NoWayOut", "x") in {(each.refusal, each.element) for each in over.troubles}


def test_facts_that_only_a_timer_precedes_are_known_from_the_start() -> None:
    over = walk(sketch("start -> catch c (timer PT1H) -> xor x\nx -[rich = true]-> end a\nx -[*]-> end b"), Machine())

    assert over.missed == ()
    assert {each.facts.get("rich") for each in over.walks} >= {True}


def covered(over: Walked) -> set[str]:
    return {element for _, element in over.covered}


def test_dates_numbers_and_texts_beside_a_name_are_tried() -> None:
    drawing = """
    start -> user A -> xor x
    x -[age < 18 and born > date("2008-01-01")]-> end child
    x -[kind in ("a", "b")]-> end ab
    x -[length >= duration("P3D")]-> end long
    x -[*]-> end other
    """

    assert covered(walk(sketch(drawing), Machine())) >= {"child", "ab", "long", "other"}
