"""A pattern as a flat program for the matcher: each step is one small instruction."""

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from engine.feel.patterns.reader import (
    CharacterTest,
    Edge,
    Either,
    Group,
    One,
    Part,
    PatternError,
    Reader,
    Repeat,
    Row,
)


class Order(Enum):
    """What a step asks: take a character, go on in two places, keep a position, stand at an edge, or be done."""

    TAKE = 1
    SPLIT = 2
    JUMP = 3
    SAVE = 4
    BEGIN = 5
    END = 6
    DONE = 7


@dataclass(slots=True)
class Instruction:
    """One step. `first` and `second` are places in the program, first tried first; `SAVE` keeps its slot in `first`."""

    order: Order
    passes: CharacterTest | None = None
    first: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """A whole pattern, ready to be run."""

    steps: tuple[Instruction, ...]
    groups: int
    by_line: bool


@lru_cache(maxsize=256)
def compile_pattern(pattern: str, flags: str, largest: int) -> Program:
    """Read a pattern. Raises PatternError when it is not one of our subset, or repeats make it larger than allowed."""
    if not set(flags) <= set("imsx"):
        raise PatternError("a flag other than i, m, s and x")
    reader = Reader(pattern, flags)
    part = reader.whole()
    writer = _Writer(largest)
    writer.write(Group(0, part))
    writer.add(Order.DONE)
    return Program(tuple(writer.steps), reader.groups, "m" in flags)


class _Writer:
    def __init__(self, largest: int) -> None:
        self.steps: list[Instruction] = []
        self._largest = largest
        self._parts = 0

    def add(self, order: Order, passes: CharacterTest | None = None, first: int = 0) -> Instruction:
        if len(self.steps) >= self._largest:
            raise PatternError("repetitions that make the pattern too large")
        step = Instruction(order, passes, first)
        self.steps.append(step)
        return step

    def write(self, part: Part) -> None:
        self._parts += 1  # counted as well, because empty parts make no steps and could be repeated for ever
        if self._parts > 2 * self._largest:
            raise PatternError("repetitions that make the pattern too large")
        if isinstance(part, One):
            self.add(Order.TAKE, part.passes)
        elif isinstance(part, Edge):
            self.add(Order.END if part.end else Order.BEGIN)
        elif isinstance(part, Row):
            for inner in part.parts:
                self.write(inner)
        elif isinstance(part, Group):
            self.add(Order.SAVE, first=2 * part.number)
            self.write(part.part)
            self.add(Order.SAVE, first=2 * part.number + 1)
        elif isinstance(part, Either):
            self._write_either(part)
        elif isinstance(part, Repeat):
            self._write_repeat(part)

    def _write_either(self, part: Either) -> None:
        leaving = []
        for way in part.ways[:-1]:
            split = self.add(Order.SPLIT)
            split.first = len(self.steps)
            self.write(way)
            leaving.append(self.add(Order.JUMP))
            split.second = len(self.steps)
        self.write(part.ways[-1])
        for jump in leaving:
            jump.first = len(self.steps)

    def _write_repeat(self, part: Repeat) -> None:
        for _ in range(part.least):
            self.write(part.part)
        if part.most is None:
            self._write_loop(part)
            return
        skipping = []
        for _ in range(part.most - part.least):
            skipping.append(self.add(Order.SPLIT))
            body = len(self.steps)
            self.write(part.part)
            self._aim(skipping[-1], part, body, 0)
        for split in skipping:
            self._aim(split, part, split.first if part.greedy else split.second, len(self.steps))

    def _write_loop(self, part: Repeat) -> None:
        start = len(self.steps)
        split = self.add(Order.SPLIT)
        self.write(part.part)
        self.add(Order.JUMP, first=start)
        self._aim(split, part, start + 1, len(self.steps))

    @staticmethod
    def _aim(split: Instruction, part: Repeat, body: int, after: int) -> None:
        split.first, split.second = (body, after) if part.greedy else (after, body)
