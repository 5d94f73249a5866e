"""Positions of the token game: what is open in a case, as a tree. As live things while a turn is played, else as tuples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.sop_catalog.soundness.plans import Plan

Position = tuple[Any, ...]


@dataclass(eq=False)
class Box:
    """A scope that is open."""

    plan: Plan
    owner: Thing | None
    """The activity that it is the inside of; none for the case itself."""
    things: list[Thing] = field(default_factory=list)
    alive: bool = True


@dataclass(eq=False)
class Thing:
    """Something that is open."""

    kind: str
    """`rest` (an activity, event or gateway that waits), `at` (a token at a join), `in` (a scope), `many`."""
    step: int
    box: Box
    arrow: int = -1
    age: int = 0
    edges: dict[int, int] = field(default_factory=dict)
    """Events on its edge that may still happen: which time it would be."""
    inside: Box | None = None
    whole: Thing | None = None
    """For an instance: what it is one of."""
    instances: list[Thing] = field(default_factory=list)
    total: int = 0
    begun: int = 0
    done: int = 0


def written(box: Box, ranks: dict[int, int]) -> Position:
    def write(thing: Thing) -> Position:
        inside = written(thing.inside, ranks) if thing.inside else None
        tally = (thing.total, thing.begun, thing.done)
        age = ranks[thing.age] if thing.kind == "at" else 0
        edges = tuple(sorted(thing.edges.items()))
        return (thing.kind, thing.step, thing.arrow, age, edges, inside, tuple(map(write, thing.instances)), tally)

    return tuple(map(write, box.things))


def same(position: Position) -> Any:
    """What two positions have in common that are the same: all but the order in which things were opened.

    That is kept where the rules ask it: which of several inclusive joins has waited longest.
    """
    ages: list[tuple[int, int]] = []

    def look(things: Position) -> Any:
        found = []
        for kind, step, arrow, age, edges, inside, instances, tally in things:
            if kind == "at":
                ages.append((age, step))
            found.append((kind, step, arrow, edges, look(inside or ()), look(instances), tally))
        return tuple(sorted(found))

    key = look(position)
    return key, tuple(dict.fromkeys(step for _, step in sorted(ages)))
