"""Take in one piece of news from the placement system: kept once under its own id, whatever it says. It moves nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.course.hearing import keep_news
from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import HOUSE
from engine.storage import UnitOfWork


def take_in_event(work: UnitOfWork, given: Mapping[str, Any]) -> Receipt:
    """Keep it. The receipt's state says what became of it: `waiting`, `refused`, or that of the same news kept before.

    Refused to officers: what they bring comes in a batch.
    """
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="take in news of the placement system", post=HOUSE)
    return keep_news(work, given)
