"""How fast the pages for everybody may be asked for, and written to, from one address. It counts in this process and keeps nothing."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from flask import current_app, g, request
from werkzeug.exceptions import TooManyRequests as TooFast

MOST: Final = 240
"""Answers to one address within the span: a reader opens a few, an office behind one address some dozens."""
WITHIN: Final = timedelta(minutes=1)
MOST_SENT: Final = 6
"""Feedback taken from one address within the longer span: an office behind one address sends some."""
SENT_WITHIN: Final = timedelta(minutes=15)
_ADDRESSES: Final = 10_000


class Pace:
    """Who asked when, for as long as it counts. One browser asks for a page and its picture at once: it is locked."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        """Begin with nobody."""
        self._most, self._within = most, within
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def is_too_fast(self, address: str, at: datetime) -> bool:
        """Count one more of an address; whether there were too many. What is refused is not counted."""
        full = self.is_full(address, at)
        if not full:
            self.count(address, at)
        return full

    def is_full(self, address: str, at: datetime) -> bool:
        """Whether one more of an address would be too many."""
        with self._lock:
            times = self._asked.get(address, deque())
            while times and at - times[0] >= self._within:
                times.popleft()
            return len(times) >= self._most

    def count(self, address: str, at: datetime) -> None:
        """Count one more of an address."""
        with self._lock:
            self._asked.setdefault(address, deque()).append(at)
            self._asked.move_to_end(address)
            if len(self._asked) > _ADDRESSES:
                self._asked.popitem(last=False)


def expect_pace() -> None:
    """Refuse an address that asks too fast."""
    pace: Pace = current_app.extensions.setdefault("pace", Pace())
    if pace.is_too_fast(request.remote_addr or "", g.now):
        raise TooFast(retry_after=int(WITHIN.total_seconds()))


def expect_pace_of_sending() -> None:
    """Refuse an address that has sent too much feedback."""
    if _sending().is_full(request.remote_addr or "", g.now):
        raise TooFast(retry_after=int(SENT_WITHIN.total_seconds()))


def count_sent() -> None:
    """Remember that feedback of an address was taken."""
    _sending().count(request.remote_addr or "", g.now)


def _sending() -> Pace:
    pace: Pace = current_app.extensions.setdefault("pace-of-sending", Pace(MOST_SENT, SENT_WITHIN))
    return pace
