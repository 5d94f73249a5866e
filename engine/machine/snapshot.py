"""A state as bytes: `machine/1` and a compact JSON list. Nothing in it can run, and it does not know its history.

Every format ever written stays readable: a new one gets a new number and a reader beside the old ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.machine.state import BOUNDARY, CATCH, GATEWAY, JOIN, MULTI, ROOT, SCOPE, TASK, State, Token
from engine.process import ForeignSnapshot, TooLarge

VERSION: Final = "machine/1"
_LARGEST: Final = 4_000_000
"""Bytes; 500 instances of long items stay far below."""
_PLAIN: Final = 4
"""Number, kind, node and up are always written; what follows only as far as it says something."""
_MORE: Final = 6
_EMPTY: Final = Token(0, "", 0)
_SCOPED: Final = frozenset({SCOPE})
_MAY_STAND_UNDER: Final[Mapping[str, frozenset[str]]] = {
    TASK: frozenset({SCOPE, MULTI, GATEWAY}),
    CATCH: frozenset({SCOPE, GATEWAY}),
    SCOPE: frozenset({SCOPE, MULTI}),
    **dict.fromkeys((BOUNDARY, GATEWAY, JOIN, MULTI), _SCOPED),
}
_writer: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def encode(state: State, digest: str) -> bytes:
    """Write a state down. Raises TooLarge: what could not be read again is not written."""
    tokens = [write_row(token) for token in state.tokens]
    snapshot = f"{VERSION} {_writer.encode([digest, state.following, tokens])}".encode()
    if len(snapshot) > _LARGEST:
        raise TooLarge(limit=_LARGEST, found=len(snapshot))
    return snapshot


def decode(snapshot: bytes, digest: str, nodes: int) -> State:
    """Read a state back, for a program with this digest and number of nodes.

    Refuses one of another interpreter, another program or an unknown version, and what no case can have come to.
    """
    head, _, body = snapshot[:_LARGEST].partition(b" ")
    reader = _READERS.get(head.decode("ascii", "replace"))
    if reader is None or len(snapshot) > _LARGEST:
        raise ForeignSnapshot(wanted=VERSION, found=_shown(head))
    state = reader(body, digest)
    if not _is_possible(state, nodes):
        raise ForeignSnapshot(wanted=VERSION, found="something forged")
    return state


def _is_possible(state: State, nodes: int) -> bool:
    """Whether every token stands at a node and under something older."""
    if type(state.following) is not int:
        return False
    kinds = {ROOT: SCOPE}
    for number, kind, node, up, place, due, _ in state.tokens:
        plain = type(number) is type(node) is type(up) is type(place) is int and type(kind) is type(due) is str
        if not plain or kind not in _MAY_STAND_UNDER or not 0 <= node < nodes:
            return False
        if number in kinds or not up < number < state.following or kinds.get(up) not in _MAY_STAND_UNDER[kind]:
            return False
        kinds[number] = kind
    return True


def write_row(token: Token) -> list[Any]:
    """One token as it is written down."""
    length = len(token)
    while length > _PLAIN and token[length - 1] == _EMPTY[length - 1]:
        length -= 1
    return list(token[:length])


def _read_1(body: bytes, digest: str) -> State:
    try:
        written_for, following, rows = json.loads(body)
        tokens = tuple(read_row(row) for row in rows)
    except (ValueError, TypeError, RecursionError) as broken:
        raise ForeignSnapshot(wanted=VERSION, found="something damaged") from broken
    if written_for != digest:
        raise ForeignSnapshot(wanted=f"{VERSION} for {digest}", found=f"{VERSION} for another drawing")
    return State(following, tokens)


def read_row(row: list[Any]) -> Token:
    """Read a row as far as it was written; only the last column is a list there, and a tuple here."""
    return Token(*row[:_MORE], *(tuple(each) for each in row[_MORE:]))


def _shown(head: bytes) -> str:
    text = head[:40].decode("ascii", "replace")
    return text if text.isprintable() and text else "something else"


_READERS: Final[Mapping[str, Callable[[bytes, str], State]]] = {VERSION: _read_1}
