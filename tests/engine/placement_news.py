"""Somebody who plays the placement system: drawings that wait for its news, and the news itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from engine import Receipt
from engine.commands.apply_event import apply_event
from engine.commands.take_in_event import take_in_event
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import MORNING, Play

WAY = (
    "start -> user A -> catch reg (message siskop2mi_pendaftaran) -> user B -> catch lat (message siskop2mi_pelatihan) "
    "-> user C -> catch berangkat (message siskop2mi_keberangkatan) -> user D -> end"
)
"""Registration, training and departure, with an officer's step before each."""
REFERENCE = "SK2-2026-0001"


def news(kind: str = "registered", sequence: int = 1, **more: Any) -> dict[str, Any]:
    """One piece of news as it travels."""
    said: dict[str, Any] = {
        "message": f"m-{sequence}",
        "kind": kind,
        "reference": REFERENCE,
        "case": "",
        "sequence": sequence,
        "occurred_at": (datetime(2026, 5, 3, tzinfo=UTC) + timedelta(days=sequence)).isoformat(),
        "facts": {},
    }
    return said | more


class Partner:
    """The other side."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def placed(self, text: str = WAY, **changes: Any) -> str:
        """A case that the partner knows of, though not yet by a number. Returns its number."""
        self.play.publish(text, **changes)
        return self.again()

    def again(self) -> str:
        """One more of the same drawing."""
        number = self.play.open()
        with self.play.engine.begin(at=MORNING) as work:
            work.placements.begin(work.cases.row_of(number), MORNING)
        return number

    def tell(self, kind: str = "registered", sequence: int = 1, **more: Any) -> Receipt:
        """Send one piece of news; nothing is applied yet."""
        return self.play.engine.perform(take_in_event, news(kind, sequence, **more), at=self.play.now)

    def move(self, case: str | int = 1, **more: Any) -> Receipt:
        """Apply what is next of a case."""
        return self.play.engine.perform(apply_event, case, at=self.play.now, **more)

    def work(self) -> int:
        """Let a worker do what is due."""
        return Worker(self.play.engine, lambda: self.play.now).work_once()

    def states(self) -> list[tuple[str, str, str]]:
        """Kind, state and reason of everything that came in."""
        rows = self.play.rows(tables.partner_event)
        return [(row["kind"], row["state"], row["why"]) for row in sorted(rows, key=lambda row: row["id"])]

    def open(self) -> list[str]:
        """The steps that are open."""
        return sorted(each.element for each in self.play.items())
