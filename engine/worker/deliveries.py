"""What was announced goes out. Nothing of it is decided here: `engine.delivery` knows how, and when to try again."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.delivery import deliver
from engine.runtime import Engine

OVERLOOKED = timedelta(seconds=15)
"""So long after its time whatever has a job to wake somebody is looked for in the rows: the job was lost."""


def deliver_due(engine: Engine, now: datetime, *, by_jobs: bool = False) -> int:
    """Deliver what is to go out now; where jobs wake for it, only what they have overlooked. Returns how much went out."""
    return sum(deliver(engine, told, at=now) for told in engine.announced(at=now - OVERLOOKED if by_jobs else now))


def deliver_case(engine: Engine, case: int, now: datetime) -> int:
    """Deliver what is to go out now for one case, in order."""
    return sum(deliver(engine, told, at=now) for told in engine.announced(at=now, case=case))
