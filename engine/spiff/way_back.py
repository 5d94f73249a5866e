"""The way back from one step on SpiffWorkflow: what its snapshot said before, where that differs from what it says now.

Tasks in its tree have no lasting numbers, so a step is undone only while it is the last thing that has happened in the
whole case: not even another branch may have moved.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Final

from engine.process import NoWayBack

LONGEST = 16_000
"""Characters: a step that changed more has no way back."""
_HEAD: Final = re.compile(r'\S+ \["[^"]*","(?:[^"\\]|\\.)*",')
"""What stands before the number that was given out last."""


def remember(before: bytes, after: bytes) -> str:
    """Write down how to undo a step; empty where that would be too much to keep."""
    (old, _), (new, _) = _parted(before), _parted(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    text = json.dumps([_mark(new), head, tail, old[head : len(old) - tail]], ensure_ascii=False)
    return text if len(text) <= LONGEST else ""


def undo(after: bytes, back: str) -> bytes:
    """The snapshot as it was before, except that no token is ever given out again. Raises NoWayBack."""
    try:
        mark, head, tail, middle = json.loads(back)
    except (ValueError, TypeError):
        raise NoWayBack from None
    new, last = _parted(after)
    if mark != _mark(new):
        raise NoWayBack
    old = new[:head] + middle + new[len(new) - tail :]
    begin = _HEAD.match(old)
    if begin is None:
        raise NoWayBack
    return f"{begin[0]}{last}{old[begin.end() :]}".encode()


def _parted(snapshot: bytes) -> tuple[str, str]:
    """A snapshot without the number that was given out last, and that number: it alone never goes back."""
    text = snapshot.decode()
    begin = _HEAD.match(text)
    if begin is None:
        return text, ""
    last = text[begin.end() : text.index(",", begin.end())]
    return begin[0] + text[begin.end() + len(last) :], last


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
