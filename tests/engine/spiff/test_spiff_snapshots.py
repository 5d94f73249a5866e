"""Old states of cases on SpiffWorkflow stay readable, and a state is one by whoever wrote it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.machine import Machine
from engine.process import Arrived, Completed, Due, ForeignSnapshot, TooLarge, Wait
from engine.spiff import Spiff
from tests.engine.constructs.sketch import bundle_of, sketch

KEPT = sorted((Path(__file__).parents[2] / "snapshots").glob("spiffworkflow-*/*.json"))
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
SPIFF = Spiff()
ANSWERS: dict[str, type[Arrived] | type[Due]] = {"message": Arrived, "timer": Due}


def answer(wait: Wait) -> Arrived | Completed | Due:
    return ANSWERS.get(wait.kind, Completed)(wait.token)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_kept_state_is_revived_and_comes_to_the_same_end(kept: Path) -> None:
    story = json.loads(kept.read_text(encoding="utf-8"))
    program = SPIFF.compile(bundle_of(story["drawings"], story["code"]))
    snapshot, at = story["snapshot"].encode(), AT
    waits = SPIFF.waits(program, snapshot)
    assert [[wait.element, wait.kind, list(wait.path), wait.instance] for wait in waits] == story["waits"]

    for element in story["then"]:
        wait = next(each for each in SPIFF.waits(program, snapshot) if each.element == element)
        at = max(at, wait.due or at)
        step = SPIFF.advance(program, snapshot, answer(wait), at=at, facts=story["facts"])
        snapshot = step.snapshot

    assert step.ended is not None
    assert [step.ended.how, step.ended.element] == story["ended"]


def test_every_format_has_kept_states() -> None:
    assert {path.parent.name for path in KEPT} == {"spiffworkflow-1"}
    assert len(KEPT) >= 5


def test_neither_interpreter_takes_the_other_ones_state() -> None:
    bundle = sketch("start -> user A -> end")
    machine = Machine()
    one, two = machine.compile(bundle), SPIFF.compile(bundle)

    with pytest.raises(ForeignSnapshot):
        SPIFF.waits(two, machine.start(one, at=AT, facts={}).snapshot)
    with pytest.raises(ForeignSnapshot):
        machine.waits(one, SPIFF.start(two, at=AT, facts={}).snapshot)


def test_a_state_that_could_not_be_read_again_is_not_written() -> None:
    program = SPIFF.compile(sketch("start -> user A (each who in people) -> end"))

    with pytest.raises(TooLarge):
        SPIFF.start(program, at=AT, facts={"people": ["x" * 10_000] * 450})


def test_a_program_of_the_machine_is_not_run_here() -> None:
    program = Machine().compile(sketch("start -> user A -> end"))

    with pytest.raises(TypeError):
        SPIFF.start(program, at=AT, facts={})
