"""Call another program once with nothing to tell, to see whether a call arrives and its signature is checked."""

from __future__ import annotations

from engine.domain.dispatch import TRIED
from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.webhooks import get_webhook


def try_webhook(work: UnitOfWork, number: int) -> Receipt:
    """Send a call that tells of no case: it stands among the others with what became of it. Refused once it has ended."""
    who = expect_power(work, "administer", "try a webhook")
    found = get_webhook(work.connection, work.keys, number)
    if found is None:
        raise NotFound(what=f"webhook {number}")
    if found.ended_at is not None:
        raise WrongState(act="try the webhook", what="it", state="ended")
    work.dispatches.call(number, None, TRIED, {"at": work.at.isoformat()}, at=work.at)
    work.record("webhook.tried", None, **who, webhook=number, title=found.name)
    return Receipt(state="pending", number=number)
