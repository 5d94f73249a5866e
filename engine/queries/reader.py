"""What every query reads with: one moment of the database, the clock's time, and what is kept in memory beside it.

It never writes, and it does not know who asks: the officer is an argument of each query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.domain.case import Case
from engine.domain.release import Release
from engine.process import NoWayBack, Step, Wait
from engine.storage.key_ring import KeyRing
from engine.storage.organisation import Organisation


def _no_way_back(_case: Case, _back: str) -> Step:
    raise NoWayBack


@dataclass(frozen=True, slots=True)
class Reader:
    """A read transaction with its company."""

    connection: Connection
    at: datetime
    """The time of the request: what is late, is late now."""
    organisation: Organisation
    release: Callable[[int], Release]
    """A release by its row; kept, since a release never changes."""
    waits: Callable[[Case], tuple[Wait, ...]]
    """What a case waits for, read from its snapshot by the interpreter that wrote it."""
    keys: KeyRing
    """What unlocks comments, drafts and offers. A person's own fields are not read here: each look at them is recorded."""
    go_back: Callable[[Case, str], Step] = _no_way_back
    """How a case would stand without a step, by the interpreter that wrote its snapshot. Raises NoWayBack."""
