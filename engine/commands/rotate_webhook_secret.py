"""Give another program a new secret; the one that it has goes on signing beside it for a while."""

from __future__ import annotations

from datetime import timedelta

from engine.domain.dispatch import LONGEST_OVERLAP
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.webhooks import change_secret, get_webhook, new_secret


def rotate_webhook_secret(work: UnitOfWork, number: int, *, overlap: timedelta = timedelta(days=7)) -> Receipt:
    """Sign with a new secret, which only the receipt's name tells, and for the overlap with the one of now too.

    Without an overlap the one of now signs nothing from this instant on: for a secret that got out. Refused once the
    program is told nothing any more, and for more than a month.
    """
    who = expect_power(work, "administer", "change the secret of a webhook")
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise NotValid(what="the overlap", wanted=f"at most {LONGEST_OVERLAP.days} days", found=f"{overlap.days} days")
    found = get_webhook(work.connection, work.keys, number)
    if found is None:
        raise NotFound(what=f"webhook {number}")
    if found.ended_at is not None:
        raise WrongState(act="change the secret of the webhook", what="it", state="ended")
    secret, until = new_secret(), work.at + overlap
    change_secret(work.connection, work.keys, found, secret, until)
    work.record("webhook_secret.rotated", None, **who, webhook=number, title=found.name, until=until.isoformat())
    return Receipt(state="rotated", number=number, name=secret)
