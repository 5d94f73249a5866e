"""The way back from one step: what it took away and what it put there. Not a state: all else may have moved meanwhile.

Numbers of tokens are never used again, so a token that a step opened and that is still there is as the step left it.
What a step changes in place is only the tally of a multi-instance activity, and that is counted back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from engine.machine.program import Program
from engine.machine.snapshot import read_row, write_row
from engine.machine.state import BOUNDARY, JOIN, MULTI, ROOT, State, Token
from engine.process import NoWayBack

_BEGUN, _DONE = 1, 2
"""Places in the tally of a multi-instance activity."""
LONGEST = 16_000
"""Characters: a step that took more away (an activity over a long list, at its end) has no way back."""


def remember(program: Program, before: State, after: State, snapshot: bytes) -> str:
    """Write down how to undo a step; empty where that would be too much to keep."""
    left = {token.number: token for token in after.tokens}
    changed = [token for token in before.tokens if left.get(token.number) is not token]
    gone = [token for token in changed if token.number not in left]
    if any(token.kind != MULTI for token in changed if token.number in left):
        return ""  # no completion changes anything else in place
    tallies = [_difference(token, left[token.number]) for token in changed if token.number in left]
    made = [token.number for token in after.tokens if token.number >= before.following]
    mark = _mark(snapshot) if _may_reach_a_join(program, gone) else ""
    rows = [write_row(token) for token in gone]
    text = json.dumps([program.digest, mark, rows, made, tallies], separators=(",", ":"), ensure_ascii=False)
    return text if len(text) <= LONGEST else ""


def undo(program: Program, state: State, snapshot: bytes, back: str) -> tuple[State, list[Token], list[Token]]:
    """The state as it would be without that step, the tokens that came back, and those that went. Raises NoWayBack."""
    digest, mark, rows, made, tallies = _read(back)
    if digest != program.digest or (mark and mark != _mark(snapshot)):
        raise NoWayBack
    tokens = {token.number: token for token in state.tokens}
    if not tokens.keys() >= {*made, *(number for number, _, _ in tallies)}:
        raise NoWayBack
    went = [tokens.pop(number) for number in made]
    for number, begun, done in tallies:
        tokens[number] = _counted_back(tokens[number], begun, done)
    came = [read_row(row) for row in rows]
    tokens |= {token.number: token for token in came}
    if not all(_stands(token, tokens) for token in tokens.values()):
        raise NoWayBack
    return State(state.following, tuple(sorted(tokens.values()))), came, went


def _stands(token: Token, tokens: dict[int, Token]) -> bool:
    """Whether there is still what a token stands under, and beside."""
    beside = token.kind != BOUNDARY or token.place in tokens
    return beside and (token.up == ROOT or token.up in tokens)


def _may_reach_a_join(program: Program, gone: Iterable[Token]) -> bool:
    """Whether an inclusive join may have looked at what was taken away: then nothing may have happened since."""
    return any(
        token.node in join.reaches or (token.kind == JOIN and token.node == join.index)
        for token in gone
        for join in program.joins
    )


def _difference(before: Token, after: Token) -> tuple[int, int, int]:
    return before.number, after.more[_BEGUN] - before.more[_BEGUN], after.more[_DONE] - before.more[_DONE]


def _counted_back(body: Token, begun: int, done: int) -> Token:
    total, has_begun, has_done, items = body.more
    return body._replace(more=(total, has_begun - begun, has_done - done, items))


def _mark(snapshot: bytes) -> str:
    return hashlib.sha256(snapshot).hexdigest()[:16]


def _read(back: str) -> Any:
    try:
        digest, mark, rows, made, tallies = json.loads(back)
    except (ValueError, TypeError):
        raise NoWayBack from None
    return digest, mark, rows, made, tallies
