"""What nobody will ask for again goes, new access records are sealed, a sign is left that somebody is at work, and tokens that end are told of.

In the first hour of a month it has the one before counted for local governments, where there are any.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.commands.count_pemda_month import count_pemda_month
from engine.commands.tell_token_ends import tell_token_ends
from engine.domain.pemda import HOME, month_of
from engine.queries.pemda import pemda_months, pemda_rows
from engine.runtime import Engine

TIDIES_EVERY = timedelta(hours=1)
SIGNS_EVERY = timedelta(seconds=30)
"""How often it leaves a sign that it lives, for `lajur health` and the page of the house."""


class Housekeeping:
    """Knows when it was there last."""

    def __init__(self, engine: Engine) -> None:
        """Not there yet."""
        self._engine = engine
        self._tidied: datetime | None = None
        self._signed: datetime | None = None

    def sign(self, now: datetime) -> None:
        """Leave a sign, and seal what has been noted since."""
        if self._signed is None or now - self._signed >= SIGNS_EVERY:
            self._signed = now
            self._engine.leave_sign("worker", at=now)
            self._engine.seal_accesses()

    def tidy(self, now: datetime) -> None:
        """Let old things go, tell of tokens that end, and count the month that is over, when there is nothing else to do."""
        if self._tidied is None or now - self._tidied > TIDIES_EVERY:
            self._tidied = now
            self._engine.tidy(at=now)
            self._engine.perform(tell_token_ends, at=now)
            self._count_month(now)

    def _count_month(self, now: datetime) -> None:
        month = month_of(now.astimezone(HOME).replace(day=1) - timedelta(days=1))
        with self._engine.reading(at=now) as reader:
            wanted = any(each.pemda.holds(now) for each in pemda_rows(reader)) and month not in pemda_months(reader)
        if wanted:
            self._engine.perform(count_pemda_month, month, at=now)
