"""A way through a diagram: what happens on it, in words and as elements, one move after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.domain.finding import Leg, Phrase, Phrases
from engine.machine.state import ROOT, WAITING, State
from engine.notation import Lookup, SequenceFlow
from engine.process import Bundle
from sop_catalog.soundness.calls import STAND_IN
from sop_catalog.soundness.ground import Spot
from sop_catalog.soundness.space import Space
from sop_catalog.soundness.state import Tokens
from sop_catalog.soundness.successors import How, Move

_SHOWN: Final = 12
"""Moves of a way that are told; of a longer one, the first and the last."""
_SAID: Final = {
    How.STARTED: "“{name}” begins",
    How.DONE: "“{name}” is done",
    How.FAILED: "“{name}” fails ({code})",
    How.CAME: "the message for “{name}” comes",
    How.FIRED: "the time of “{name}” comes",
}
_DECIDED: Final = "“{name}” is done: {choice}"


@dataclass(frozen=True, slots=True)
class Happening:
    """One move of a way."""

    how: How
    spot: Spot
    """To what it happens, as the drawing shows it: a call for what is called."""
    wait: Spot
    """The wait itself."""
    code: str
    nth: int
    """Of the waits of that element, by age."""
    passed: tuple[Spot, ...]
    """Nodes and arrows that it leads over, as the machine walks them."""
    said: Phrase


@dataclass(frozen=True, slots=True)
class Way:
    """From the start to where something is wrong."""

    moves: tuple[Happening, ...] = ()

    @property
    def said(self) -> Phrases:
        """In words."""
        words = [each.said for each in self.moves]
        if len(words) > _SHOWN:
            left = Phrase("{count} more steps", {"count": len(words) - _SHOWN + 1})
            words = [*words[:2], left, *words[3 - _SHOWN :]]
        return Phrases(tuple(words))

    def legs(self, process: str) -> tuple[Leg, ...]:
        """Move by move, the nodes and arrows of one process that it comes over."""
        return tuple(Leg(each.said, _of_process(process, (each.spot, *each.passed))) for each in self.moves)


def _of_process(process: str, spots: tuple[Spot, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(element for code, element in spots if code == process))


def way_of(space: Space, bundle: Bundle, moves: Sequence[tuple[State | None, Move]]) -> Way:
    """Go some moves again, and tell them."""
    return Way(tuple(_happenings(space, bundle, moves)))


def _happenings(space: Space, bundle: Bundle, moves: Sequence[tuple[State | None, Move]]) -> Iterator[Happening]:
    for state, move in moves:
        before = state or State(ROOT + 1, ())
        leap = space.steps.again(before, move)
        node = space.steps.program.nodes[move.node]
        spot = place_of(space, bundle, before.tokens, move.token) if move.token != ROOT else (node.process, node.id)
        beside = [each.number for each in before.tokens if each.node == move.node and each.kind in WAITING]
        nth = beside.index(move.token) if move.token in beside else 0
        passed = leap.passed if leap else ()
        said = _said(bundle, move, spot, passed)
        yield Happening(move.how, spot, (node.process, node.id), move.code, nth, passed, said)


def place_of(space: Space, bundle: Bundle, tokens: Tokens, number: int) -> Spot:
    """Where a token stands, as the drawing shows it: in a stand-in, at the call."""
    by_number = {each.number: each for each in tokens}
    while True:
        node = space.steps.program.nodes[by_number[number].node]
        if not bundle.drawings[node.process].id.endswith(STAND_IN):
            return node.process, node.id
        number = by_number[number].up


def _said(bundle: Bundle, move: Move, spot: Spot, passed: tuple[Spot, ...]) -> Phrase:
    lookup = Lookup(bundle.drawings[spot[0]])
    element = lookup.find(spot[1])
    facts: dict[str, object] = {"name": (element.name if element else "") or spot[1], "code": move.code}
    chosen = [_choice(lookup, each) for code, each in passed if code == spot[0]] if move.answers else []
    choice = ", ".join(f"“{each}”" for each in chosen if each)
    if move.how is How.DONE and choice:
        return Phrase(_DECIDED, facts | {"choice": choice})
    return Phrase(_SAID[move.how], facts)


def _choice(lookup: Lookup, element: str) -> str:
    """What an arrow is called; nothing for a node."""
    found = lookup.find(element)
    return found.name if isinstance(found, SequenceFlow) else ""
