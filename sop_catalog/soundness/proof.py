"""What the states of a release prove of it: each flaw with a shortest way there.

Soundness after van der Aalst: whatever has happened, the end can still be reached; at the end nothing is left; nothing
is there in vain. A diagram of BPMN ends when its last token does, so several ends are no flaw, and a token is left
behind only where it waits at a join. See `docs/soundness.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from engine import notation
from engine.machine.state import State
from engine.notation import BoundaryEvent, Lookup
from engine.process import Bundle
from sop_catalog.soundness.calls import STAND_IN, alone
from sop_catalog.soundness.confirming import Confirming
from sop_catalog.soundness.ground import Spot
from sop_catalog.soundness.space import MOST_STATES, START, Event, Space, explore
from sop_catalog.soundness.successors import Move
from sop_catalog.soundness.ways import Way, place_of, way_of


class Property(StrEnum):
    """What a sound diagram never shows."""

    DEADLOCK = "deadlock"
    """The case waits for nothing and has not ended."""
    LEFT_BEHIND = "token left behind"
    """It comes to an end event, and a token is left at a join for ever."""
    LIVELOCK = "livelock"
    """It goes on for ever: nothing that can happen leads to an end."""
    RESTLESS = "never comes to rest"
    """One step goes round without end."""
    UNBOUNDED = "unbounded"
    """With every round something more is open."""
    IMPROPER = "improper completion"
    """An end event ends everything while something else is open."""
    DEAD = "dead"
    """No case comes over it."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a release."""

    property: Property
    spots: tuple[Spot, ...]
    """Where: the joins that wait, what fills up, the end event and then what it drops."""
    way: Way
    """The shortest way there; empty for what no way leads to."""
    certain: bool
    """Whether facts were found with which a case goes that way. Else two conditions on it may exclude each other."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a release."""

    flaws: tuple[Flaw, ...]
    states: int
    is_whole: bool
    """Whether every state was looked at; else there may be more flaws than these, and none is told as dead or livelock."""

    is_cut: bool = False
    """Whether it is not whole because there was too much to look at."""

    @property
    def is_sound(self) -> bool:
        """Whether it is proved that nothing is wrong."""
        return self.is_whole and not self.flaws


def prove(bundle: Bundle, *, whole: bool = False, most: int = MOST_STATES) -> Proof:
    """Look at every state of a release, its own process alone or (`whole`) together with all that it calls."""
    looked_at = bundle if whole else alone(bundle)
    space = explore(looked_at, most)
    prover = _Prover(looked_at, space, whole=whole)
    return Proof(tuple(prover.flaws()), len(space.states), space.is_whole, space.cut)


def hopeless(space: Space) -> list[int]:
    """States from which nothing leads to an end, nor to a step that is stuck; in the order in which they were reached."""
    before: dict[int, list[int]] = defaultdict(list)
    for source, target in space.edges:
        before[target].append(source)
    found = {each for each in space.ends | space.stuck_from if each != START}
    if space.too_long:
        found.add(space.too_long.source)
    waiting = list(found)
    while waiting:
        for each in before[waiting.pop()]:
            if each not in found:
                found.add(each)
                waiting.append(each)
    return [each for each in range(len(space.states)) if each not in found]


class _Prover:
    def __init__(self, bundle: Bundle, space: Space, *, whole: bool) -> None:
        self.bundle = bundle
        self.space = space
        self.whole = whole

    @cached_property
    def _confirming(self) -> Confirming:
        return Confirming(self.bundle)

    def flaws(self) -> Iterator[Flaw]:
        """All that is wrong."""
        space = self.space
        for what, events in self._stuck():
            yield self._at(what, events)
        if space.too_long:
            yield self._at(Property.RESTLESS, [space.too_long])
        for events in space.growing.values():
            yield self._at(Property.UNBOUNDED, events)
        for events in space.dropped.values():
            yield self._at(Property.IMPROPER, events)
        if not space.is_whole:
            return
        lost = hopeless(space)
        if lost:
            yield self._forever(lost[0])
        if not lost and not space.stuck and not space.too_long:
            yield from (Flaw(Property.DEAD, (spot,), Way(), certain=True) for spot in self._dead())

    def _stuck(self) -> Iterator[tuple[Property, list[Event]]]:
        """One flaw for each set of joins that wait: if some way to it comes over an end first, a token is left behind."""
        stuck = self.space.stuck
        for (ended, joins), events in stuck.items():
            if ended:
                yield Property.LEFT_BEHIND, events
            elif (True, joins) not in stuck:
                yield Property.DEADLOCK, events

    def _at(self, what: Property, events: list[Event]) -> Flaw:
        """The first way that a case can really go; where none is known, the first of all."""
        found = (self._on(what, event) for event in events)
        first = next(found)
        return first if first.certain else next((each for each in found if each.certain), first)

    def _on(self, what: Property, event: Event) -> Flaw:
        way = way_of(self.space, self.bundle, [*self.space.way_to(event.source), self._last(event)])
        places = (self._spot(node) for node in event.nodes)
        spots = tuple(dict.fromkeys(spot for spot in places if not self._stands_in(spot))) or (way.moves[-1].spot,)
        return Flaw(what, spots, way, self._confirming.can_go(way, stuck=what in _STUCK))

    def _forever(self, state: int) -> Flaw:
        way = way_of(self.space, self.bundle, self.space.way_to(state))
        tokens = self.space.states[state].tokens
        spots = tuple(dict.fromkeys(place_of(self.space, self.bundle, tokens, each.number) for each in tokens))
        return Flaw(Property.LIVELOCK, spots, way, self._confirming.can_go(way))

    def _stands_in(self, spot: Spot) -> bool:
        return self.bundle.drawings[spot[0]].id.endswith(STAND_IN)

    def _last(self, event: Event) -> tuple[State | None, Move]:
        return (None if event.source == START else self.space.states[event.source], event.move)

    def _spot(self, node: int) -> Spot:
        found = self.space.steps.program.nodes[node]
        return found.process, found.id

    def _dead(self) -> Iterator[Spot]:
        for code in self._processes():
            drawing = self.bundle.drawings[code]
            process, lookup = drawing.process(code), Lookup(drawing)
            entered = {element for where, element in self.space.entered if where == code}
            for node, _ in notation.nodes(process) if process else ():
                if node.id not in entered:
                    before = {flow.source for flow in lookup.incoming(node.id)}
                    if isinstance(node, BoundaryEvent):
                        before.add(node.attached_to)
                    if before & entered:
                        yield code, node.id
            for flow in _flows(lookup, process):
                if flow.id not in entered and {flow.source, flow.target} <= entered:
                    yield code, flow.id

    def _processes(self) -> Iterable[str]:
        return self.space.steps.program.processes if self.whole else (self.bundle.code,)


_STUCK = frozenset({Property.DEADLOCK, Property.LEFT_BEHIND, Property.RESTLESS})


def _flows(lookup: Lookup, process: notation.Process | None) -> Iterator[notation.SequenceFlow]:
    for node, _ in notation.nodes(process) if process else ():
        yield from lookup.outgoing(node.id)
