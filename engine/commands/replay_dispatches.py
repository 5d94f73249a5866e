"""Call another program again with all that it was told in a span of time: it has lost something, and says since when."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from engine.domain.dispatch import DispatchState
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.dispatches import calls_between, revive_all
from engine.storage.webhooks import get_webhook

MOST: Final = 1_000
"""Calls at once: whoever has lost more asks for the cases themselves."""


class TooManyCalls(NotValid):
    """Expected at most {most} calls in the span, but there are more. Choose a shorter one."""


def replay_dispatches(work: UnitOfWork, webhook: int, *, since: datetime, until: datetime) -> Receipt:
    """Send again what was sent or given up and was caused from `since` to before `until`, each under its own key, in order.

    The receipt's number says how many. What somebody laid aside stays so. Refused for a span that is none, for more
    than a thousand, and once the program is told nothing any more.
    """
    who = expect_power(work, "administer", "replay the calls of a webhook")
    found = get_webhook(work.connection, work.keys, webhook)
    if found is None:
        raise NotFound(what=f"webhook {webhook}")
    if found.ended_at is not None:
        raise WrongState(act="replay calls", what="the webhook", state="ended")
    if since >= until:
        raise NotValid(what="the span", wanted="one that ends after it begins", found="none")
    numbers = calls_between(work.connection, webhook, since, until, MOST)
    if len(numbers) > MOST:
        raise TooManyCalls(most=MOST)
    if numbers:
        revive_all(work.connection, numbers, work.at)
        work.dispatches.due(work.at)
    span: dict[str, Any] = {"since": since.isoformat(), "until": until.isoformat(), "calls": len(numbers)}
    work.record("dispatches.replayed", None, **who, webhook=webhook, title=found.name, **span)
    return Receipt(state=DispatchState.PENDING.value, number=len(numbers), name=found.name)
