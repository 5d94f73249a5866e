"""Snapshots: small, strict about what they belong to, and readable for ever."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.machine import Machine
from engine.process import Arrived, Completed, Due, ForeignSnapshot, TooLarge, Wait
from tests.engine.constructs.sketch import bundle_of, sketch

KEPT = Path(__file__).parents[2] / "snapshots"
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
MACHINE = Machine()
EVENTS: dict[str, type[Arrived] | type[Due]] = {"message": Arrived, "timer": Due}


def _answer(wait: Wait) -> Arrived | Completed | Due:
    return EVENTS.get(wait.kind, Completed)(wait.token)


@pytest.mark.parametrize(
    "kept", sorted(KEPT.glob("machine-*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_kept_snapshot_is_revived_and_comes_to_the_same_end(kept: Path) -> None:
    story = json.loads(kept.read_text(encoding="utf-8"))
    program = MACHINE.compile(bundle_of(story["drawings"], story["code"]))

    snapshot = story["snapshot"].encode()
    waits = MACHINE.waits(program, snapshot)
    assert [[wait.element, wait.kind, list(wait.path), wait.instance] for wait in waits] == story["waits"]

    for element in story["then"]:
        wait = next(each for each in MACHINE.waits(program, snapshot) if each.element == element)
        step = MACHINE.advance(program, snapshot, _answer(wait), at=wait.due or AT, facts=story["facts"])
        snapshot = step.snapshot
    assert step.ended is not None
    assert [step.ended.how, step.ended.element] == story["ended"]


def test_there_is_a_kept_story_for_every_format() -> None:
    assert {path.name for path in KEPT.iterdir() if path.name.startswith("machine")} == {"machine-1"}
    assert len(list(KEPT.glob("machine-1/*.json"))) >= 5


@pytest.mark.parametrize(
    "snapshot",
    [
        b"",
        b"machine/1",
        b"machine/1 ",
        b"machine/1 {}",
        b"machine/1 [1,2]",
        b"machine/2 []",
        b"machine/0 []",
        b"spiffworkflow/1 {}",
        b"\xff\xfe",
        b"machine/1 " + b"[" * 100_000,
        b"x" * 5_000_000,
    ],
)  # fmt: skip
def test_what_is_not_a_snapshot_of_ours_is_refused(snapshot: bytes) -> None:
    program = MACHINE.compile(sketch("start -> user A -> end"))

    with pytest.raises(ForeignSnapshot):
        MACHINE.advance(program, snapshot, Completed("1"), at=AT, facts={})


@pytest.mark.parametrize(
    "tokens",
    [
        '[[1,"a",99,0]]',
        '[[1,"a",-1,0]]',
        '[[1,"a",1,7]]',
        '[[1,"a",1,1]]',
        '[[1,"q",1,0]]',
        '[[1,"a",1,0],[1,"a",1,0]]',
        '[[9,"a",1,0]]',
        '[["1","a",1,0]]',
        '[[1,["a"],1,0]]',
        '[[1,"a",1,0],[2,"j",1,1]]',
        "[1]",
        '{"a":1}',
    ],
)  # fmt: skip
def test_a_state_that_no_case_can_have_come_to_is_refused(tokens: str) -> None:
    program = MACHINE.compile(sketch("start -> user A -> end"))

    with pytest.raises(ForeignSnapshot):
        MACHINE.waits(program, f'machine/1 ["{program.digest}",2,{tokens}]'.encode())


def test_a_snapshot_of_another_drawing_is_refused() -> None:
    one = MACHINE.compile(sketch("start -> user A -> end"))
    other = MACHINE.compile(sketch("start -> user A -> user B -> end"))
    snapshot = MACHINE.start(one, at=AT, facts={}).snapshot

    with pytest.raises(ForeignSnapshot, match="another drawing"):
        MACHINE.waits(other, snapshot)


def test_a_snapshot_of_the_same_drawing_read_again_is_taken() -> None:
    drawing = "start -> user A -> call c (calls p) -> end\nprocess p {\nstart s -> user B -> end e\n}"
    one, other = MACHINE.compile(sketch(drawing)), MACHINE.compile(sketch(drawing))
    snapshot = MACHINE.start(one, at=AT, facts={}).snapshot

    step = MACHINE.advance(other, snapshot, Completed("1"), at=AT, facts={})

    assert [wait.element for wait in MACHINE.waits(one, step.snapshot)] == ["B"]


def test_the_state_of_an_ordinary_case_takes_about_a_hundred_bytes() -> None:
    drawing = """
    start -> and s -> user A -> and j -> end
    s -> sub S {
        start in -> user B -> end out
    }
    S -> j
    boundary late (on A; timer P3D) -> end gone
    boundary news (on S; message news; beside) -> end told
    """

    step = MACHINE.start(MACHINE.compile(sketch(drawing)), at=AT, facts={})

    assert len(step.opened) == 4
    assert len(step.snapshot) <= 160


def test_a_state_too_large_to_be_read_again_is_not_written() -> None:
    program = MACHINE.compile(sketch("start -> user A (each item in items) -> end"))

    with pytest.raises(TooLarge):
        MACHINE.start(program, at=AT, facts={"items": ["x" * 10_000] * 450})
