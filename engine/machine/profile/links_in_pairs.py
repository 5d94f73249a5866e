"""Links of one name lead from any number of throw events to one catch event in the same scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine import notation
from engine.domain.finding import Finding
from engine.machine.profile.sight import Sight, find
from engine.notation import IntermediateCatchEvent, IntermediateThrowEvent, LinkDefinition, Scope

RULE: Final = "links-in-pairs"


def check(sight: Sight) -> Iterator[Finding]:
    """Find links that lead nowhere, to two places, or that have arrows where the other end should be."""
    for scope in sight.scopes:
        catches = Counter(name for _, name in _links(scope, IntermediateCatchEvent))
        for event, name in _links(scope, IntermediateThrowEvent):
            if not name or catches[name] != 1:
                message = (
                    "Expected the link “{link}” to lead to one catch event of that name in its scope, not {found}."
                )
                yield find(RULE, event, message, link=name, found=catches[name])
            if sight.lookup.outgoing(event.id):
                yield find(RULE, event, "Expected no arrow out of the link “{name}”: it goes on at its other end.")
        for event, _ in _links(scope, IntermediateCatchEvent):
            if sight.lookup.incoming(event.id):
                yield find(RULE, event, "Expected no arrow to the link “{name}”: it is reached from its other end.")


def _links(scope: Scope, kind: type[notation.Event]) -> Iterator[tuple[notation.Event, str]]:
    for node in scope.nodes:
        if isinstance(node, kind):
            yield from ((node, each.name) for each in node.definitions if isinstance(each, LinkDefinition))
