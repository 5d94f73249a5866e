"""Finds a right-angled line for each arrow over a net of lines, round everything that stands in the way.

The net knows no pixels for certain: its distances are estimates, good enough to choose between two ways.
Two arrows may share a stretch only if they have their source or their target in common; they may cross, at a price.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Spot: TypeAlias = tuple[int, int]
"""A crossing of the net: the number of its upright line, the number of its level line."""

EAST, SOUTH, WEST, NORTH = range(4)
STEP = ((1, 0), (0, 1), (-1, 0), (0, -1))

_State: TypeAlias = tuple[Spot, int]
"""A spot, and the direction in which it was reached."""

_BEND = 40.0
SHARED = (220.0, 120.0, 45.0)
"""What it costs to leave a node where another arrow leaves it already: at first more than to cross a line once, so that answers have
sides of their own and no label stands far from where they part; less where a label would be covered then."""
_REJOINED = 300.0
"""What it costs to come back to a line that one has parted from: nobody could tell then which answer leads where."""
_PAST_A_DOOR = 45.0
"""What it costs to pass right before a node that is not one's own."""
_TURN = 2
"""How a spot is used where a line turns; 0 and 1 are level and upright."""


class Port(NamedTuple):
    """A way out of (or into) a node: the spots from its anchor outwards, and what using it costs."""

    spots: tuple[Spot, ...]
    heading: int
    """The direction from the node outwards."""
    cost: float

    @property
    def outer(self) -> Spot:
        return self.spots[-1]


class Step(NamedTuple):
    """One step of a line that was taken."""

    source: str
    target: str
    on: Spot | None
    """Where it goes on to; None at its end."""


@dataclass(frozen=True, slots=True)
class Job:
    """One arrow to be drawn."""

    id: str
    source: str
    target: str
    outs: tuple[Port, ...]
    ins: tuple[Port, ...]
    crossing: float = 150.0


