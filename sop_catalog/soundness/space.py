"""The states that a release can come to, found in breadth: the first way to each is a shortest one.

Facts and times are left out of it (`abstraction`), so it holds every state that a case can come to with any facts, and
perhaps some that none can. It is bounded: what lies beyond the bound is not known, and that is told.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from engine.machine.state import ROOT, State
from engine.process import Bundle
from sop_catalog.soundness.ground import Spot
from sop_catalog.soundness.state import Key, key_of, places
from sop_catalog.soundness.successors import Leap, Move, Outcome, Successors

MOST_STATES: Final = 20_000
"""More are not looked at."""
_PASSED: Final = 40
"""Nodes and arrows to one state, on average: twenty choices behind each other have a million ways on, to one state perhaps."""
_MORE: Final = 200
"""States that are looked at after something was found to gather: there is no end of them."""
_PUMPS: Final = 3
"""So often a way round must add the same tokens before it is believed to do so for ever."""
_WAYS: Final = 8
"""Kept to one flaw."""
_Kind = TypeVar("_Kind")
START: Final = -1
"""What stands before the first state."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something worth telling on an edge: from which state, by which move."""

    source: int
    move: Move
    nodes: tuple[int, ...] = ()
    """Where: the joins that wait, the end event and what it drops, the place that fills up."""


@dataclass(slots=True)
class Space:
    """What has been found of one release."""

    steps: Successors
    states: list[State] = field(default_factory=list)
    parents: list[tuple[int, Move]] = field(default_factory=list)
    """For each state: from which it was first reached, and how."""
    edges: list[tuple[int, int]] = field(default_factory=list)
    entered: set[Spot] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    """States from which one step ends the case."""
    stuck: dict[tuple[bool, tuple[int, ...]], list[Event]] = field(default_factory=dict)
    """Whether an end event was reached just before, and which joins wait → the first ways there."""
    stuck_from: set[int] = field(default_factory=set)
    too_long: Event | None = None
    dropped: dict[int, list[Event]] = field(default_factory=dict)
    """End event that ends all → the first ways on which it took something away."""
    growing: dict[tuple[int, ...], list[Event]] = field(default_factory=dict)
    """Nodes at which tokens gather → the first ways on which they do."""
    cut: bool = False
    """Whether there may be states that were not looked at."""
    passed: int = 0
    """Nodes and arrows that all steps together came over."""
    open_at: list[Counter[Key]] = field(default_factory=list)
    """For each state: how much is open at each place."""

    @property
    def is_whole(self) -> bool:
        """Whether every state was looked at."""
        return not self.cut and not self.growing

    def way_to(self, state: int) -> list[tuple[State | None, Move]]:
        """The moves from the start, each with the state that it was made in."""
        way: list[tuple[State | None, Move]] = []
        while state != START:
            source, move = self.parents[state]
            way.append((None if source == START else self.states[source], move))
            state = source
        return way[::-1]


def explore(bundle: Bundle, most: int = MOST_STATES) -> Space:
    """Look at every state that a release can come to, as far as the bound goes."""
    space = Space(Successors(bundle))
    explorer = _Explorer(space, most)
    last = most
    for source, leap in explorer.leaps():
        space.passed += len(leap.passed)
        if space.growing:
            last = min(last, len(space.states) + _MORE)
        if space.passed > _PASSED * most or len(space.states) > last:
            space.cut = True
            break
        explorer.look(source, leap)
    return space


