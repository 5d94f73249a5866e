"""A quota: how many requests a token may send in a minute, whichever process of the house answers them.

The minute is the clock's own, so that every process counts the same one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final

WINDOW: Final = 60
"""Seconds for which is counted."""
SHARES: Final = 50
"""A process takes a fiftieth of a quota at once, and asks the database again when it is used up."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What became of one request."""

    allowed: bool
    rate: int
    left: int
    """How many more this minute has, as far as this process knows: others may be at work."""
    resets_in: int
    """Seconds until the next minute begins."""


def window_of(at: datetime) -> int:
    """The number of the minute."""
    return int(at.timestamp()) // WINDOW


def resets_in(at: datetime) -> int:
    """Whole seconds until the next minute: at least one."""
    return max(1, math.ceil((window_of(at) + 1) * WINDOW - at.timestamp()))


def share_of(rate: int) -> int:
    """How many requests a process takes at once: at least one."""
    return max(1, rate // SHARES)
