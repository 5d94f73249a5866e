"""Small models made by chance, and an oracle that plays tokens on them by rules of its own: nothing of the machine is in it.

Rules of the game: tokens move first come, first served; a task, an event and an event-based gateway hold a token until
something happens to it; an exclusive gateway gives it to one arrow, an inclusive one to some, a parallel one and every
other node to all. A parallel join wants one on each arrow; an inclusive join, asked when all else rests and the oldest
first, wants one on each arrow on which one can still come that could not as well come on an arrow that has one. Within
one step a gateway that chooses twice chooses the same. A token that has no arrow is gone; the case ends with the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

RESTS = ("task", "catch", "events")
MOST_TOKENS = 14
MOST_MARKINGS = 4_000

Marking = frozenset[tuple[Any, int]]


@dataclass
class Model:
    """Nodes by number, each with its kind, and arrows by number."""

    kinds: list[str]
    arrows: list[tuple[int, int]]
    hosts: dict[int, int] = field(default_factory=dict)
    """Boundary event → the task that it interrupts."""

    def out(self, node: int) -> list[int]:
        return [number for number, (source, _) in enumerate(self.arrows) if source == node]

    def into(self, node: int) -> list[int]:
        return [number for number, (_, target) in enumerate(self.arrows) if target == node]

    def following(self, node: int) -> list[int]:
        edge = [event for event, host in self.hosts.items() if host == node]
        return [self.arrows[each][1] for each in self.out(node)] + edge


@dataclass
class Found:
    """What the oracle says of a model."""

    markings: set[Marking] = field(default_factory=set)
    ending: set[Marking] = field(default_factory=set)
    stuck: set[tuple[bool, tuple[int, ...]]] = field(default_factory=set)
    hopeless: set[Marking] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)
    arrows: set[int] = field(default_factory=set)
    cutting: set[int] = field(default_factory=set)
    """Ends of everything that took something away."""
    unbounded: bool = False
    moves: dict[Marking, int] = field(default_factory=dict)
    """How many things have to happen before a marking is reached, at least."""


def some_model(seed: int) -> Model:
    """A model of at most eight nodes, well made or not; no way round is without a rest."""
    chance = Random(seed)  # noqa: S311 - models, not secrets
    while True:
        model = _drawn(chance)
        if model is not None and _reached(model) == set(range(len(model.kinds))) and not _restless(model):
            return model


def _drawn(chance: Random) -> Model | None:
    inner = chance.choices(
        ["task", "catch", "xor", "and", "or", "timed", "events", "end"],
        [5, 1, 3, 4, 3, 1, 1, 1],
        k=chance.randint(3, 6),
    )
    kinds, arrows, hosts = ["start"], [], dict[int, int]()
    for kind in inner:
        kinds.append("task" if kind == "timed" else kind)
        if kind == "timed":
            kinds.append("boundary")
            hosts[len(kinds) - 1] = len(kinds) - 2
        if kind == "events":
            gateway = len(kinds) - 1
            kinds += ["alternative", "alternative"]
            arrows += [(gateway, gateway + 1), (gateway, gateway + 2)]
    kinds += chance.choices(["end", "terminate"], [5, 1])
    if len(kinds) > 8:
        return None
    ways = [node for node, kind in enumerate(kinds) if kind not in ("end", "terminate", "events")]
    targets = [node for node, kind in enumerate(kinds) if kind not in ("start", "boundary", "alternative")]
    for node in ways:
        many = chance.choice((1, 2, 2, 3)) if kinds[node] in ("xor", "and", "or") else chance.choice((1, 1, 1, 1, 2))
        ahead = [each for each in targets if each > node]
        for _ in range(many):
            arrows.append((node, chance.choice(ahead if ahead and chance.random() < 0.8 else targets)))
    return Model(kinds, arrows, hosts)


def _reached(model: Model) -> set[int]:
    """The nodes to which arrows lead from the start."""
    found = {0}
    while more := {each for node in found for each in model.following(node)} - found:
        found |= more
    return found


def _restless(model: Model) -> bool:
    """Whether some way round comes to no rest."""
    left = {node for node, kind in enumerate(model.kinds) if kind not in (*RESTS, "alternative")}
    while True:
        over = {node for node in left if not {model.arrows[each][1] for each in model.out(node)} & left}
        if not over:
            return bool(left)
        left -= over


def play(model: Model) -> Found:
    """Play every game."""
    return _Game(model).all()


Rest = tuple[tuple[Any, ...], ...]
"""What rests, the oldest first: (node,) or, at a join, (node, arrow)."""


class _Game:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.found = Found()
        self.can_come = {
            node: {arrow: self._before(model.arrows[arrow][0], node) for arrow in model.into(node)}
            for node, kind in enumerate(model.kinds)
            if kind == "or"
        }

    def all(self) -> Found:  # noqa: C901 - one loop over all that can happen
        found, model = self.found, self.model
        found.nodes.add(0)
        waiting: list[Rest] = []
        seen: dict[Any, Rest] = {}
        depth: dict[Any, int] = {None: -1}
        onward: dict[Any, set[Any]] = {}
        good = set()

        def came(source: Any, results: Iterator[tuple[str, Rest, bool]]) -> None:
            for what, rest, ended in results:
                if what == "ends":
                    good.add(source)
                    if source is not None:
                        found.ending.add(_marking(seen[source]))
                elif what == "stuck":
                    good.add(source)
                    found.stuck.add((ended, tuple(sorted({item[0] for item in rest}))))
                else:
                    key = self._key(rest)
                    onward.setdefault(source, set()).add(key)
                    if key not in seen:
                        seen[key] = rest
                        depth[key] = depth[source] + 1
                        found.moves.setdefault(_marking(rest), depth[key])
                        waiting.append(rest)

        came(None, self._settle((), model.out(0)))
        while waiting:
            rest = waiting.pop(0)
            if len(rest) > MOST_TOKENS or len(seen) > MOST_MARKINGS:
                found.unbounded = True
                return found
            for after, arrows in self._happenings(rest):
                came(self._key(rest), self._settle(after, arrows))
        found.markings = {_marking(rest) for rest in seen.values()}
        while more := {key for key, targets in onward.items() if key not in good and targets & good}:
            good |= more
        found.hopeless = {_marking(rest) for key, rest in seen.items() if key not in good}
        return found

    def _happenings(self, rest: Rest) -> Iterator[tuple[Rest, list[int]]]:
        model = self.model
        for place, item in enumerate(rest):
            if len(item) == 2:
                continue
            without = rest[:place] + rest[place + 1 :]
            node = item[0]
            if model.kinds[node] == "events":
                self.found.nodes.add(node)
                for arrow in model.out(node):
                    chosen = model.arrows[arrow][1]
                    self.found.nodes.add(chosen)
                    self.found.arrows.add(arrow)
                    yield without, model.out(chosen)
                continue
            self.found.nodes.add(node)
            yield without, model.out(node)
            for event, host in model.hosts.items():
                if host == node:
                    self.found.nodes.add(event)
                    yield without, model.out(event)

    def _settle(self, rest: Rest, arrows: list[int]) -> Iterator[tuple[str, Rest, bool]]:
        """Let tokens on some arrows move until all rest, in every way that gateways can choose."""
        games: list[tuple[Rest, tuple[int, ...], dict[int, tuple[int, ...]], bool]] = [
            (rest, tuple(arrows), {}, not arrows)
        ]
        while games:
            rest, moving, chosen, ended = games.pop()
            if not moving:
                join = next((item[0] for item in rest if self._is_ready(item, rest)), None)
                if join is None:
                    yield self._outcome(rest), rest, ended
                    continue
                rest = _without_first(rest, join)
                self.found.nodes.add(join)
                games += [(rest, out, known, ended) for out, known in self._leave(join, (), chosen)]
                continue
            arrow, moving = moving[0], moving[1:]
            self.found.arrows.add(arrow)
            node = self.model.arrows[arrow][1]
            kind = self.model.kinds[node]
            joins = kind in ("and", "or") and len(self.model.into(node)) > 1
            if kind in RESTS:
                games.append(((*rest, (node,)), moving, chosen, ended))
                self.found.nodes |= {node} if kind == "task" else set()
                continue
            if joins:
                rest = (*rest, (node, arrow))
                if kind == "or" or {item[1] for item in rest if item[0] == node} != set(self.model.into(node)):
                    games.append((rest, moving, chosen, ended))
                    continue
                rest = _without_first(rest, node)
            self.found.nodes.add(node)
            if kind == "terminate":
                if rest or moving:
                    self.found.cutting.add(node)
                yield "ends", (), True
                continue
            if kind == "end":
                games.append((rest, moving, chosen, True))
                continue
            games += [(rest, out, known, ended) for out, known in self._leave(node, moving, chosen)]

    def _leave(
        self, node: int, moving: tuple[int, ...], chosen: dict[int, tuple[int, ...]]
    ) -> Iterator[tuple[tuple[int, ...], dict[int, tuple[int, ...]]]]:
        out = tuple(self.model.out(node))
        kind = self.model.kinds[node]
        ways = [out]
        if node in chosen:
            ways = [chosen[node]]
        elif kind == "xor":
            ways = [(each,) for each in out]
        elif kind == "or" and len(out) > 1:
            told, default = out[:-1], out[-1:]
            ways = [each for many in range(1, len(out)) for each in combinations(told, many)] + [default]
        for way in ways:
            yield (*moving, *way), {**chosen, node: way}

    def _outcome(self, rest: Rest) -> str:
        if not rest:
            return "ends"
        return "rests" if any(len(item) == 1 for item in rest) else "stuck"

    def _is_ready(self, item: tuple[Any, ...], rest: Rest) -> bool:
        node = item[0]
        if len(item) == 1 or self.model.kinds[node] != "or":
            return False
        filled = {each[1] for each in rest if each[0] == node and len(each) == 2}
        for other in rest:
            if other[0] == node:
                continue
            ways = {arrow for arrow, before in self.can_come[node].items() if other[0] in before}
            if ways and not ways & filled:
                return False
        return True

    def _before(self, source: int, join: int) -> set[int]:
        """Nodes from which a token can come to a node without passing the join."""
        found = {source} - {join}
        while more := {
            node
            for node in range(len(self.model.kinds))
            if node not in found and node != join and set(self.model.following(node)) & found
        }:
            found |= more
        return found

    def _key(self, rest: Rest) -> Any:
        order = dict.fromkeys(item[0] for item in rest if len(item) == 2 and self.model.kinds[item[0]] == "or")
        return frozenset(Counter(rest).items()), tuple(order)


def _without_first(rest: Rest, join: int) -> Rest:
    """Without the oldest token on each arrow of a join."""
    kept, gone = [], set()
    for item in rest:
        if item[0] == join and item not in gone:
            gone.add(item)
        else:
            kept.append(item)
    return tuple(kept)


def _marking(rest: Rest) -> Marking:
    return frozenset(Counter(rest).items())
