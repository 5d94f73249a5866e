"""The addresses of other programs that are told of events, as rows. Address and secret are encrypted: either may open a door."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from engine.storage.counters import count_up
from engine.storage.key_ring import KeyRing
from engine.storage.organisation import VERSION
from engine.storage.tables import webhook

SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Webhook:
    """One of them."""

    number: int
    name: str
    url: str = field(repr=False)
    secret: str = field(repr=False)
    kinds: tuple[str, ...]
    added_at: datetime
    ended_at: datetime | None
    secret_before: str = field(default="", repr=False)
    """The one that signs too, beside the new one, until both sides have changed."""
    before_until: datetime | None = None

    def secrets_at(self, at: datetime) -> tuple[str, ...]:
        """What signs a call at this instant, the newest first."""
        overlaps = self.before_until is not None and at < self.before_until
        return (self.secret, self.secret_before) if overlaps and self.secret_before else (self.secret,)


def new_secret() -> str:
    """Draw what an address and the house share."""
    return secrets.token_hex(SECRET_BYTES)


def insert_webhook(
    connection: Connection,
    keys: KeyRing,
    *,
    name: str,
    url: str,
    secret: str,
    kinds: Collection[str],
    by: int | None,
    at: datetime,
) -> int:
    """Store one. Returns its row."""
    row = {"name": name, "url": "", "secret": "", "kinds": sorted(kinds), "added_by": by, "added_at": at}
    made = int(connection.execute(insert(webhook).returning(webhook.c.id), row).scalar_one())
    locked = {"url": keys.lock(url, place_of("url", made)), "secret": keys.lock(secret, place_of("secret", made))}
    connection.execute(update(webhook).where(webhook.c.id == made).values(**locked))
    count_up(connection, VERSION)
    return made


def webhook_of(row: Any, keys: KeyRing) -> Webhook:
    """Read one from a row that has all of its columns."""
    url, secret = (keys.unlock(getattr(row, each), place_of(each, row.id)) for each in ("url", "secret"))
    before = keys.unlock(row.secret_before, place_of("secret_before", row.id)) if row.secret_before else ""
    listens = tuple(row.kinds)
    return Webhook(row.id, row.name, url, secret, listens, row.added_at, row.ended_at, before, row.before_until)


def get_webhook(connection: Connection, keys: KeyRing, number: int) -> Webhook | None:
    """Return one, ended or not."""
    row = connection.execute(select(webhook).where(webhook.c.id == number)).first()
    return None if row is None else webhook_of(row, keys)


def set_webhook_end(connection: Connection, number: int, at: datetime) -> bool:
    """Tell it nothing any more. Returns whether it was told until now."""
    going = (webhook.c.id == number) & webhook.c.ended_at.is_(None)
    ended = connection.execute(update(webhook).where(going).values(ended_at=at)).rowcount == 1
    if ended:
        count_up(connection, VERSION)
    return ended


def change_secret(connection: Connection, keys: KeyRing, found: Webhook, secret: str, until: datetime) -> None:
    """Sign with another secret from now on, and until then with the one of now beside it."""
    number = found.number
    fresh = {
        "secret": keys.lock(secret, place_of("secret", number)),
        "secret_before": keys.lock(found.secret, place_of("secret_before", number)),
        "before_until": until,
    }
    connection.execute(update(webhook).where(webhook.c.id == number).values(**fresh))


def forget_secrets(connection: Connection, now: datetime) -> int:
    """Let go of secrets that sign nothing any more. Returns how many."""
    over = (webhook.c.secret_before != "") & (webhook.c.before_until <= now)
    gone = update(webhook).where(over).values(secret_before="", before_until=None)
    return connection.execute(gone).rowcount


def place_of(column: str, number: int) -> str:
    """Where one of its cells stands."""
    return f"webhook.{column}.{number}"
