"""Where a case stands: the tokens that rest, and nothing of how they came there."""

from __future__ import annotations

from typing import Any, NamedTuple

ROOT = 0
"""The number of the outermost scope, which is there as long as the case is."""

TASK = "a"
"""An activity that waits to be answered."""
CATCH = "e"
"""An intermediate event that waits."""
BOUNDARY = "b"
"""A boundary event that waits beside its host."""
GATEWAY = "g"
"""An event-based gateway; its alternatives stand under it."""
JOIN = "j"
"""A token that came to a join before the others."""
SCOPE = "s"
"""A running sub-process or called process; what is in it stands under it."""
MULTI = "m"
"""A multi-instance activity; its instances stand under it."""

WAITING = frozenset({TASK, CATCH, BOUNDARY})
"""What waits for something outside."""


class Token(NamedTuple):
    """One thing that is open. It has a number that is never used again in its case."""

    number: int
    kind: str
    node: int
    up: int = ROOT
    """The scope, multi-instance activity or gateway that it stands under."""
    place: int = -1
    """Of an instance: its place in the list. Of a token at a join: the arrow it came along. Of a boundary event: its host."""
    due: str = ""
    """For a timer: the instant, ISO 8601 with a zone; or what a calendar has to tell it from, see `engine.timing.Counted`."""
    more: tuple[Any, ...] = ()
    """Of a cycle: base, period, firings so far, firings left. Of a multi-instance activity: instances in all, begun,
    done, and the items as JSON or null.
    """


class State(NamedTuple):
    """The open tokens of one case, in the order of their opening."""

    following: int
    """The number that the next token gets."""
    tokens: tuple[Token, ...]
