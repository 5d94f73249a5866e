"""One page of a long list, and where the next begins. Pages follow a key, never an offset: page 400 costs what page 1 costs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from engine.errors import NotValid

Row = TypeVar("Row")
Raw = TypeVar("Raw")

LENGTH = 25
"""Rows of a page where nobody asks for another number."""
MOST = 200
LONGEST = 200
"""Characters of a key: ours are shorter, and nothing longer is read."""
FARTHEST = 2**63 - 1
"""No row has a greater number."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, in order."""

    rows: tuple[Row, ...]
    following: str | None = None
    """What to ask for to get the next page; None on the last."""


class NotAPage(NotValid):
    """Expected the address of a page as a list gave it, but it is {found}."""


def cut(
    raw: Sequence[Raw], length: int, make: Callable[[Raw], Row], key: Callable[[Raw], tuple[object, ...]]
) -> Page[Row]:
    """Make a page of the rows read, of which there is one more than shown where another page follows."""
    shown = raw[:length]
    more = len(raw) > length
    return Page(tuple(make(each) for each in shown), _written(key(shown[-1])) if more else None)


def checked_length(length: int) -> int:
    """The number of rows asked for. Raises NotValid outside 1 to 200."""
    if not 1 <= length <= MOST:
        raise NotValid(what="the length of a page", wanted=f"1 to {MOST}", found=length)
    return length


def moment_and_number(after: str) -> tuple[datetime, int]:
    """Read the key of a list sorted by a moment and a row. Raises NotAPage."""
    try:
        told, number = _read(after)
        moment = datetime.fromisoformat(told)
        known = moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, TypeError, OverflowError) as fault:
        raise NotAPage(found=after[:40]) from fault
    if known is None:
        raise NotAPage(found=after[:40])
    return known, _row(number, after)


def number_alone(after: str) -> int:
    """Read the key of a list sorted by its rows. Raises NotAPage."""
    try:
        (number,) = _read(after)
    except (ValueError, TypeError) as fault:
        raise NotAPage(found=after[:40]) from fault
    return _row(number, after)


def place_of(after: str | None) -> int:
    """Read the key of a list of which only the place of a page is known: how many rows stand before it. Raises NotAPage."""
    if after is None:
        return 0
    if len(after) > len(str(FARTHEST)) or not (after.isascii() and after.isdecimal()) or int(after) > FARTHEST:
        raise NotAPage(found=after[:40])
    return int(after)


def _row(number: Any, after: str) -> int:
    if type(number) is not int or not 0 <= number <= FARTHEST:
        raise NotAPage(found=after[:40])
    return number


def _read(after: str) -> Any:
    if len(after) > LONGEST:
        raise ValueError("too long for a key")
    return json.loads(base64.urlsafe_b64decode(after.encode()))


def _written(key: tuple[object, ...]) -> str:
    told = [each.isoformat() if isinstance(each, datetime) else each for each in key]
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode()
