"""What a command was given: whether any database takes it, and the hash by which it is known again. Not its meaning."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from engine.domain.audit import canonical
from engine.domain.limits import Limits
from engine.errors import NotFound, NotValid
from engine.feel import to_json

LONGEST_KEY = 200


def expect_sound(said: Sequence[Any], limits: Limits) -> None:
    """Refuse what no database takes: numbers beyond it, texts with NUL or half a character, and too much at once."""
    size = 0
    for each in said:
        if isinstance(each, int) and not -_LARGEST <= each <= _LARGEST:
            raise NotFound(what=f"number {each:.3e}")
        for text in _texts(each):
            size += len(text)
            if _UNSOUND.search(text):
                raise NotValid(what="every text", wanted="without NUL and half characters", found="one that has them")
    if size > limits.form_bytes:
        raise NotValid(what="what was sent", wanted=f"at most {limits.form_bytes:,} characters", found=f"{size:,}")


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep, without recursion: what was sent may be deeper than Python's own stack."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list | tuple):
            waiting += each


_LARGEST = 2**63 - 1
_UNSOUND = re.compile("[\x00\ud800-\udfff]")


def digest_of(args: Sequence[Any], more: dict[str, Any]) -> str:
    """Return the hash under which the arguments of a command are kept: enough to know them again, not to read them."""
    return hashlib.sha256(canonical([_plain(list(args)), _plain(more)]).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    try:
        return to_json(value)
    except ValueError:
        return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else str(value)
