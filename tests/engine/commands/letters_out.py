"""One mail on its way, for the tests of what may be done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine import offer_handover
from engine.commands.settle_dispatch import settle_dispatch
from engine.commands.take_dispatch import take_dispatch
from engine.storage import tables
from tests.engine.delivery.told import with_address
from tests.small_office import Play

LATER = timedelta(minutes=2)


def one_mail(play: Play) -> None:
    """Let a mail to Wayan wait to be sent."""
    play.publish("start -> user A -> end")
    with_address(play, "wayan")
    more: dict[str, Any] = {"to_office": "NTB", "reason": "Lebih dekat", "until": play.now + timedelta(days=2)}
    play.engine.perform(offer_handover, play.open(), **more, officer="sri", at=play.now)


def take(play: Play) -> Any:
    """Have it in hand."""
    return play.engine.perform(take_dispatch, 1, until=play.now + LATER, at=play.now)


def give_up(play: Play) -> None:
    """Let it be a dead letter."""
    take(play)
    play.engine.perform(settle_dispatch, 1, problem="the address was refused (550)", at=play.now)


def row(play: Play) -> dict[str, Any]:
    """As it stands."""
    return play.rows(tables.dispatch)[0]
