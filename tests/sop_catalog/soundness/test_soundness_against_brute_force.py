"""The states of small models that were made by chance, equal to those of an oracle that plays tokens by its own rules."""

from __future__ import annotations

import pytest

from sop_catalog.soundness.proof import hopeless
from sop_catalog.soundness.space import START, explore
from tests.sop_catalog.soundness.brute_force import Marking, Model, play, some_model
from tests.sop_catalog.soundness.drawn_models import bundle_of, marking

SUITE, LONG = 100, 1_000
OF_AGE = Model(
    ["start", "and", "task", "task", "and", "and", "and", "task", "xor", "or", "xor", "xor", "or", "and", "xor", "task", "end"],
    [
        (0, 1), (1, 2), (1, 3), (2, 4), (3, 5), (4, 11), (4, 6), (5, 9), (5, 6), (6, 7), (1, 13), (7, 8),
        (8, 9), (8, 13), (9, 10), (10, 11), (10, 12), (11, 12), (12, 15), (13, 14), (14, 12), (14, 16), (15, 16),
    ],
)  # fmt: skip
"""Two inclusive joins (9, 12) that come to wait in either order and go on in one step: which is older decides how often 15 is begun."""


def difference(model: Model) -> object:
    """What the catalogue and the oracle do not say alike of one model; nothing where they agree."""
    told, space = play(model), explore(bundle_of(model))
    if told.unbounded or space.growing:
        return None if told.unbounded == bool(space.growing) else ("unbounded", told.unbounded, space.growing)
    program = space.steps.program
    names = {int(node.id[1:]): node.index for node in program.nodes}
    moves: dict[Marking, int] = {}
    for state in range(len(space.states)):
        moves.setdefault(marking(space, model, state), len(space.way_to(state)) - 1)
    ours = (
        {marking(space, model, each) for each in range(len(space.states))},
        {marking(space, model, each) for each in space.ends if each != START},
        {(ended, tuple(sorted(int(program.nodes[each].id[1:]) for each in joins))) for ended, joins in space.stuck},
        {marking(space, model, each) for each in hopeless(space)},
        {int(element[1:]) for _, element in space.entered if element[0] == "n"},
        {int(element[1:]) for _, element in space.entered if element[0] == "f"},
        set(space.dropped),
        moves,
    )
    cutting = {names[each] for each in told.cutting}
    theirs = (told.markings, told.ending, told.stuck, told.hopeless, told.nodes, told.arrows, cutting, told.moves)
    if ours == theirs and not space.cut:
        return None
    return [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]


def differences(seeds: range) -> list[tuple[int, object]]:
    return [(seed, found) for seed in seeds if (found := difference(some_model(seed)))]


def test_a_hundred_small_models_have_the_states_and_flaws_that_brute_force_finds() -> None:
    found = differences(range(SUITE))

    assert found == []


def test_of_two_inclusive_joins_that_can_go_on_the_older_one_does_first() -> None:
    assert difference(OF_AGE) is None


@pytest.mark.long
def test_a_thousand_small_models_have_the_states_and_flaws_that_brute_force_finds() -> None:
    found = differences(range(SUITE, SUITE + LONG))

    assert found == []
