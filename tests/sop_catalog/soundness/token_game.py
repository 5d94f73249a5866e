"""A token game over plans, written from BPMN 2.0 as `docs/bpmn.md` words it: plain, slow and without shortcuts.

Nothing of the machine or of the proof is in it. A position is a tree: what is open in the case, within it what is open in
each sub-process, call and instance. A turn sets a position up as live boxes with things in them, lets one event happen, and
moves tokens, first come, first served, until all rest; wherever a drawing asks a fact the turn is played once for each
answer. Every event of every thing is played in every position, whether another one is just like it or not.

Its bounds are those that the proof states: lists of none, one or two; what comes again beside an activity comes twice, and
again only when nothing is open that it alone leads to (`restrained`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Any

from tests.sop_catalog.soundness.plans import Model, Plan
from tests.sop_catalog.soundness.positions import Position, same
from tests.sop_catalog.soundness.token_turn import Rules, Table, Turn

MOST_POSITIONS = 1_500
MOST_THINGS = 14
FAR_TOO_MANY, MOST_PROBES = 24, 1_000


class Game:
    """All turns of one model."""

    def __init__(self, model: Model, *, restrained: bool = True) -> None:
        self.rules = Rules(
            model,
            {number: name for name, plan in model.items() for number in plan.steps},
            {
                number: _alone(plan, number)
                for plan in model.values()
                for number, step in plan.steps.items()
                if restrained and step.host >= 0 and not step.cuts
            },
            {
                (number, arrow): _before(plan, plan.arrows[arrow][0], number)
                for plan in model.values()
                for number, step in plan.steps.items()
                if step.kind == "or"
                for arrow in plan.into(number)
            },
        )

    def first(self) -> Iterator[Turn]:
        """Every way to begin."""
        yield from self._answers(None, "start", 0, 0)

    def turns(self, position: Position) -> Iterator[Turn]:
        """Every turn from a position."""
        table = Table(self.rules, position)
        for at, thing in enumerate(table.all()):
            for what, which in table.events(thing):
                yield from self._answers(position, what, at, which)

    def _answers(self, position: Position | None, what: str, at: int, which: int) -> Iterator[Turn]:
        """One event with every combination of answers."""
        script: list[list[int]] = []
        while True:
            table = Table(self.rules, position, script)
            table.happens(what, at, which)
            yield table.settled()
            asked = table.asked
            while asked and asked[-1][0] + 1 == asked[-1][1]:
                asked.pop()
            if not asked:
                return
            asked[-1] = [asked[-1][0] + 1, asked[-1][1]]
            script = asked


@dataclass
class Told:
    """What brute force finds: for each flaw, how many events have to happen for it, at least."""

    stuck: dict[tuple[bool, frozenset[int]], int] = field(default_factory=dict)
    """Whether a token of the case came to an end just before, and the joins that wait."""
    cutting: dict[int, int] = field(default_factory=dict)
    hopeless: int = 0
    """0: every position leads to an end, or to where it is stuck."""
    met: set[int] = field(default_factory=set)
    positions: int = 0
    unbounded: bool = False
    is_whole: bool = True
    """Whether all positions were played."""
    depth: int = 0
    """Of the last that was played."""


def tell(model: Model, *, restrained: bool = True, most: int = MOST_POSITIONS) -> Told:
    """Play every position, in breadth."""
    return _Oracle(Game(model, restrained=restrained), most).told()


class _Oracle:
    def __init__(self, game: Game, most: int) -> None:
        self.game = game
        self.most = most
        self.found = Told()
        self.depth: dict[Any, int] = {}
        self.positions: dict[Any, Position] = {}
        self.onward: dict[Any, set[Any]] = {}
        self.good: set[Any] = set()
        self.waiting: deque[Any] = deque()

    def told(self) -> Told:
        for turn in self.game.first():
            self._take(None, turn, 1)
        while self.waiting and self.found.is_whole:
            key = self.waiting.popleft()
            self.found.depth = self.depth[key]
            for turn in self.game.turns(self.positions[key]):
                self._take(key, turn, self.depth[key] + 1)
        found = self.found
        found.positions = len(self.positions)
        if found.is_whole:
            self._look_for_an_end()
        else:
            found.unbounded = self._overflows()
        return found

    def _take(self, before: Any, turn: Turn, depth: int) -> None:
        found = self.found
        found.met |= turn.met
        for each in turn.cutting:
            found.cutting.setdefault(each, depth)
        if turn.result == "stuck":
            found.stuck.setdefault((turn.ended, turn.joins), depth)
        if turn.result != "rests":
            self.good.add(before)
            return
        key = same(turn.position)
        self.onward.setdefault(before, set()).add(key)
        if key in self.positions:
            return
        if len(self.positions) >= self.most or count(turn.position) > MOST_THINGS:
            found.is_whole = False
            return
        self.depth[key] = depth
        self.positions[key] = turn.position
        self.waiting.append(key)

    def _look_for_an_end(self) -> None:
        while more := {key for key, after in self.onward.items() if key not in self.good and after & self.good}:
            self.good |= more
        self.found.hopeless = min((depth for key, depth in self.depth.items() if key not in self.good), default=0)

    def _overflows(self) -> bool:
        """Whether ever more comes to be open: always going on from where most is, far more than a bounded model can hold."""
        heap = [(-count(each), -number, each) for number, each in enumerate(self.positions.values())]
        heapify(heap)
        seen = set(self.positions)
        for _ in range(MOST_PROBES):
            if not heap:
                return False
            most, _, position = heappop(heap)
            if -most > FAR_TOO_MANY:
                return True
            for turn in self.game.turns(position):
                if turn.result == "rests" and (key := same(turn.position)) not in seen:
                    seen.add(key)
                    heappush(heap, (-count(turn.position), -len(seen), turn.position))
        return False


def count(position: Position) -> int:
    """How much is open."""
    return sum(1 + count(inside or ()) + count(instances) for _, _, _, _, _, inside, instances, _ in position)


def _reached(plan: Plan, begin: set[int], barred: Callable[[int, int], bool]) -> set[int]:
    found = set(begin)
    while more := {to for step in found for to in plan.onward(step) if not barred(step, to)} - found:
        found |= more
    return found


def _alone(plan: Plan, event: int) -> frozenset[int]:
    """The nodes to which an event beside an activity leads, and nothing that is not beside leads."""

    def beside(_: int, to: int) -> bool:
        return plan.steps[to].host >= 0 and not plan.steps[to].cuts

    main = _reached(plan, {plan.start()}, beside)
    return frozenset(_reached(plan, {event}, lambda *_: False) - main)


def _before(plan: Plan, source: int, join: int) -> frozenset[int]:
    """Nodes from which a token can come to a node without passing a join."""
    found = {source} - {join}
    while more := {
        each for each in plan.steps if each != join and each not in found and set(plan.onward(each)) & found
    }:
        found |= more
    return frozenset(found)