@dataclass(slots=True)
class Net:
    """Upright and level lines with their estimated places, what blocks them, and which are better left alone."""

    xs: Sequence[float]
    ys: Sequence[float]
    blocked: set[Spot]
    upright_cost: Sequence[float]
    level_cost: Sequence[float]
    doors: dict[Spot, frozenset[str]] = field(default_factory=dict)
    """Spots right before a node, at which only arrows of these names may turn: whoever else did would shut it in."""
    lenient: bool = False
    """Whether an arrow that finds no way of its own may run along others; it never runs through a shape."""
    shared: float = SHARED[0]
    """What it costs to leave a node where another arrow leaves it already."""
    used: dict[Spot, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[tuple[Spot, Spot], dict[str, Step]] = field(default_factory=lambda: defaultdict(dict))
    """What was taken step by step: between two neighbouring spots, by which arrow."""


class NoWay(Exception):
    """Expected a way for {arrow}, but everything is taken."""


def route(net: Net, job: Job) -> list[Spot]:
    """Return the spots of the cheapest line from the source's anchor to the target's, and take them."""
    path = _Search(net, job).path()
    if path is None and net.lenient:
        path = _Search(replace(net, used=defaultdict(list), steps=defaultdict(dict), doors={}), job).path()
    if path is None:
        raise NoWay(job.id)
    for before, spot, after in zip(path, path[1:], path[2:], strict=False):
        net.used[spot].append((job.source, job.target, _how(before, spot, after)))
    for (here, there), on in zip(pairwise(path), [*path[2:], None], strict=True):
        net.steps[here, there][job.id] = Step(job.source, job.target, on)
    return path


class _Search:
    """One search for the cheapest line (A*): states are a spot and the direction in which it was reached."""

    def __init__(self, net: Net, job: Job) -> None:
        self.net, self.job = net, job
        free = [port for port in job.ins if _free(net, job, port)]
        self.goals: dict[_State, Port] = {(port.outer, (port.heading + 2) % 4): port for port in free}
        self.box = _box(net, (port.outer for port in job.ins))
        self.best: dict[_State, float] = {}
        self.came: dict[_State, _State | Port] = {}
        self.queue: list[tuple[float, float, int, _State]] = []
        self.limit = float("inf")
        self.end: tuple[_State, Port] | None = None

    def path(self) -> list[Spot] | None:
        for port in self.job.outs:
            if _free(self.net, self.job, port):
                shared = self.net.shared if self.net.used.get(port.outer) else 0.0
                self._offer((port.outer, port.heading), port.cost + shared, port)
        while self.queue:
            guess, cost, _, state = heapq.heappop(self.queue)
            if guess >= self.limit:
                break
            if cost <= self.best[state]:
                self._leave(state, cost)
        return self._walked(*self.end) if self.end else None

    def _leave(self, state: _State, cost: float) -> None:
        spot, heading = state
        turns = _may_turn(self.net, self.job, spot)
        for towards in range(4):
            if towards == (heading + 2) % 4 or (towards != heading and not turns):
                continue
            here = cost + _turn_cost(self.net, spot, heading, towards)
            goal = self.goals.get((spot, towards))
            if goal is not None and here + goal.cost < self.limit:
                self.limit, self.end = here + goal.cost, (state, goal)
            there = (spot[0] + STEP[towards][0], spot[1] + STEP[towards][1])
            price = _price(self.net, self.job, spot, there, towards)
            if price is not None:
                before = (spot[0] - STEP[heading][0], spot[1] - STEP[heading][1])
                price += _REJOINED * _rejoined(self.net, self.job, before, spot, there)
                self._offer((there, towards), here + price, state)

    def _offer(self, state: _State, cost: float, origin: _State | Port) -> None:
        if cost < self.best.get(state, float("inf")):
            self.best[state] = cost
            self.came[state] = origin
            heapq.heappush(self.queue, (cost + _left(self.net, state[0], self.box), cost, len(self.came), state))

    def _walked(self, state: _State, goal: Port) -> list[Spot]:
        path = [state[0]]
        origin = self.came[state]
        while not isinstance(origin, Port):
            path.append(origin[0])
            origin = self.came[origin]
        return [*origin.spots[:-1], *reversed(path), *reversed(goal.spots[:-1])]


def _turn_cost(net: Net, spot: Spot, heading: int, towards: int) -> float:
    if towards == heading:
        return 0.0
    return _BEND + (net.upright_cost[spot[0]] if towards % 2 else net.level_cost[spot[1]])


def _price(net: Net, job: Job, here: Spot, there: Spot, towards: int) -> float | None:
    """Return what one step costs, None where it is not allowed."""
    if not (0 <= there[0] < len(net.xs) and 0 <= there[1] < len(net.ys)) or there in net.blocked:
        return None
    crossed = _crossings(net, job, there, towards % 2)
    if crossed is None:
        return None
    length = abs(net.xs[there[0]] - net.xs[here[0]]) + abs(net.ys[there[1]] - net.ys[here[1]])
    return length + crossed * job.crossing + (0.0 if _own_door(net, job, there) else _PAST_A_DOOR)


def _crossings(net: Net, job: Job, spot: Spot, axis: int) -> int | None:
    users = net.used.get(spot)
    if not users:
        return 0
    strangers = [how for source, target, how in users if not _kin(job, source, target)]
    return None if axis in strangers or _TURN in strangers else len(strangers)


def _rejoined(net: Net, job: Job, before: Spot, here: Spot, there: Spot) -> int:
    """Count the arrows of the same source that are come upon again, and those to the same target that are left again."""
    came, found = net.steps.get((before, here), {}), 0
    for name, step in net.steps.get((here, there), {}).items():
        found += step.source == job.source and step.target != job.target and name not in came
    for step in net.steps.get((there, here), {}).values():
        found += _kin(job, step.source, step.target)
    for step in came.values():
        found += step.target == job.target and step.source != job.source and step.on not in {there, None}
    return found


def _may_turn(net: Net, job: Job, spot: Spot) -> bool:
    if not _own_door(net, job, spot):
        return False
    return all(_kin(job, source, target) for source, target, _ in net.used.get(spot, ()))


def _own_door(net: Net, job: Job, spot: Spot) -> bool:
    door = net.doors.get(spot)
    return door is None or job.source in door or job.target in door


def _free(net: Net, job: Job, port: Port) -> bool:
    return all(_crossings(net, job, spot, port.heading % 2) == 0 for spot in port.spots[1:])


def _kin(job: Job, source: str, target: str) -> bool:
    return source == job.source or target == job.target


def _how(before: Spot, spot: Spot, after: Spot) -> int:
    if before[1] == spot[1] == after[1]:
        return 0
    return 1 if before[0] == spot[0] == after[0] else _TURN


def _box(net: Net, spots: Iterable[Spot]) -> tuple[float, float, float, float]:
    places = [(net.xs[x], net.ys[y]) for x, y in spots]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), max(xs), min(ys), max(ys)


def _left(net: Net, spot: Spot, box: tuple[float, float, float, float]) -> float:
    """Return the least distance that is still to go."""
    x, y = net.xs[spot[0]], net.ys[spot[1]]
    return max(box[0] - x, 0.0, x - box[1]) + max(box[2] - y, 0.0, y - box[3])
