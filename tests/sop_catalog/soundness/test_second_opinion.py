"""A second interpreter that agrees, one that differs, and one that cannot run the drawing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from engine.machine import Machine
from engine.process import Event, Program, Step
from engine.spiff import Spiff
from sop_catalog.soundness import second_opinion, walk
from tests.engine.constructs.sketch import sketch

DRAWING = 'start -> user A -> xor x\nx -[outcome = "b"]-> user B -> end\nx -[*]-> end other'


class Forgetful(Machine):
    """A machine that loses track of a case at its second step."""

    def advance(
        self, program: Program, snapshot: bytes, event: Event, *, at: datetime, facts: Mapping[str, Any]
    ) -> Step:
        """Say that the case goes on as it was where it has ended."""
        step = super().advance(program, snapshot, event, at=at, facts={**facts, "outcome": "b"})
        return replace(step)


def test_two_interpreters_that_agree_say_so_and_how_much_was_compared() -> None:
    bundle = sketch(DRAWING)
    over = walk(bundle, Machine())

    opinion = second_opinion(bundle, over.walks, Machine(), Spiff())

    assert opinion.agrees
    assert opinion.steps == sum(1 + len(each.moves) for each in over.walks)


def test_a_disagreement_names_the_walk_the_step_and_the_element() -> None:
    bundle = sketch(DRAWING)
    over = walk(bundle, Machine())

    opinion = second_opinion(bundle, over.walks, Machine(), Forgetful())

    found = opinion.disagreements[0]
    assert (found.step, found.element) == (1, "A")
    assert "B" in found.message


def test_what_the_second_cannot_run_has_no_second_opinion_and_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.spiff.unsupported.NODES", 3)
    bundle = sketch(DRAWING)

    opinion = second_opinion(bundle, walk(bundle, Machine()).walks, Machine(), Spiff())

    assert [each.rule for each in opinion.refused] == ["spiff-unsupported-size"]
    assert not opinion.agrees
