"""How fast the pages for everybody may be asked for from one address. It counts in this process and keeps nothing."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

from flask import current_app, g, request
from werkzeug.exceptions import TooManyRequests

MOST: Final = 240
"""Answers to one address within the span: a reader opens a few, an office behind one address some dozens."""
WITHIN: Final = timedelta(minutes=1)
_ADDRESSES: Final = 10_000


class Pace:
    """Who asked when, for as long as it counts."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()

    def is_too_fast(self, address: str, at: datetime) -> bool:
        """Count one more of an address; whether there were too many. What is refused is not counted."""
        times = self._asked.setdefault(address, deque())
        self._asked.move_to_end(address)
        while times and at - times[0] >= WITHIN:
            times.popleft()
        if len(times) >= MOST:
            return True
        times.append(at)
        if len(self._asked) > _ADDRESSES:
            self._asked.popitem(last=False)
        return False


def expect_pace() -> None:
    """Refuse an address that asks too fast."""
    pace: Pace = current_app.extensions.setdefault("pace", Pace())
    if pace.is_too_fast(request.remote_addr or "", g.now):
        raise TooManyRequests(retry_after=int(WITHIN.total_seconds()))
