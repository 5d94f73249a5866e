"""How the line to a partner is: a breaker that opens when the partner fails again and again, and tries by itself whether it is back.

It is about the partner and not about what is sent: an answer that refuses is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

OPENS_AFTER: Final = 5
"""Failures in a row."""
RESTS_FOR: Final = timedelta(seconds=30)
"""So long nothing is called once it is open; then one call may try."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line to one partner."""

    failures: int = 0
    """In a row."""
    opened_at: datetime | None = None
    """Since when nothing goes through; None while everything does."""
    try_at: datetime | None = None
    """When one call may try again."""
    answered_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether the breaker is open: nothing goes through."""
        return self.opened_at is not None

    def may_try(self, at: datetime) -> bool:
        """Whether one call may find out if the partner is back."""
        return self.try_at is not None and self.try_at <= at

    def trying(self, at: datetime) -> Line:
        """Somebody tries: nobody else does before it is known what came of it."""
        return replace(self, try_at=at + RESTS_FOR)

    def answered(self, at: datetime) -> Line:
        """The partner has answered: everything goes through."""
        return Line(answered_at=at)

    def failed(self, at: datetime) -> Line:
        """The partner did not answer as agreed; at the fifth time in a row the breaker opens."""
        failures = self.failures + 1
        if failures < OPENS_AFTER:
            return replace(self, failures=failures)
        return replace(self, failures=failures, opened_at=self.opened_at or at, try_at=at + RESTS_FOR)
