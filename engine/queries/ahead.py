"""What comes after a step, read off the drawings of its release: who is next, for each answer. Not a promise:
conditions over facts are not worked out here, so a way is shown by its name even where the facts will rule it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine import feel
from engine.domain.release import Activity, Release
from engine.expression import text_of
from engine.notation import Activity as Drawn
from engine.notation import (
    CallActivity,
    Event,
    ExclusiveGateway,
    FlowNode,
    Gateway,
    LinkDefinition,
    Lookup,
    MultiInstance,
    Scope,
    SequenceFlow,
    StartEvent,
    SubProcess,
    Task,
    local_name,
    read_kept,
)
from engine.notation import nodes as nodes_of


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where one way out of a step leads."""

    answer: str
    """The name of the exit; empty where there is only one way."""
    outcome: str
    """The value of the outcome that an officer chooses to go there; empty where facts or nobody decides."""
    steps: tuple[Activity, ...]
    """The next activities; several where the way forks or depends on facts."""
    ends: bool
    """Whether the case can come to its end there."""


_CHOSEN = re.compile(r'\s*=?\s*outcome\s*=\s*"((?:[^"\\]|\\.)*)"\s*')
"""The condition of an exit that an officer chooses."""


class Place(NamedTuple):
    """A node of one drawing, with the call activities and sub-processes around it, outermost first."""

    process: str
    element: str
    path: tuple[str, ...]


@lru_cache(maxsize=512)
def lookup_of(drawing: bytes) -> Lookup:
    """Read a drawing once: a release never changes, so its files never do."""
    return Lookup(read_kept(drawing))


def ahead(release: Release, place: Place) -> tuple[Ahead, ...]:
    """The ways out of a step, in the order drawn; none where the release does not know the step."""
    if place.process not in release.drawings:
        return ()
    lookup = lookup_of(release.drawings[place.process])
    if lookup.node(place.element) is None:
        return ()
    exits = _exits(lookup, place.element)
    if not exits:
        return (_told(release, "", "", _after(release, place)),)
    known = release.activities.get((place.process, place.element))
    labels = {each.value: each.label for each in (known.outcomes if known else ())}
    return tuple(_way(release, place, flow, labels) for flow in exits)


def facts_asked(release: Release, place: Place) -> tuple[str, ...]:
    """The facts that the way right behind a step reads: its arrows, those of gateways, and lists to be gone through."""
    if place.process not in release.drawings:
        return ()
    lookup, found = lookup_of(release.drawings[place.process]), set[str]()
    waiting, seen = [place.element], {place.element}
    while waiting:
        for flow in lookup.outgoing(waiting.pop(0)):
            node = lookup.node(flow.target)
            found |= _names(flow) | _list(node)
            if flow.target not in seen and isinstance(node, Gateway):
                seen.add(flow.target)
                waiting.append(flow.target)
    return tuple(sorted(found - {"outcome"}))


def _list(node: FlowNode | None) -> set[str]:
    loop = node.loop if isinstance(node, Drawn) else None
    return {loop.collection} if isinstance(loop, MultiInstance) and loop.collection else set()


def _names(flow: SequenceFlow) -> frozenset[str]:
    return feel.parse(text_of(flow.condition)).names if flow.condition else frozenset()


def _way(release: Release, place: Place, flow: SequenceFlow, labels: Mapping[str, str]) -> Ahead:
    chosen = _CHOSEN.fullmatch(flow.condition.text) if flow.condition else None
    outcome = chosen[1] if chosen else ""
    return _told(release, flow.name or labels.get(outcome, ""), outcome, [place._replace(element=flow.target)])


def _exits(lookup: Lookup, element: str) -> tuple[SequenceFlow, ...]:
    """The exits of the exclusive gateway right behind a step."""
    ways = lookup.outgoing(element)
    behind = lookup.node(ways[0].target) if len(ways) == 1 else None
    exits = lookup.outgoing(behind.id) if isinstance(behind, ExclusiveGateway) else ()
    return exits if len(exits) > 1 else ()


def _told(release: Release, answer: str, outcome: str, first: list[Place]) -> Ahead:
    steps, ends = _reached(release, first)
    return Ahead(answer, outcome, tuple(steps), ends or not first)


def _reached(release: Release, first: Iterable[Place]) -> tuple[list[Activity], bool]:
    """Follow the arrows through gateways and events until activities stand there."""
    waiting, seen, steps, ends = [*first], set[Place](), list[Activity](), False
    while waiting:
        place = waiting.pop(0)
        if place in seen:
            continue
        seen.add(place)
        node = lookup_of(release.drawings[place.process]).node(place.element)
        if isinstance(node, Task):
            steps.append(_facts_of(release, place, node))
        else:
            beyond = _beyond(release, place, node)
            ends = ends or not beyond
            waiting.extend(beyond)
    return steps, ends


def _beyond(release: Release, place: Place, node: FlowNode | None) -> list[Place]:
    lookup = lookup_of(release.drawings[place.process])
    inside = (*place.path, f"{place.process}/{place.element}")
    if isinstance(node, CallActivity) and node.called is not None and node.called in release.drawings:
        called = lookup_of(release.drawings[node.called]).definitions.process(node.called)
        return [] if called is None else [Place(node.called, each, inside) for each in _starts(called)]
    if isinstance(node, SubProcess):
        return [Place(place.process, each, inside) for each in _starts(node)]
    if (link := _link(node)) and not isinstance(node, StartEvent) and lookup.outgoing(place.element) == ():
        return [place._replace(element=each) for each in _link_targets(lookup, place.element, link)]
    return _after(release, place)


def _after(release: Release, place: Place) -> list[Place]:
    """Where the arrows out of a node lead; at the end of a scope, where the arrows out of that scope lead."""
    while True:
        ways = lookup_of(release.drawings[place.process]).outgoing(place.element)
        if ways or not place.path:
            return [place._replace(element=each.target) for each in ways]
        process, _, element = place.path[-1].partition("/")
        place = Place(process, element, place.path[:-1])


def _starts(scope: Scope) -> list[str]:
    return [each.id for each in scope.nodes if isinstance(each, StartEvent)]


def _link(node: FlowNode | None) -> str:
    if not isinstance(node, Event):
        return ""
    return next((each.name for each in node.definitions if isinstance(each, LinkDefinition)), "")


def _link_targets(lookup: Lookup, thrower: str, link: str) -> list[str]:
    scope = lookup.scope_of(thrower)
    around = nodes_of(scope) if scope is not None else ()
    return [each.id for each, _ in around if each.id != thrower and _link(each) == link and lookup.outgoing(each.id)]


def _facts_of(release: Release, place: Place, node: Drawn) -> Activity:
    known = release.activities.get((place.process, place.element))
    return known or Activity(place.process, place.element, node.name, local_name(node))
