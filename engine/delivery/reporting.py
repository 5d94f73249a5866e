"""Send what the placement system is told: in order per case, no faster than its line allows, and never blindly twice.

Between taking and settling there is no transaction. The breaker stands in a row: every process heeds it, and one of them
tries again when its time has come. Where it cannot be found out whether a report has arrived, it rests until a person says.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from engine.commands.mark_line import mark_line
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.commands.try_line import try_line
from engine.delivery.siskop2mi import Fate, NotReported
from engine.domain.dispatch import Channel, Parcel, pause_after
from engine.domain.placement import PARTNER
from engine.domain.report import Arrival
from engine.runtime import Engine

HELD_FOR: Final = timedelta(minutes=3)
"""So long one has a report in hand before somebody else may try: longer than asking and sending take together."""
MOST_UNSURE: Final = 6
"""Tries after which a report rests as unknown, where none could find out whether it has arrived: about an hour."""
PAUSE: Final = timedelta(seconds=30)
"""After a try that sent nothing; such tries are not counted."""
AT_ONCE: Final = 20
"""Reports of one turn."""

log = logging.getLogger(__name__)


class Line(Protocol):
    """A way to the placement system."""

    def report(self, parcel: Parcel) -> Arrival:
        """Let one report arrive. Raises NotReported."""
        ...

    def ping(self) -> None:
        """See whether the system is there. Raises NotReported."""
        ...


class Reporting:
    """What goes to the placement system over a line. It remembers nothing: everything stands in the rows."""

    def __init__(
        self,
        engine: Engine,
        line: Line,
        clock: Callable[[], datetime],
        *,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """`jitter`: between 0 and 1; it spreads pauses, so that not all come back at the same moment."""
        self._engine, self._line, self._clock, self._jitter = engine, line, clock, jitter

    def work(self, now: datetime) -> int:
        """Send what is due now, as far as one look tells. Returns how much was dealt with. Raises Unavailable."""
        if not self._passable(now):
            return 0
        done = 0
        for number, _ in self._engine.to_send(Channel.SISKOP2MI, at=now)[:AT_ONCE]:
            done += 1
            if not self._send(number):
                break
        return done

    def next_at(self, now: datetime) -> datetime | None:
        """When to look again: something is due, or the line may be tried."""
        line = self._engine.line(PARTNER)
        return line.try_at if line.open else self._engine.next_sending(Channel.SISKOP2MI, at=now)

    def _passable(self, now: datetime) -> bool:
        """Whether anything may go through. Where it is time to try, this tries."""
        line = self._engine.line(PARTNER)
        if not line.open:
            return True
        if not line.may_try(now) or self._engine.perform(try_line, PARTNER, at=now).state != "try":
            return False
        try:
            self._line.ping()
        except NotReported as trouble:
            if trouble.line_failed:
                self._mark(answered=False)
                return False
        return self._mark(answered=True)

    def _send(self, number: int) -> bool:
        """Send one. Returns whether the line lets another through."""
        taken_at = self._clock()
        parcel = self._engine.perform(take_dispatch, number, until=taken_at + HELD_FOR, at=taken_at)
        if parcel is None:
            return True
        try:
            arrived = self._line.report(parcel)
        except NotReported as trouble:
            self._put_off(parcel, trouble)
            return self._mark(answered=not trouble.line_failed)
        self._engine.perform(settle_dispatch, number, reference=arrived.reference, at=self._clock())
        return self._mark(answered=True)

    def _put_off(self, parcel: Parcel, trouble: NotReported) -> None:
        """Be done with a try that did not end well."""
        now, about = self._clock(), {"problem": trouble.problem}
        settle = self._engine.perform
        match trouble.fate:
            case Fate.REFUSED:
                settle(settle_dispatch, parcel.number, **about, at=now)
            case Fate.NOT_SENT | Fate.WAIT:
                until = now + self._spread(trouble.wait or PAUSE)
                settle(settle_dispatch, parcel.number, **about, until=until, tried=False, at=now)
            case Fate.UNSURE if parcel.tries + 1 >= MOST_UNSURE:
                settle(settle_dispatch, parcel.number, **about, unknown=True, at=now)
            case Fate.UNSURE:
                until = now + self._spread(pause_after(parcel.tries + 1) or PAUSE)
                settle(settle_dispatch, parcel.number, **about, until=until, at=now)

    def _spread(self, pause: timedelta) -> timedelta:
        """A pause, and up to a quarter more."""
        return pause * (1 + self._jitter() / 4)

    def _mark(self, *, answered: bool) -> bool:
        """Note what the line did. Returns whether it lets anything through."""
        changed = self._engine.perform(mark_line, PARTNER, answered=answered, at=self._clock()).state
        if changed != "same":
            log.warning("line_%s: %s", changed, PARTNER)
        return changed != "opened" and (answered or not self._engine.line(PARTNER).open)
