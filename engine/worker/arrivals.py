"""What the placement system has told moves cases: what came early is looked at again when a case may have come to wait for it.

The look is cheap: it reads which placements have something next that some case may want, and nothing of what was told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.commands.apply_event import apply_event
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine, Unexpected
from engine.storage.placements import MOST_AT_ONCE

PAUSE_AFTER_FAILURE: Final = timedelta(minutes=5)
"""One case that cannot be moved keeps no other waiting."""


class Arrivals:
    """Lets come to cases what has arrived for them."""

    def __init__(self, engine: Engine) -> None:
        """Know of no failure yet."""
        self._engine = engine
        self._paused: dict[int, datetime] = {}
        self._after = 0
        """Up to which case it has looked; then it begins anew, so that no number of cases hides those behind them."""

    def work(self, now: datetime) -> int:
        """Apply what is next, of so many cases at most. Returns how many pieces of news were dealt with. Raises Unavailable."""
        self._paused = {case: until for case, until in self._paused.items() if until > now}
        done = tried = 0
        while tried < MOST_AT_ONCE:
            found = self._engine.placements_to_move(after=self._after)
            cases = [each for each in found if each not in self._paused]
            done += sum(self._apply(each, now) for each in cases)
            tried += len(cases)
            self._after = found[-1] if len(found) == MOST_AT_ONCE else 0
            if not self._after:
                break
        return done

    def _apply(self, case: int, now: datetime) -> int:
        try:
            return self._engine.perform(apply_event, case, at=now).number or 0
        except Unavailable:
            raise
        except Refusal as refusal:
            if not isinstance(refusal, Unexpected):
                self._engine.note_incident(refusal, case=case, event="apply_event", at=now)
            self._paused[case] = now + PAUSE_AFTER_FAILURE
            return 0
