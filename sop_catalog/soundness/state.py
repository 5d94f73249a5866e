"""When two states are the same: the same things open at the same places, whatever their numbers, times and items.

How many are open at each place is kept (a place may hold several); which of them is older is kept only where the
machine asks it, between inclusive joins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias

from engine.machine.program import Program
from engine.machine.state import BOUNDARY, JOIN, ROOT, Token

Key: TypeAlias = Hashable
Tokens: TypeAlias = tuple[Token, ...]


def key_of(program: Program, tokens: Tokens) -> Key:
    """What tells one state from another."""
    found, below, _ = _tree(tokens)
    key = tuple(sorted(found[each.number] for each in below[ROOT]))
    waiting = {(each.node, each.up): None for each in tokens if each.kind == JOIN and program.nodes[each.node].reaches}
    return (key, tuple(node for node, _ in waiting)) if len(waiting) > 1 else key


def alike(tokens: Tokens) -> Iterable[Token]:
    """One of the tokens that nothing tells apart, for each such group: what can happen to one can happen to all."""
    found, _, beside = _tree(tokens)
    seen = set()
    for token in tokens:
        host = found[token.place] if token.kind == BOUNDARY else ()
        mark = (token.up, beside.get(token.number, ()), found[token.number], host)
        if mark not in seen:
            seen.add(mark)
            yield token


def places(tokens: Tokens) -> Counter[Key]:
    """How many tokens stand at each place, in the same condition; places of different runs of one scope are not told apart."""
    ways: dict[int, tuple[int, ...]] = {ROOT: ()}
    count: Counter[Key] = Counter()
    for token in tokens:  # what stands under a token is younger than it
        ways[token.number] = (*ways[token.up], token.node)
        count[ways[token.number], token.kind, token.place if token.kind == JOIN else 0, token.more] += 1
    return count


def _tree(tokens: Tokens) -> tuple[dict[int, Any], dict[int, list[Token]], dict[int, tuple[Any, ...]]]:
    """Each token with all that stands under and beside it, as something that can be compared."""
    below: dict[int, list[Token]] = defaultdict(list)
    events: dict[int, list[Token]] = defaultdict(list)
    for token in tokens:
        (events[token.place] if token.kind == BOUNDARY else below[token.up]).append(token)
    found: dict[int, Any] = {}
    beside: dict[int, tuple[Any, ...]] = {}
    for token in sorted(tokens, reverse=True):
        place = token.place if token.kind == JOIN else 0
        here = (token.node, token.kind, place, token.more)
        if token.number in events:
            beside[token.number] = tuple(sorted(found[each.number] for each in events[token.number]))
        inner = tuple(sorted(found[each.number] for each in below[token.number])) if token.number in below else ()
        found[token.number] = (here, inner, beside.get(token.number, ()))
    return found, below, beside
