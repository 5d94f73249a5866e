"""The machine as a function: nothing but its arguments goes in, nothing but its answer comes out."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

import engine.machine
from engine.domain.limits import Limits
from engine.machine import Machine, behaviours
from engine.machine.program import Behaviour
from engine.process import Completed, Interpreter, Program, TooLong
from tests.engine.constructs.sketch import sketch

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
MACHINE: Interpreter = Machine()
ROOM = Path(engine.machine.__file__).parent
SHARED = {"start_event", "catch_event", "boundary_event"}

ROUND = """
start -> xor m -> and s -> user A -> and j -> user Check -> xor x
s -> user B -> j
x -[outcome = "again"]-> m
x -[*]-> end
boundary late (on A; timer P3D) -> end gone
"""


def _complete(program: Program, snapshot: bytes, element: str, outcome: str = "") -> bytes:
    wait = next(each for each in MACHINE.waits(program, snapshot) if each.element == element)
    facts = {"outcome": outcome} if outcome else {}
    return MACHINE.advance(program, snapshot, Completed(wait.token), at=AT, facts=facts).snapshot


def test_the_same_call_gives_the_same_answer() -> None:
    program = MACHINE.compile(sketch(ROUND))
    snapshot = MACHINE.start(program, at=AT, facts={}).snapshot

    steps = {repr(MACHINE.advance(program, snapshot, Completed("1"), at=AT, facts={})) for _ in range(5)}

    assert len(steps) == 1


def test_a_program_serves_many_threads_at_once() -> None:
    program = MACHINE.compile(sketch(ROUND))
    ends: list[bytes] = []

    def play() -> None:
        snapshot = MACHINE.start(program, at=AT, facts={}).snapshot
        for _ in range(50):
            for element, outcome in (("A", ""), ("B", ""), ("Check", "again")):
                snapshot = _complete(program, snapshot, element, outcome)
        ends.append(snapshot)

    threads = [Thread(target=play) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ends) == 4
    assert len(set(ends)) == 1


def test_the_state_of_a_loop_does_not_grow_in_two_thousand_rounds() -> None:
    program = MACHINE.compile(sketch(ROUND))
    snapshot = MACHINE.start(program, at=AT, facts={}).snapshot
    sizes = []

    for _ in range(2_000):
        sizes.append((len(snapshot), len(MACHINE.waits(program, snapshot))))
        for element, outcome in (("B", ""), ("A", ""), ("Check", "again")):
            snapshot = _complete(program, snapshot, element, outcome)

    assert {waits for _, waits in sizes} == {3}
    assert sizes[-1][0] - sizes[0][0] <= 20  # the numbers of tokens have more digits


def test_fourteen_parallel_sections_one_after_the_other_cost_no_more_than_one() -> None:
    sections = [f"and s{each} -> user A{each} -> and j{each}\ns{each} -> user B{each} -> j{each}" for each in range(14)]
    joined = "\n".join(sections)
    links = "\n".join(f"j{each} -> s{each + 1}" for each in range(13))
    program = MACHINE.compile(sketch(f"{joined}\n{links}\nstart -> s0\nj13 -> end"))
    snapshot = MACHINE.start(program, at=AT, facts={}).snapshot

    for each in range(14):
        assert len(snapshot) <= 60
        snapshot = _complete(program, _complete(program, snapshot, f"B{each}"), f"A{each}")

    assert snapshot == b""


def test_a_long_drawing_is_no_deeper_than_a_short_one() -> None:
    line = " -> ".join(f"user T{each}" for each in range(3_000))

    program = MACHINE.compile(sketch(f"start -> {line} -> end"))

    assert MACHINE.start(program, at=AT, facts={}).opened[0].element == "T0"


def test_a_step_that_does_not_come_to_rest_within_its_budget_is_refused() -> None:
    line = " -> ".join(f"throw t{each}" for each in range(30))
    bundle = sketch(f"start -> user A -> {line} -> end")
    enough, short = (MACHINE.compile(bundle, Limits(steps=steps)) for steps in (31, 30))

    snapshot = MACHINE.start(short, at=AT, facts={}).snapshot
    with pytest.raises(TooLong, match="30"):
        MACHINE.advance(short, snapshot, Completed("1"), at=AT, facts={})

    assert MACHINE.advance(enough, snapshot, Completed("1"), at=AT, facts={}).ended


def test_instances_in_instances_are_bounded_by_the_budget() -> None:
    drawing = """
    start -> sub S (each a in items) {
        start in -> user A (each b in items) -> end out
    }
    S -> end
    """
    program = MACHINE.compile(sketch(drawing))

    with pytest.raises(TooLong):
        MACHINE.start(program, at=AT, facts={"items": [str(each) for each in range(400)]})


def test_the_room_asks_no_clock_no_chance_and_no_system() -> None:
    forbidden = {"random", "time", "os", "sys", "subprocess", "socket", "importlib", "builtins", "secrets", "uuid"}
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.partition(".")[0] for alias in node.names}, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in forbidden, path
            elif isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in {"eval", "exec", "compile", "open", "__import__"}, path
                assert not ast.unparse(node.func).endswith((".now", ".today", ".utcnow")), path
            else:
                assert not isinstance(node, ast.Global), path


def test_each_kind_of_element_is_one_small_file_and_one_line_in_the_table() -> None:
    files = {path.stem for path in (ROOM / "behaviours").glob("*.py")} - SHARED - {"__init__"}

    assert files == {each.__module__.rpartition(".")[2] for each in behaviours.ALL}
    assert len(behaviours.BEHAVIOURS) == len(behaviours.ALL)
    assert all(issubclass(each, Behaviour) for each in behaviours.ALL)
    assert all(len(path.read_text().splitlines()) <= 80 for path in (ROOM / "behaviours").glob("[a-z]*.py"))


def test_a_case_with_ten_thousand_facts_keeps_none_of_them() -> None:
    program = MACHINE.compile(sketch(ROUND))
    facts = {f"name{each}": "x" * 100 for each in range(10_000)}

    step = MACHINE.start(program, at=AT, facts=facts)

    assert b"xxx" not in step.snapshot
    assert json.dumps(step.snapshot.decode())
