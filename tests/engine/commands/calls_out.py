"""A program that is told of cases, and a case that was opened, for the tests of what is called again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine import add_webhook
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.storage import tables
from tests.small_office import Play


def listening(play: Play, kinds: tuple[str, ...] = ("case.opened",)) -> str:
    """Let a program be told. Returns its secret."""
    made = play.engine.perform(add_webhook, name="Mitra", url="https://mitra.example/kabar", kinds=kinds, at=play.now)
    return made.name


def one_call(play: Play) -> str:
    """Open a case of which the program is told. Returns the program's secret."""
    play.publish("start -> user A -> end")
    secret = listening(play)
    play.open()
    return secret


def take(play: Play, number: int = 1) -> Any:
    """Take a call in hand."""
    return play.engine.perform(take_dispatch, number, until=play.now + timedelta(minutes=1), at=play.now)


def sent(play: Play, number: int = 1) -> str:
    """Send a call. Returns its key."""
    parcel = take(play, number)
    play.engine.perform(settle_dispatch, number, at=play.now)
    return str(parcel.key)


def calls(play: Play) -> list[tuple[str, str, int]]:
    """Event, state and tries of every call, in order."""
    return [(row["event"], row["state"], row["tries"]) for row in play.rows(tables.dispatch)]
