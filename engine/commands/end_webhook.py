"""Tell another program nothing any more."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.webhooks import get_webhook, set_webhook_end


def end_webhook(work: UnitOfWork, number: int) -> Receipt:
    """End it. What was to be sent to it and has not been is not sent. Refused once it has ended."""
    who = expect_power(work, "administer", "end a webhook")
    found = get_webhook(work.connection, work.keys, number)
    if found is None:
        raise NotFound(what=f"webhook {number}")
    if not set_webhook_end(work.connection, number, work.at):
        raise WrongState(act="end the webhook", what="it", state="ended")
    work.organisation_changed()
    work.record("webhook.ended", None, **who, webhook=number, title=found.name)
    return Receipt(state="ended", number=number)