class _Explorer:
    def __init__(self, space: Space, most: int) -> None:
        self.space = space
        self.most = most
        self.known: dict[Key, int] = {}
        self.waiting: deque[int] = deque()

    def leaps(self) -> Iterator[tuple[int, Leap]]:
        """Every step from every state, in breadth."""
        for leap in self.space.steps.starts():
            yield START, leap
        while self.waiting:
            number = self.waiting.popleft()
            for leap in self.space.steps.after(self.space.states[number]):
                yield number, leap

    def look(self, source: int, leap: Leap) -> None:
        """Take down where a step leads."""
        space = self.space
        _tell(space, source, leap)
        if leap.outcome is not Outcome.RESTS:
            return
        key = key_of(space.steps.program, leap.state.tokens)
        if key not in self.known:
            if len(space.states) >= self.most:
                space.cut = True
                return
            self.known[key] = len(space.states)
            self._add(source, leap)
        if source != START:
            space.edges.append((source, self.known[key]))

    def _add(self, source: int, leap: Leap) -> None:
        space, number = self.space, len(self.space.states)
        space.states.append(leap.state)
        space.open_at.append(places(leap.state.tokens))
        space.parents.append((source, leap.move))
        grown = _grows(space, number)
        if grown:
            _keep(space.growing, grown, Event(source, leap.move, grown))
        else:
            self.waiting.append(number)


def _tell(space: Space, source: int, leap: Leap) -> None:
    space.entered.update(leap.passed)
    for node, lost in leap.dropped:
        _keep(space.dropped, node, Event(source, leap.move, (node, *lost)))
    if leap.outcome is Outcome.ENDS:
        space.ends.add(source)
    elif leap.outcome is Outcome.STUCK:
        _keep(space.stuck, (leap.ended >= 0, leap.waiting), Event(source, leap.move, leap.waiting))
        space.stuck_from.add(source)
    elif leap.outcome is Outcome.TOO_LONG:
        space.too_long = space.too_long or Event(source, leap.move)


def _keep(found: dict[_Kind, list[Event]], kind: _Kind, event: Event) -> None:
    """Keep the first ways to one flaw: where two conditions exclude each other on one of them, another may do."""
    ways = found.setdefault(kind, [])
    if len(ways) < _WAYS:
        ways.append(event)


def _grows(space: Space, number: int) -> tuple[int, ...]:
    """The nodes at which tokens gather for ever on the way to a state; nothing where none do.

    A state on the way held less at some places and more at none, and doing the same again adds the same again.
    """
    own = space.states[number]
    if len(own.tokens) < 2:  # noqa: PLR2004 - one token covers nothing
        return ()
    here = space.open_at[number]
    if max(here.values()) < 2:  # noqa: PLR2004 - a place that fills up for ever soon holds two
        return ()
    source, total = space.parents[number][0], here.total()
    while source != START:
        if len(space.states[source].tokens) < len(own.tokens):
            there = space.open_at[source]
            if there.total() < total and all(here[place] >= count for place, count in there.items()):
                more = here - there
                if _goes_on(space, source, number, more):
                    return tuple(sorted({place[0][-1] for place in more}))  # type: ignore[index] # as `places` says
        source = space.parents[source][0]
    return ()


def _goes_on(space: Space, first: int, last: int, more: Counter[Key]) -> bool:
    """Whether the way from one state to another can be gone from the other too, some times over, with the same gain."""
    moves: list[tuple[State, Move]] = []
    at = last
    while at != first:
        source, move = space.parents[at]
        moves.insert(0, (space.states[source], move))
        at = source
    state = space.states[last]
    for _ in range(_PUMPS):
        before = places(state.tokens)
        for model, move in moves:
            found = _like(model, move, state)
            leap = space.steps.again(state, found) if found and space.steps.may(state, found) else None
            space.passed += len(leap.passed) if leap else 1
            if not leap or leap.outcome is not Outcome.RESTS:
                return False
            state = leap.state
        if places(state.tokens) - before != more:
            return False
    return True


def _like(model: State, move: Move, state: State) -> Move | None:
    """The same move in another state: at the oldest token of the same place that is open there."""
    way = _way_of(model, move.token)
    tokens = (each.number for each in state.tokens if each.node == move.node and _way_of(state, each.number) == way)
    number = next(tokens, None)
    return None if number is None else Move(move.how, number, move.node, move.code, move.answers)


def _way_of(state: State, number: int) -> tuple[tuple[int, str], ...]:
    tokens = {each.number: each for each in state.tokens}
    way = []
    while number != ROOT:
        way.append((tokens[number].node, tokens[number].kind))
        number = tokens[number].up
    return tuple(way)
