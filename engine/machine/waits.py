"""What open tokens tell the world, read from the tokens alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import feel
from engine.machine.program import Program
from engine.machine.state import BOUNDARY, MULTI, ROOT, SCOPE, Token
from engine.process import Wait, WaitKind
from engine.timing import Counted, read_instant

Tokens = Mapping[int, Token]

OUTERMOST = Token(ROOT, SCOPE, -1, -1)
"""The scope that is the case itself; it is never written down."""


def is_instance(tokens: Tokens, token: Token) -> bool:
    """Whether a token is one of several instances of an activity."""
    return token.number != ROOT and tokens[token.up].kind == MULTI


def outwards(tokens: Tokens, number: int) -> Iterator[Token]:
    """A token and all that it stands under, the outermost scope left out."""
    while number != ROOT:
        token = tokens[number]
        yield token
        number = token.up


def path_of(program: Program, tokens: Tokens, scope: int) -> tuple[str, ...]:
    """The sub-processes and call activities around what stands in a scope, outermost first."""
    around = [program.nodes[token.node] for token in _around(tokens, scope)]
    return tuple(f"{node.process}/{node.id}" for node in around)


def scopes_of(tokens: Tokens, scope: int) -> tuple[str, ...]:
    """The tokens of what `path_of` names, by their numbers."""
    return tuple(str(token.number) for token in _around(tokens, scope))


def _around(tokens: Tokens, scope: int) -> list[Token]:
    return [token for token in outwards(tokens, scope) if token.kind == SCOPE][::-1]


def locals_of(program: Program, tokens: Tokens, token: Token) -> dict[str, Any]:
    """The items of the multi-instance activities around a token, an inner one before an outer of the same name."""
    found: dict[str, Any] = {}
    for each in outwards(tokens, token.number):
        if is_instance(tokens, each):
            multi = program.nodes[each.node].multi
            items = tokens[each.up].more[3]
            if multi and multi.item and items is not None:
                found.setdefault(multi.item, feel.from_json(items[each.place]))
    return found


def wait_of(program: Program, tokens: Tokens, token: Token) -> Wait:
    """The wait that a token stands for."""
    node = program.nodes[token.node]
    due = read_instant(token.due) if token.due else None
    counted = due if isinstance(due, Counted) else None
    host = token.place if token.kind == BOUNDARY else None
    instances = (each.place for each in outwards(tokens, token.number) if is_instance(tokens, each))
    return Wait(
        token=str(token.number),
        kind=node.behaviour.waits or WaitKind.WORK,
        process=node.process,
        element=node.id,
        path=path_of(program, tokens, token.up),
        due=None if isinstance(due, Counted) else due,
        since=counted.since if counted else None,
        allowance=counted.allowance if counted else None,
        message=node.behaviour.message,
        host=None if host is None else str(host),
        beside=None if host is None else program.nodes[tokens[host].node].id,
        interrupting=node.behaviour.interrupting,
        instance=next(instances, None),
        local=locals_of(program, tokens, token),
        scopes=scopes_of(tokens, token.up),
    )
