"""Let another program be told of what happens in cases."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from engine.domain.dispatch import EVENTS
from engine.domain.receipt import Receipt
from engine.errors import NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.webhooks import insert_webhook, new_secret

LONGEST_NAME: Final = 120
LONGEST_URL: Final = 500


class NotAWebhook(NotValid):
    """Expected an address that begins with https:// and names a host, without a password in it, but it is “{found}”."""


def add_webhook(work: UnitOfWork, *, name: str, url: str, kinds: Collection[str]) -> Receipt:
    """Tell the program at `url` of events of these kinds from now on. The receipt's name is the secret that signs them.

    It is told the number of the case and the name of the step, nothing else. Only this answer tells the secret. Refused
    to who does not administer, for an address that is none, and without a kind.
    """
    who = expect_power(work, "administer", "add a webhook")
    called, address, wanted = name.strip(), url.strip(), sorted(set(kinds))
    if not 0 < len(called) <= LONGEST_NAME:
        raise NotValid(what="the name", wanted=f"1 to {LONGEST_NAME} letters", found=f"{len(called)}")
    if not wanted or (strange := [each for each in wanted if each not in EVENTS]):
        found = ", ".join(strange)[:80] if wanted else "missing"
        raise NotValid(what="the kinds of events", wanted=", ".join(EVENTS), found=found)
    secret = new_secret()
    made = insert_webhook(
        work.connection,
        work.keys,
        name=called,
        url=_expect_url(address),
        secret=secret,
        kinds=wanted,
        by=work.officer.number if work.officer else None,
        at=work.at,
    )
    work.organisation_changed()
    work.record("webhook.added", None, **who, webhook=made, title=called, events=wanted)
    return Receipt(state="added", number=made, name=secret)


def _expect_url(address: str) -> str:
    """Return an address. Whether its host may be called is asked each time it is called: names change their addresses."""
    shown = address.partition("?")[0].rpartition("@")[2][:80]
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotAWebhook(found=shown) from None
    plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    sound = parts.scheme in ("https", "http") and parts.hostname and port != 0 and not parts.fragment
    if not (plain and sound and len(address) <= LONGEST_URL and parts.username is None and parts.password is None):
        raise NotAWebhook(found=shown)
    return address
