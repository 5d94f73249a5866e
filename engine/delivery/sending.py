"""Send what leaves the house: take one in hand, let its channel send it, and settle it. At least once, and in order per case.

Between taking and settling there is no transaction: a server that is slow holds nobody up. Where the program dies in
between, the same is sent once more, under the same key. A receiver that does not answer rests for a while, and what is
meant for others goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.domain.dispatch import Channel, Parcel, pause_after
from engine.runtime import Engine

HELD_FOR: Final = timedelta(minutes=2)
"""So long one has a delivery in hand before somebody else may try: longer than any channel takes."""
LOOKS_FOR: Final = 30.0
"""Seconds after which a look ends whatever is still due, and the next one asks what time it is: what is taken in hand is held
from the time of the look on, and a call bears that time, which whoever checks its signature holds against their own clock."""
RESTS_FOR: Final = timedelta(minutes=1)
"""So long a receiver is left alone that did not answer, whatever else waits for it."""


class Undelivered(Exception):
    """Something could not be sent; told to the sender and to the operator's page, never to an officer."""

    def __init__(self, problem: str, code: object = "", *, final: bool = False, silent: bool = False) -> None:
        """`final`: trying again is of no use. `silent`: it is the receiver that does not answer, whatever is sent to it."""
        problem += f" ({code})" if code else ""
        super().__init__(problem)
        self.problem, self.final, self.silent = problem, final, silent


class Sender(Protocol):
    """One way out of the house."""

    @property
    def channel(self) -> Channel:
        """By which what it sends is known."""
        ...

    def place(self, target: str) -> str:
        """What rests when this receiver does not answer: all mail has one server, each webhook its own."""
        ...

    def send(self, parcel: Parcel, *, at: datetime) -> None:
        """Send it. Raises Undelivered."""
        ...


class Way(Protocol):
    """What goes out of the house, as whoever keeps it going sees it."""

    def work(self, now: datetime) -> int:
        """Do what is due. Returns how much was dealt with. Raises Unavailable."""
        ...

    def next_at(self, now: datetime) -> datetime | None:
        """When to look again; None where nothing is known to come."""
        ...


class Sending:
    """What goes by one channel. It remembers who rests; everything else stands in the rows."""

    def __init__(self, engine: Engine, sender: Sender) -> None:
        """Know of nobody who does not answer."""
        self._engine = engine
        self._sender = sender
        self._resting: dict[str, datetime] = {}

    def work(self, now: datetime) -> int:
        """Send what is due now, as far as one look tells. Returns how much was dealt with. Raises Unavailable."""
        self._resting = {place: until for place, until in self._resting.items() if until > now}
        done, begun = 0, monotonic()
        for number, target in self._engine.to_send(self._sender.channel, at=now, without=self._asleep()):
            if done and monotonic() - begun > LOOKS_FOR:
                break
            if self._sender.place(target) not in self._resting:
                done += self._send(number, now)
        return done

    def next_at(self, now: datetime) -> datetime | None:
        """When to look again: something is due, or somebody has rested enough."""
        due = self._engine.next_sending(self._sender.channel, at=now)
        return min((each for each in (due, *self._resting.values()) if each is not None), default=None)

    def _asleep(self) -> tuple[str, ...]:
        """The receivers that rest, where each rests by itself: their rows would hide those of others."""
        return tuple(sorted(each for each in self._resting if each))

    def _send(self, number: int, now: datetime) -> bool:
        parcel = self._engine.perform(take_dispatch, number, until=now + HELD_FOR, at=now)
        if parcel is None:
            return True
        try:
            self._sender.send(parcel, at=now)
        except Undelivered as trouble:
            if trouble.silent:
                self._resting[self._sender.place(parcel.target)] = now + RESTS_FOR
            pause = None if trouble.final else pause_after(parcel.tries + 1)
            until = now + pause if pause else None
            self._engine.perform(settle_dispatch, number, problem=trouble.problem, until=until, at=now)
            return True
        self._engine.perform(settle_dispatch, number, at=now)
        return True
