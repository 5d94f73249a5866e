"""How fast each token may ask: a process takes shares of a token's minute out of the database, and gives them out itself.

So all processes together never exceed a quota, and only one request in many writes. A share that a process did not use
up is lost with its minute: that is what fairness costs, a fiftieth of the quota for each further process at most.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.domain.quota import Spent, resets_in, share_of, window_of

Take = Callable[[int, int, int, datetime], int]
"""Token, minute, how many, when → how many all processes have taken of the minute since."""


@dataclass(slots=True)
class _Share:
    """What one process holds of a token's minute."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    window: int = -1
    held: int = 0
    beyond: int = 0
    """What was left for everybody when the last share was taken."""
    empty: bool = False


class Quotas:
    """The shares that this process holds."""

    def __init__(self, take: Take) -> None:
        """Hold none yet; `take` gets more."""
        self._take = take
        self._lock = threading.Lock()
        self._shares: dict[int, _Share] = {}

    def spend(self, token: int, rate: int, at: datetime) -> Spent:
        """Give out one request of a token's minute, or say that there is none left."""
        with self._lock:
            share = self._shares.setdefault(token, _Share())
        with share.lock:
            window = window_of(at)
            if share.window != window:
                share.window, share.held, share.beyond, share.empty = window, 0, rate, False
            if not share.held and not share.empty:
                self._refill(share, token, rate, at)
            allowed = share.held > 0
            share.held -= allowed
            return Spent(allowed, rate, share.held + share.beyond, resets_in(at))

    def _refill(self, share: _Share, token: int, rate: int, at: datetime) -> None:
        wanted = share_of(rate)
        taken = self._take(token, share.window, wanted, at)
        share.held = max(0, min(wanted, rate - (taken - wanted)))
        share.beyond = max(0, rate - taken)
        share.empty = not share.held
