"""Plans: models with everything that a drawing may hold, made by chance. What they mean is the token game's business.

Two of three are grown from blocks that end well, and then broken in one to four places or left whole; the third is thrown
together, with arrows to anywhere. What the engine would not take is left out by whoever asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

CHOICES = ("xor", "or")
WORK = ("task", "receive", "sub", "call")
ENDS = ("end", "terminate", "error", "tell-end")
MAIN, BELOW = "model", "below"
CODES = ("E1", "E2", "S1", "S2")


@dataclass(frozen=True)
class Step:
    """One node."""

    kind: str
    """`start`, an end, an activity (task, receive, sub, call), `catch`, a gateway (xor, and, or, events), `alternative`, `tell`
    (an escalation, on the way), `pass` (a milestone), or an event on an activity's edge: `timer`, `cycle`, `message`, `error`, `escalation`.
    """
    inner: str = ""
    """The plan inside, of a sub-process or a call."""
    code: str = ""
    """Of errors and escalations; on an edge, empty catches all."""
    host: int = -1
    """Of an event on an edge."""
    cuts: bool = True
    """Whether an event on an edge interrupts."""
    many: str = ""
    """`together` or `in turn`, for an activity that is done several times."""
    times: int = 0
    """How often, if that is written down; else a list says it."""
    enough: bool = False
    """Whether a completion condition may call it enough."""
    asks_outcome: bool = False
    """Whether its conditions read what the officer has just chosen, instead of a fact."""
    asks: bool = False
    """Of a task: whether there are conditions on its arrows, as an inclusive gateway has them."""


@dataclass
class Plan:
    """What lies in one process or sub-process."""

    steps: dict[int, Step] = field(default_factory=dict)
    arrows: dict[int, tuple[int, int]] = field(default_factory=dict)
    """In the order drawn. Of a node that chooses, the last is the default and all others have conditions."""

    def out(self, step: int) -> list[int]:
        return [arrow for arrow, (source, _) in self.arrows.items() if source == step]

    def into(self, step: int) -> list[int]:
        return [arrow for arrow, (_, target) in self.arrows.items() if target == step]

    def edges(self, host: int) -> list[int]:
        return [number for number, each in self.steps.items() if each.host == host]

    def onward(self, step: int) -> list[int]:
        return [self.arrows[each][1] for each in self.out(step)] + self.edges(step)

    def start(self) -> int:
        return next(number for number, each in self.steps.items() if each.kind == "start")

    def chooses(self, step: int) -> bool:
        return (self.steps[step].kind in CHOICES or self.steps[step].asks) and len(self.out(step)) > 1


Model = dict[str, Plan]
"""Plans by name: the process itself, one that it may call, and the insides of sub-processes."""


def some_plans(seed: int) -> Model:
    """A model, good or bad."""
    grower = _Grower(Random(seed))  # noqa: S311 - models, not secrets
    return grower.grown() if seed % 3 else grower.thrown()


class _Grower:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.model: Model = {}
        self.count = 0
        self.left = chance.randint(4, 10)
        """How many nodes may still be begun."""

    def grown(self) -> Model:
        """Blocks, then some of it broken."""
        self._process(MAIN)
        if self._uses(BELOW):
            self.left = max(self.left, 3)
            self._process(BELOW)
        for _ in range(self.chance.choice((0, 1, 2, 3, 4, 5))):
            self._break()
        return self.model

    def thrown(self) -> Model:
        """Nodes thrown together: arrows mostly ahead, some back."""
        plan = self._plan(MAIN)
        first = last = self._node(plan, "task")
        self._arrow(plan, plan.start(), first)
        for _ in range(self.chance.randint(3, 6)):
            last = self._node(
                plan, self.chance.choice(("task", "task", "xor", "and", "or", "catch", "pass", "many", "sub"))
            )
            if plan.steps[last].kind == "task" and self.chance.random() < 0.3:
                self._edge(plan, last)
        for _ in range(self.chance.randint(1, 2)):
            self._node(plan, self.chance.choice(("end", "end", "end", "terminate")))
        targets = [each for each, step in plan.steps.items() if step.kind != "start" and step.host < 0]
        for number, step in list(plan.steps.items()):
            if step.kind in ("start", *ENDS):
                continue
            ahead = [each for each in targets if each > number]
            many = (
                self.chance.choice((1, 2, 2, 3))
                if step.kind in ("xor", "and", "or")
                else self.chance.choice((1, 1, 1, 2))
            )
            for _ in range(many):
                self._arrow(
                    plan, number, self.chance.choice(ahead if ahead and self.chance.random() < 0.8 else targets)
                )
            if step.kind == "task" and self.chance.random() < 0.4:
                plan.steps[number] = replace(step, asks=True)
        if self._uses(BELOW):
            self._process(BELOW)
        return self.model

    # Blocks.

    def _process(self, name: str) -> None:
        plan = self._plan(name)
        self._way(plan, plan.start(), name=name)

    def _plan(self, name: str) -> Plan:
        plan = self.model[name] = Plan()
        self._add(plan, Step("start"))
        return plan

    def _way(self, plan: Plan, at: int, *, name: str) -> None:
        """From a node to an end of its own."""
        for _ in range(self.chance.randint(1, 3)):
            at = self._block(plan, at, name)
        kinds = ["end"] * 6 + (["error", "tell-end", "terminate"] if name != MAIN else ["terminate"])
        kind = self.chance.choice(kinds)
        code = {"error": "E1", "tell-end": "S1"}.get(kind, "")
        self._arrow(plan, at, self._add(plan, Step(kind, code=code)))

    def _block(self, plan: Plan, at: int, name: str) -> int:
        """Something after a node. Gives the node after which it goes on."""
        self.left -= 1
        kinds = ["task", "task", "catch", "receive", "tell", "pass", "many", "edged", "edged"]
        if self.left > 1:
            kinds += ["split"] * 4 + ["loop", "events", "sub", "call"]
        kind = self.chance.choice(kinds)
        if kind == "tell" and name == MAIN:
            kind = "task"
        if kind in ("split", "loop", "events", "edged"):
            return {"split": self._split, "loop": self._loop, "events": self._events, "edged": self._edged}[kind](
                plan, at, name
            )
        node = self._node(plan, kind)
        self._arrow(plan, at, node)
        if plan.steps[node].kind in ("sub", "call") and self.chance.random() < 0.6:
            return self._leave_edge(plan, node, node)
        return node

    def _split(self, plan: Plan, at: int, name: str) -> int:
        kind = self.chance.choice(("xor", "and", "or"))
        fork = self._add(plan, Step(kind, asks_outcome=kind == "xor" and self.chance.random() < 0.4))
        self._arrow(plan, at, fork)
        ends = []
        for _ in range(self.chance.choice((2, 2, 3))):
            empty = self.chance.random() < 0.25
            ends.append(fork if empty else self._block(plan, fork, name))
        join = self._add(plan, Step(kind))
        for each in ends:
            self._arrow(plan, each, join)
        return join

    def _loop(self, plan: Plan, at: int, name: str) -> int:
        merge = self._add(plan, Step("xor"))
        self._arrow(plan, at, merge)
        end = self._node(plan, "task")
        self._arrow(plan, merge, end)
        if self.chance.random() < 0.4:
            end = self._block(plan, end, name)
        back = self._add(plan, Step("xor", asks_outcome=self.chance.random() < 0.4))
        self._arrow(plan, end, back)
        self._arrow(plan, back, merge)
        return back

    def _events(self, plan: Plan, at: int, name: str) -> int:
        gateway = self._add(plan, Step("events"))
        self._arrow(plan, at, gateway)
        merge = -1
        for _ in range(2):
            alternative = self._add(plan, Step("alternative"))
            self._arrow(plan, gateway, alternative)
            end = self._block(plan, alternative, name) if self.chance.random() < 0.3 else alternative
            merge = merge if merge >= 0 else self._add(plan, Step("xor"))
            self._arrow(plan, end, merge)
        return merge

    def _edged(self, plan: Plan, at: int, _name: str) -> int:
        node = self._node(plan, self.chance.choice(("task", "task", "task", "receive", "many")))
        self._arrow(plan, at, node)
        return self._leave_edge(plan, node, node)

    def _leave_edge(self, plan: Plan, node: int, on: int) -> int:
        """An event on an activity's edge: one that interrupts leads back to the way or to an end, another beside it."""
        edge = self._edge(plan, node)
        after = edge
        if self.chance.random() < 0.6:
            after = self._node(plan, "task")
            self._arrow(plan, edge, after)
        if plan.steps[edge].cuts and self.chance.random() < 0.6:
            merge = self._add(plan, Step("xor"))
            self._arrow(plan, on, merge)
            self._arrow(plan, after, merge)
            return merge
        self._arrow(plan, after, self._add(plan, Step("end")))
        return on

    # Nodes.

    def _node(self, plan: Plan, kind: str) -> int:
        chance = self.chance
        if kind == "many":
            inner = "sub" if self.left > 2 and chance.random() < 0.3 else chance.choice(("task", "task", "receive"))
            many = chance.choice(("together", "in turn"))
            step = Step(inner, many=many, times=chance.choice((0, 0, 1, 2)), enough=chance.random() < 0.4)
            return self._with_inside(plan, step)
        if kind == "call" and plan is self.model.get(BELOW):
            kind = "sub"
        code = chance.choice(("S1", "S2")) if kind == "tell" else ""
        return self._with_inside(plan, Step(kind, code=code))

    def _with_inside(self, plan: Plan, step: Step) -> int:
        if step.kind == "call":
            return self._add(plan, replace(step, inner=BELOW))
        if step.kind != "sub":
            return self._add(plan, step)
        name = f"in{self.count}"
        number = self._add(plan, replace(step, inner=name))
        self.left -= 2
        self._process(name)
        return number

    def _edge(self, plan: Plan, host: int) -> int:
        chance = self.chance
        kinds = ["timer", "timer", "message", "cycle"]
        if plan.steps[host].kind == "task":
            kinds += ["error"]
        if plan.steps[host].kind in ("sub", "call"):
            kinds += ["error", "error", "escalation", "escalation"]
        kind = chance.choice(kinds)
        code = {"error": chance.choice(("", "E1")), "escalation": chance.choice(("", "S1"))}.get(kind, "")
        return self._add(
            plan, Step(kind, code=code, host=host, cuts=kind == "error" or (kind != "cycle" and chance.random() < 0.5))
        )

    def _add(self, plan: Plan, step: Step) -> int:
        self.count += 1
        plan.steps[self.count] = step
        return self.count

    def _arrow(self, plan: Plan, source: int, target: int) -> None:
        self.count += 1
        plan.arrows[self.count] = (source, target)

    # Breaking.

    def _uses(self, name: str) -> bool:
        return any(step.inner == name for plan in self.model.values() for step in plan.steps.values())

    def _break(self) -> None:
        plan = self.chance.choice(list(self.model.values()))
        joins = [
            each for each in plan.arrows.values() if plan.steps[each[1]].kind == "and" and len(plan.into(each[1])) > 1
        ]
        if joins and self.chance.random() < 0.5:
            self._leave_before(plan, *self.chance.choice(joins))
            return
        if self.chance.random() < 0.5:
            gateways = [each for each, step in plan.steps.items() if step.kind in ("xor", "and", "or")]
            if gateways:
                number = self.chance.choice(gateways)
                kind = self.chance.choice([each for each in ("xor", "and", "or") if each != plan.steps[number].kind])
                plan.steps[number] = Step(kind)
                return
        arrow = self.chance.choice(list(plan.arrows))
        source, _ = plan.arrows[arrow]
        if plan.steps[source].kind != "events":
            barred = ("start", "alternative")
            targets = [each for each, step in plan.steps.items() if step.kind not in barred and step.host < 0]
            plan.arrows[arrow] = (source, self.chance.choice(targets))

    def _leave_before(self, plan: Plan, source: int, join: int) -> None:
        """Let a branch end on its own before it comes to the join."""
        choice = self._add(plan, Step("xor"))
        for number, ends in plan.arrows.items():
            if ends == (source, join):
                plan.arrows[number] = (source, choice)
                break
        self._arrow(plan, choice, join)
        self._arrow(plan, choice, self._add(plan, Step("end")))


def tidied(model: Model) -> Model | None:
    """The model without what no arrow leads to; none where a part that is called or entered has no way to run."""
    for plan in model.values():
        found = {plan.start()}
        while more := {each for step in found for each in plan.onward(step)} - found:
            found |= more
        plan.steps = {number: step for number, step in plan.steps.items() if number in found}
        plan.arrows = {number: ends for number, ends in plan.arrows.items() if ends[0] in found}
    needed, waiting = {MAIN}, [MAIN]
    while waiting:
        inner = {step.inner for step in model[waiting.pop()].steps.values() if step.inner} - needed
        needed |= inner
        waiting += inner
    return {name: plan for name, plan in model.items() if name in needed} if needed <= set(model) else None


def plans_of(seeds: Iterable[int]) -> Iterator[tuple[int, Model]]:
    """A tidy model for each seed that gives one."""
    for seed in seeds:
        model = tidied(some_plans(seed))
        if model is not None:
            yield seed, model
