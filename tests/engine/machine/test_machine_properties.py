"""Random drawings walked along random paths, against a second opinion that knows nothing of tokens.

The oracle reads a drawing as nested blocks and rewrites what is left of them: it has no gateways, joins or snapshots.
The machine is restarted from bytes at every step.
"""

# ruff: noqa: ARG002 - a block that has nothing to decide does not look at the facts

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.machine import Machine
from engine.process import Arrived, Completed, Wait
from tests.engine.constructs.sketch import sketch

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
MACHINE = Machine()
Facts = dict[str, Any]
Place = tuple[str, int | None]
"""An element, and which of its instances."""


class Block:
    """A piece of a drawing that has one way in and one way out; also what is left of it while it runs."""

    def begin(self, facts: Facts) -> Block | None:
        """What is left when a token has come in; None when it is already out again."""
        raise NotImplementedError

    def places(self) -> Iterator[Place]:
        """Where it waits."""
        raise NotImplementedError

    def answer(self, place: Place, facts: Facts) -> Block | None:
        """What is left when one of its places has been answered."""
        raise NotImplementedError

    def draw(self, lines: list[str]) -> tuple[str, str]:
        """Write it into a sketch; gives its first and last element."""
        raise NotImplementedError


@dataclass(frozen=True)
class Task(Block):
    name: str

    def begin(self, facts: Facts) -> Block | None:
        return self

    def places(self) -> Iterator[Place]:
        yield self.name, None

    def answer(self, place: Place, facts: Facts) -> Block | None:
        return None

    def draw(self, lines: list[str]) -> tuple[str, str]:
        lines.append(f"user {self.name}")
        return self.name, self.name


@dataclass(frozen=True)
class Each(Block):
    """One task for each entry of a list."""

    name: str
    sequential: bool
    left: tuple[int, ...] = ()

    def begin(self, facts: Facts) -> Block | None:
        left = tuple(range(len(facts["items"])))
        return replace(self, left=left) if left else None

    def places(self) -> Iterator[Place]:
        yield from ((self.name, place) for place in (self.left[:1] if self.sequential else self.left))

    def answer(self, place: Place, facts: Facts) -> Block | None:
        left = tuple(each for each in self.left if each != place[1])
        return replace(self, left=left) if left else None

    def draw(self, lines: list[str]) -> tuple[str, str]:
        lines.append(f"user {self.name} (each item in items{'; one by one' * self.sequential})")
        return self.name, self.name


@dataclass(frozen=True)
class Sequence(Block):
    parts: tuple[Block, ...]

    def begin(self, facts: Facts) -> Block | None:
        for index, part in enumerate(self.parts):
            begun = part.begin(facts)
            if begun:
                return Sequence((begun, *self.parts[index + 1 :]))
        return None

    def places(self) -> Iterator[Place]:
        yield from self.parts[0].places()

    def answer(self, place: Place, facts: Facts) -> Block | None:
        first = self.parts[0].answer(place, facts)
        return Sequence((first, *self.parts[1:])) if first else Sequence(self.parts[1:]).begin(facts)

    def draw(self, lines: list[str]) -> tuple[str, str]:
        ends = [part.draw(lines) for part in self.parts]
        lines.extend(f"{before[1]} -> {after[0]}" for before, after in pairwise(ends))
        return ends[0][0], ends[-1][1]


@dataclass(frozen=True)
class Split(Block):
    """Branches by a parallel, inclusive or exclusive gateway; the last is the default of those that choose."""

    kind: str
    name: str
    branches: tuple[Block, ...]

    def begin(self, facts: Facts) -> Block | None:
        chosen = [each for index, each in enumerate(self.branches[:-1]) if facts.get(f"{self.name}_{index}")]
        if self.kind == "and":
            chosen = list(self.branches)
        elif self.kind == "xor":
            chosen = chosen[:1]
        return self._left([each.begin(facts) for each in chosen or self.branches[-1:]])

    def places(self) -> Iterator[Place]:
        for branch in self.branches:
            yield from branch.places()

    def answer(self, place: Place, facts: Facts) -> Block | None:
        return self._left([each.answer(place, facts) if place in each.places() else each for each in self.branches])

    def _left(self, branches: list[Block | None]) -> Block | None:
        left = tuple(each for each in branches if each)
        return replace(self, branches=left) if left else None

    def draw(self, lines: list[str]) -> tuple[str, str]:
        split, join = f"{self.name}.s", f"{self.name}.j"
        lines += [f"{self.kind} {split}", f"{self.kind} {join}"]
        for index, branch in enumerate(self.branches):
            first, last = branch.draw(lines)
            condition = "*" if branch is self.branches[-1] else f"{self.name}_{index}"
            lines.append(f"{split} -> {first}" if self.kind == "and" else f"{split} -[{condition}]-> {first}")
            lines.append(f"{last} -> {join}")
        return split, join


