"""How far ahead one looks, and for which clocks, as the address says it."""

from __future__ import annotations

from typing import Any

from engine.domain.clock import ClockKind
from engine.queries.soon_late import FARTHEST
from web.audit.sieve import Sieve

SOON = (0, 1, 2, 3, 5, 10, 20)
"""Numbers of working days that are one click away."""
USUAL = 3


def asked_ahead(choice: Sieve) -> dict[str, Any]:
    """What the engine is asked; a number of days that is none, or too large, is the usual one or the largest."""
    days = min(int(choice.within), FARTHEST) if choice.within.isascii() and choice.within.isdecimal() else USUAL
    kind = ClockKind(choice.kind) if choice.kind in {each.value for each in ClockKind} else None
    return {"within": days, "office": choice.office, "sop": choice.sop, "kind": kind, "late": choice.count == "late"}
