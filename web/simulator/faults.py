"""Fourteen ways in which a partner fails, each as often as somebody said, and with a seed the same every time."""

from __future__ import annotations

import random
import threading
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """One way to fail."""

    SLOW = "slow"
    """The report is stored; the answer comes after whoever asked has given up."""
    FAILED = "5xx"
    """An answer of 503, half the time after the report was stored."""
    REPLY_LOST = "reply-lost"
    """The report is stored and the connection cut before the answer."""
    DUPLICATE = "duplicate"
    """An event is told twice."""
    LATE = "late"
    """An event is told after three others, or when somebody says so."""
    OUT_OF_ORDER = "out-of-order"
    """An event is told after the one that follows it in its placement."""
    GARBAGE = "garbage"
    """The report is stored; the answer is no JSON."""
    WRONG_CASE = "wrong-case"
    """The report is stored; the answer is about another. An event names a case that is not its own."""
    REDIRECT = "redirect"
    """An answer of 302 to somewhere else; nothing is stored."""
    RESET = "reset"
    """The connection is cut before anything is read."""
    ENOUGH = "429"
    """An answer of 429 with Retry-After; nothing is stored."""
    ERROR_BODY = "error-body"
    """An answer of 200 in which an error stands, half the time after the report was stored."""
    TRUNCATED = "truncated"
    """The report is stored; half of the answer comes, then the connection is cut."""
    STALE_CURSOR = "stale-cursor"
    """The place from which events are asked for is not known any more."""


OF_ANSWERS: Final = frozenset(
    {
        Fault.SLOW,
        Fault.FAILED,
        Fault.REPLY_LOST,
        Fault.GARBAGE,
        Fault.WRONG_CASE,
        Fault.REDIRECT,
        Fault.RESET,
        Fault.ENOUGH,
        Fault.ERROR_BODY,
        Fault.TRUNCATED,
    }
)
"""Those that befall any call."""
OF_EVENTS: Final = frozenset({Fault.DUPLICATE, Fault.LATE, Fault.OUT_OF_ORDER, Fault.WRONG_CASE})
"""Those that befall an event when it is made."""


class NotAFault(ValueError):
    """A name that is no fault, or a rate that is not between 0 and 1."""


class Faults:
    """How often it fails in which way."""

    def __init__(self, rates: Mapping[str, float] | None = None, *, seed: int = 1) -> None:
        """`rates`: between 0 and 1 for each fault. Raises NotAFault."""
        self._lock = threading.Lock()
        self._random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.rates: dict[Fault, float] = {}
        self.drawn: dict[Fault, int] = dict.fromkeys(Fault, 0)
        """How often each has happened."""
        self.set(rates or {})

    def set(self, rates: Mapping[str, float]) -> None:
        """Fail like this from now on, and in no other way. Raises NotAFault."""
        known = set(Fault)
        if wrong := sorted(name for name, rate in rates.items() if name not in known or not 0 <= rate <= 1):
            raise NotAFault(", ".join(wrong))
        with self._lock:
            self.rates = {Fault(name): rate for name, rate in rates.items() if rate}

    def draw(self, among: Collection[Fault]) -> Fault | None:
        """How to fail this time; None: not at all."""
        with self._lock:
            for each in sorted(self.rates):
                if each in among and self._random.random() < self.rates[each]:
                    self.drawn[each] += 1
                    return each
        return None

    def coin(self) -> bool:
        """Whether it is so or so, by chance."""
        with self._lock:
            return self._random.random() < 0.5  # noqa: PLR2004 - a coin