@dataclass(frozen=True)
class Loop(Block):
    """Done again as long as a fact says so; a task in it sees to it that every round rests."""

    name: str
    body: Block
    left: Block | None = None

    def begin(self, facts: Facts) -> Block | None:
        return replace(self, left=self.body.begin(facts))

    def places(self) -> Iterator[Place]:
        if self.left:
            yield from self.left.places()

    def answer(self, place: Place, facts: Facts) -> Block | None:
        left = self.left.answer(place, facts) if self.left else None
        if left:
            return replace(self, left=left)
        return self.begin(facts) if facts[f"{self.name}_again"] else None

    def draw(self, lines: list[str]) -> tuple[str, str]:
        merge, choice, out = f"{self.name}.m", f"{self.name}.x", f"{self.name}.o"
        first, last = self.body.draw(lines)
        lines += [f"xor {merge} -> {first}", f"{last} -> xor {choice} -[{self.name}_again]-> {merge}"]
        lines.append(f"{choice} -[*]-> throw {out}")
        return merge, out


@dataclass(frozen=True)
class Sub(Block):
    """A sub-process, with a message on its boundary that leads another way."""

    name: str
    body: Block
    other: Block
    left: Block | None = None
    turned: bool = False

    def begin(self, facts: Facts) -> Block | None:
        left = self.body.begin(facts)
        return replace(self, left=left) if left else None

    def places(self) -> Iterator[Place]:
        if self.left:
            yield from self.left.places()
        if not self.turned:
            yield f"{self.name}.b", None

    def answer(self, place: Place, facts: Facts) -> Block | None:
        if place == (f"{self.name}.b", None):
            left, turned = self.other.begin(facts), True
        else:
            left, turned = self.left.answer(place, facts) if self.left else None, self.turned
        return replace(self, left=left, turned=turned) if left else None

    def draw(self, lines: list[str]) -> tuple[str, str]:
        inside: list[str] = []
        first, last = self.body.draw(inside)
        lines += [
            f"sub {self.name} {{",
            *inside,
            f"start {self.name}.i -> {first}",
            f"{last} -> end {self.name}.e",
            "}",
        ]
        first, last = self.other.draw(lines)
        lines.append(f"boundary {self.name}.b (on {self.name}; message {self.name}) -> {first}")
        lines += [f"{last} -> xor {self.name}.m", f"{self.name} -> {self.name}.m"]
        return self.name, f"{self.name}.m"


def _blocks(depth: int) -> st.SearchStrategy[Block]:
    task = st.just(Task("T"))
    each = st.builds(Each, st.just("E"), st.booleans())
    if not depth:
        return st.one_of(task, task, each)
    inner = _blocks(depth - 1)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        task,
        st.builds(Sequence, several),
        st.builds(Split, st.sampled_from(["and", "or", "xor"]), st.just("G"), several),
        st.builds(Loop, st.just("L"), inner.map(lambda rest: Sequence((Task("T"), rest)))),
        st.builds(Sub, st.just("S"), inner, inner),
    )


def _named(block: Block, numbers: Iterator[int]) -> Block:
    """Give every piece a name of its own."""
    match block:
        case Sequence(parts):
            return Sequence(tuple(_named(each, numbers) for each in parts))
        case Split(kind, name, branches):
            return Split(kind, f"{name}{next(numbers)}", tuple(_named(each, numbers) for each in branches))
        case Loop(name, body):
            return Loop(f"{name}{next(numbers)}", _named(body, numbers))
        case Sub(name, body, other):
            return Sub(f"{name}{next(numbers)}", _named(body, numbers), _named(other, numbers))
        case Task(name) | Each(name):
            return replace(block, name=f"{name}{next(numbers)}")
    raise TypeError(block)


DRAWINGS = _blocks(3).map(lambda block: _named(block, count(1)))


def _place(wait: Wait) -> Place:
    return wait.element, wait.instance


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawing=DRAWINGS, data=st.data())
def test_the_machine_and_the_oracle_wait_for_the_same_things_at_every_step(drawing: Block, data: st.DataObject) -> None:
    lines: list[str] = []
    first, last = drawing.draw(lines)
    program = MACHINE.compile(sketch("\n".join([*lines, f"start -> {first}", f"{last} -> end"])))
    facts = _decisions(program.reads, data)

    left = drawing.begin(facts)
    step = MACHINE.start(program, at=AT, facts=facts)

    for _ in range(25):
        waits = MACHINE.waits(program, step.snapshot)
        assert sorted(map(repr, map(_place, waits))) == sorted(map(repr, left.places() if left else ()))
        if left is None:
            assert step.ended is not None
            return
        wait = data.draw(st.sampled_from(waits))
        facts = _decisions(program.reads, data)
        left = left.answer(_place(wait), facts)
        event = Arrived(wait.token) if wait.message else Completed(wait.token)
        step = MACHINE.advance(program, step.snapshot, event, at=AT, facts=facts)


def _decisions(reads: frozenset[str], data: st.DataObject) -> Facts:
    names = sorted(reads - {"items"})
    decided = data.draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    return dict(zip(names, decided, strict=True)) | {"items": ["x"] * data.draw(st.integers(0, 3))}
