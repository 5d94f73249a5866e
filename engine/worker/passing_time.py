"""Time passes: timers fire, ladders are climbed and offers run out, case by case under its lock.

Any number of workers may be at it. Each begins somewhere else among what is due, leaves alone what somebody else holds,
and looks anew where it comes too late too often.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.commands.pass_time import HELD, NOTHING_DUE, pass_time
from engine.errors import Refusal, Unavailable
from engine.runtime import Engine, Unexpected
from engine.storage.waits import DueTimer

log = logging.getLogger(__name__)

PAUSE_AFTER_FAILURE = timedelta(minutes=5)
"""For a start timer: there is no case whose incident could keep it back."""
BEHIND = timedelta(minutes=1)
"""So long after its time something was due while nobody worked."""
_TOO_LATE = 3
"""How often in a row somebody else may have been there before, until what is due is read anew."""


class PassingTime:
    """Lets pass what is due."""

    def __init__(self, engine: Engine) -> None:
        """Know of no failure yet."""
        self._engine = engine
        self._paused: dict[int, datetime] = {}
        self._caught_up = 0
        self.left = False
        """Whether something due was left to somebody else, who may die over it: look again soon."""

    def work(self, now: datetime) -> int:
        """Do what is due now, as far as one look tells. Returns how many cases it was done in. Raises Unavailable."""
        due = self._begun_anywhere(_one_a_case(self._engine.due(at=now)))
        done = late = 0
        self.left = False
        for each in due:
            state = self._let_pass(each, now)
            self.left |= state == HELD
            late = late + 1 if state in (HELD, NOTHING_DUE) else 0
            happened = state not in (HELD, NOTHING_DUE, "")
            done += happened
            self._caught_up += happened and now - each.due_at > BEHIND
            if late == _TOO_LATE:
                self.left = True
                break
        if self._caught_up and not done and not self.left:
            log.info("caught_up: time has passed in %s cases in which it was overdue", self._caught_up)
            self._caught_up = 0
        return done

    def _begun_anywhere(self, due: Sequence[DueTimer]) -> Sequence[DueTimer]:
        """The same row of things from another place on; on SQLite there is one worker, and the oldest is the first."""
        if self._engine.database.sqlite or len(due) < _TOO_LATE:
            return due
        first = random.randrange(len(due))  # noqa: S311 - workers should not meet
        return (*due[first:], *due[:first])

    def _let_pass(self, timer: DueTimer, now: datetime) -> str:
        """What came of one: empty where it was refused, or failed not long ago."""
        if self._paused.get(timer.number, now) > now:
            return ""
        try:
            if timer.case is None:
                return self._engine.perform(pass_time, timer=timer.number, at=now).state
            return self._engine.perform(pass_time, case=timer.case, wait=False, at=now).state
        except Unavailable:
            raise
        except Refusal as refusal:
            if not isinstance(refusal, Unexpected):
                self._engine.note_incident(refusal, case=timer.case, event="pass_time", at=now)
            if timer.case is None:
                self._paused[timer.number] = now + PAUSE_AFTER_FAILURE
            return ""


def _one_a_case(due: Sequence[DueTimer]) -> Sequence[DueTimer]:
    """Each case once, where it is due the longest; start timers have none."""
    first = {each.case or -each.number: each for each in reversed(due)}
    return [each for each in due if first[each.case or -each.number] is each]
