"""Drawings made of blocks within blocks, by a seed: everything the house profile has, in combinations nobody would draw."""

from collections.abc import Callable
from random import Random

Ends = tuple[str, str]
"""The first and the last element of a block."""
EDGES = ("error", "error E", "timer PT1H", "message m1", "message m1; beside", "timer R3/PT2H; beside")
SCOPE_EDGES = (*EDGES, "escalation X", "escalation; beside")


class Drawing:
    """One process of a drawing while it is being made."""

    def __init__(self, random: Random, first: int = 0) -> None:
        self.random = random
        self.number = first
        self.lines: list[str] = []
        self.called: list[tuple[str, Drawing]] = []

    def text(self, depth: int = 3) -> str:
        """The sketch of the whole drawing."""
        first, last = self.sequence(depth)
        own = [*self.lines, f"start -> {first}", f"{last} -> end fin"]
        return "\n".join(own + [line for code, other in self.all_called() for line in other.as_process(code)])

    def all_called(self) -> list[tuple[str, "Drawing"]]:
        return [pair for code, other in self.called for pair in ((code, other), *other.all_called())]

    def as_process(self, code: str) -> list[str]:
        return [f"process {code} {{", *self.lines, "}"]

    def sequence(self, depth: int) -> Ends:
        first, last = self.block(depth)
        for _ in range(self.random.choice([0, 0, 1])):
            after, end = self.block(depth)
            self.add(f"{last} -> {after}")
            last = end
        return first, last

    def block(self, depth: int) -> Ends:
        leaves = (self.wait, self.wait, self.throw, self.link)
        nests = (self.choice, self.fork, self.loop, self.scope, self.scope, self.call, self.events, self.guarded)
        makers: tuple[Callable[[int], Ends], ...] = (*leaves, *nests) if depth else leaves
        return self.random.choice(makers)(depth - 1)

    def add(self, line: str) -> None:
        self.lines.append(line)

    def name(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    # The blocks.

    def wait(self, depth: int) -> Ends:  # noqa: ARG002 - nothing stands inside
        name = self.name("U")
        kinds = ("user", "service", "send", "send:about m1", "catch:timer PT1H", "catch:message m1")
        many = tuple(
            f"user:each w{name} in people{how}"
            for how in ("", "; one by one", "; until numberOfCompletedInstances >= 1")
        )
        kind, _, notes = self.random.choice((*kinds, *many)).partition(":")
        self.add(f"{kind} {name}" + (f" ({notes})" if notes else ""))
        return name, name

    def throw(self, depth: int) -> Ends:  # noqa: ARG002 - nothing stands inside
        name = self.name("T")
        self.add(f"throw {name} ({self.random.choice(['message m1', 'escalation X'])})")
        return name, name

    def link(self, depth: int) -> Ends:  # noqa: ARG002 - nothing stands inside
        name = self.name("K")
        self.add(f"throw {name} (link {name})")
        self.add(f"catch {name}c (link {name})")
        return name, f"{name}c"

    def choice(self, depth: int) -> Ends:
        split, join = self.pair(self.random.choice(["xor", "or"]))
        for place in range(self.random.choice([2, 3])):
            arrow = f'-[x{place} = true or outcome = "{place}"]->' if place else "-[*]->"
            if self.random.random() < 0.2:
                self.add(f"{split} {arrow} {join}")
                continue
            first, last = self.sequence(depth)
            self.add(f"{split} {arrow} {first}")
            self.add(f"{last} -> {join}")
        return split, join

    def fork(self, depth: int) -> Ends:
        split, join = self.pair("and")
        for _ in range(self.random.choice([2, 3])):
            first, last = self.sequence(depth)
            self.add(f"{split} -> {first}")
            self.add(f"{last} -> {join}")
        return split, join

    def loop(self, depth: int) -> Ends:
        again, asked = self.name("J"), self.name("G")
        self.add(f"xor {again}")
        first, last = self.sequence(depth)
        task, after = self.name("U"), self.name("U")
        self.add(f"{again} -> {first}")
        self.add(f"{last} -> user {task} -> xor {asked}")
        self.add(f'{asked} -[outcome = "1"]-> {again}')
        self.add(f"{asked} -[*]-> user {after}")
        return again, after

    def scope(self, depth: int) -> Ends:
        name = self.name("S")
        many = self.random.choice(["", "", f" (each w{name} in people)", f" (each w{name} in people; one by one)"])
        self.add(f"sub {name}{many} {{")
        first, last = self.sequence(depth)
        ending = self.random.choice(["", "", " (terminate)", " (error E)", " (escalation X)"])
        self.add(f"start {self.name('s')} -> {first}")
        self.add(f"{last} -> end {self.name('e')}{ending}")
        self.add("}")
        edges = ("error", "error E") if "error" in ending else (None, *SCOPE_EDGES)
        edge = self.random.choice(edges)
        return self.edged(name, edge) if edge else (name, name)

    def call(self, depth: int) -> Ends:
        code, name = self.name("p"), self.name("A")
        other = Drawing(self.random, self.number + 1000)
        first, last = other.sequence(depth)
        other.add(f"start st{code} -> {first}")
        other.add(f"{last} -> end en{code}{self.random.choice(['', ' (terminate)'])}")
        self.number = other.number
        self.called.append((code, other))
        self.add(f"call {name} (calls {code})")
        return name, name

    def events(self, depth: int) -> Ends:
        gateway, join, timer, message = self.name("G"), self.name("J"), self.name("C"), self.name("R")
        self.add(f"events {gateway}")
        self.add(f"{gateway} -> catch {timer} (timer PT1H) -> xor {join}")
        first, last = self.sequence(depth)
        self.add(f"{gateway} -> receive {message} (about m1) -> {first}")
        self.add(f"{last} -> {join}")
        return gateway, join

    def guarded(self, depth: int) -> Ends:  # noqa: ARG002 - nothing stands inside
        name = self.name("U")
        self.add(f"user {name}")
        return self.edged(name, self.random.choice(EDGES))

    def edged(self, name: str, edge: str) -> Ends:
        boundary, join = self.name("B"), self.name("J")
        self.add(f"boundary {boundary} (on {name}; {edge})")
        self.add(f"{name} -> xor {join}")
        if "beside" in edge:
            self.add(f"{boundary} -> user {self.name('U')} -> end {self.name('e')}")
        else:
            self.add(f"{boundary} -> {join}")
        return name, join

    def pair(self, kind: str) -> Ends:
        split, join = self.name("G"), self.name("J")
        self.add(f"{kind} {split}")
        self.add(f"{kind} {join}")
        return split, join
