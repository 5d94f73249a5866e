"""The nodes and arrows of one scope as the layout sees them: which arrows go back, which way is the main one, and in
which column each node stands. It knows no pixels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.notation import BoundaryEvent, EndEvent, FlowNode, Gateway, Scope, SequenceFlow, StartEvent


@dataclass(frozen=True, slots=True)
class Arrow:
    """One sequence flow between two nodes that stand in columns; `leaves` is the boundary event it starts at."""

    id: str
    source: str
    target: str
    label: str
    leaves: str = ""
    back: bool = False


class Graph:
    """One scope: its nodes in reading order and its arrows."""

    def __init__(self, scope: Scope) -> None:
        self.by_id: dict[str, FlowNode] = {each.id: each for each in scope.nodes}
        self.host = {each.id: each.attached_to for each in scope.nodes if isinstance(each, BoundaryEvent)}
        drawn = tuple(each.id for each in scope.nodes if each.id not in self.host)
        self.place = {each: at for at, each in enumerate(drawn)}
        loose = [self._arrow(each) for each in scope.flows if self._drawable(each)]
        rings = _rings(drawn, loose)
        self.nodes = self._reading_order(drawn, loose, rings)
        self.place = {each: at for at, each in enumerate(self.nodes)}
        self.arrows = tuple(
            Arrow(a.id, a.source, a.target, a.label, a.leaves, back=self._goes_back(a, rings)) for a in loose
        )

    def _reading_order(self, drawn: tuple[str, ...], arrows: list[Arrow], rings: dict[str, int]) -> tuple[str, ...]:
        """The order of the file, as an author writes it down; a walk from the starts if steps were come to only from behind."""
        entered = {each.target for each in arrows}
        from_before = {each.target for each in arrows if not self._goes_back(each, rings)}
        if entered == from_before:
            return drawn
        return _walked(drawn, arrows, [each for each in drawn if isinstance(self.by_id[each], StartEvent)])

    @cached_property
    def column(self) -> dict[str, int]:
        """The longest way from a start to each node, in steps: a node stands right of everything before it."""
        found = dict.fromkeys(self.nodes, 0)
        for node in self.forward_order:
            for arrow in self.ahead[node]:
                found[arrow.target] = max(found[arrow.target], found[node] + 1)
        return found

    @cached_property
    def ahead(self) -> dict[str, list[Arrow]]:
        """The arrows that lead on from each node, its boundary events' included."""
        return self._by("source")

    @cached_property
    def behind(self) -> dict[str, list[Arrow]]:
        """The arrows that lead to each node from before it."""
        return self._by("target")

    @cached_property
    def forward_order(self) -> tuple[str, ...]:
        """All nodes, each after everything that leads on to it."""
        waiting = {each: len(self.behind[each]) for each in self.nodes}
        ready = [each for each in self.nodes if not waiting[each]]
        order: list[str] = []
        while ready:
            node = ready.pop(0)
            order.append(node)
            for arrow in self.ahead[node]:
                waiting[arrow.target] -= 1
                if not waiting[arrow.target]:
                    ready.append(arrow.target)
                    ready.sort(key=self.place.__getitem__)
        return tuple(order)

    @cached_property
    def main(self) -> tuple[str, ...]:
        """The way that a case goes when nothing is out of the ordinary: the author's next step, else the longest."""
        if not self.nodes:
            return ()
        left = self._steps_left()
        walked = [self.nodes[0]]
        while ways := [each for each in self.ahead[walked[-1]] if not each.leaves]:
            walked.append(max(ways, key=lambda way: self._weight(way, left)).target)
        return tuple(walked)

    def _weight(self, way: Arrow, left: dict[str, int]) -> tuple[bool, int, int]:
        follows = self.place[way.target] == self.place[way.source] + 1 and left[way.target] > 0
        return follows, left[way.target], -self.place[way.target]

    def _steps_left(self) -> dict[str, int]:
        """Count the steps to the farthest end; a node from which every way goes back has none."""
        left = dict.fromkeys(self.nodes, 0)
        for node in reversed(self.forward_order):
            real = 0 if isinstance(self.by_id[node], Gateway) else 1
            ways = [left[a.target] for a in self.ahead[node] if not a.leaves and left[a.target]]
            left[node] = max(ways) + real if ways else int(isinstance(self.by_id[node], EndEvent))
        return left

    def _by(self, end: str) -> dict[str, list[Arrow]]:
        found: dict[str, list[Arrow]] = defaultdict(list)
        for arrow in self.arrows:
            if not arrow.back:
                found[getattr(arrow, end)].append(arrow)
        return found

    def _arrow(self, flow: SequenceFlow) -> Arrow:
        host = self.host.get(flow.source, flow.source)
        return Arrow(flow.id, host, flow.target, flow.name, leaves=flow.source if flow.source in self.host else "")

    def _drawable(self, flow: SequenceFlow) -> bool:
        return self.host.get(flow.source, flow.source) in self.place and flow.target in self.place

    def _goes_back(self, arrow: Arrow, rings: dict[str, int]) -> bool:
        same = rings[arrow.source] == rings[arrow.target]
        return same and self.place[arrow.target] <= self.place[arrow.source]


def _walked(nodes: tuple[str, ...], arrows: list[Arrow], starts: list[str]) -> tuple[str, ...]:
    """Order nodes so that each stands behind what leads on to it, unless that leads back: a walk in depth, turned round."""
    onward: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        onward[arrow.source].append(arrow.target)
    entered = {arrow.target for arrow in arrows}
    roots: list[str] = []
    reached: set[str] = set()
    for root in (*starts, *(each for each in nodes if each not in entered), *nodes):
        if root not in reached:
            roots.append(root)
            _walk(root, onward, reached, [])
    left: list[str] = []
    seen: set[str] = set()
    for root in reversed(roots):
        _walk(root, onward, seen, left)
    return tuple(reversed(left))


def _walk(root: str, onward: Mapping[str, list[str]], seen: set[str], left: list[str]) -> None:
    """Walk on from one node, the last way first, and note each node when everything behind it is done."""
    seen.add(root)
    walk = [(root, iter(reversed(onward.get(root, []))))]
    while walk:
        _, rest = walk[-1]
        target = next((each for each in rest if each not in seen), None)
        if target is None:
            left.append(walk.pop()[0])
        else:
            seen.add(target)
            walk.append((target, iter(reversed(onward.get(target, [])))))


def _rings(nodes: tuple[str, ...], arrows: list[Arrow]) -> dict[str, int]:
    """Number the strongly connected parts (Tarjan's algorithm, without recursion)."""
    onward: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        onward[arrow.source].append(arrow.target)
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    ring: dict[str, int] = {}
    pile: list[str] = []
    for root in nodes:
        if root in number:
            continue
        walk: list[tuple[str, Iterator[str]]] = [(root, iter(onward[root]))]
        number[root] = low[root] = len(number)
        pile.append(root)
        while walk:
            node, rest = walk[-1]
            for target in rest:
                if target not in number:
                    number[target] = low[target] = len(number)
                    pile.append(target)
                    walk.append((target, iter(onward[target])))
                    break
                if target not in ring:
                    low[node] = min(low[node], number[target])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    _take(pile, node, ring)
    return ring


def _take(pile: list[str], node: str, ring: dict[str, int]) -> None:
    this = len(ring)
    while True:
        member = pile.pop()
        ring[member] = this
        if member == node:
            return
