"""The addresses of other programs that are told of events, as rows. Address and secret are encrypted: either may open a door."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from engine.storage.key_ring import KeyRing
from engine.storage.tables import webhook

SECRET_BYTES: Final = 32
REMEMBERED: Final = timedelta(seconds=5)


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


class Listening:
    """Who listens to what, remembered for some seconds: a program that was just added hears of things a moment later."""

    def __init__(self) -> None:
        """Know of nobody yet."""
        self._known: Mapping[str, tuple[int, ...]] = {}
        self._asked: datetime | None = None

    def now(self, connection: Connection, at: datetime) -> Mapping[str, tuple[int, ...]]:
        """Event → the rows of those who are told of it."""
        if self._asked is None or abs(at - self._asked) > REMEMBERED:
            self._known, self._asked = listeners(connection), at
        return self._known

    def forget(self) -> None:
        """Ask anew the next time."""
        self._asked = None


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
    return made


def webhook_of(row: Any, keys: KeyRing) -> Webhook:
    """Read one from a row that has all of its columns."""
    url, secret = (keys.unlock(getattr(row, each), place_of(each, row.id)) for each in ("url", "secret"))
    return Webhook(row.id, row.name, url, secret, tuple(row.kinds), row.added_at, row.ended_at)


def get_webhook(connection: Connection, keys: KeyRing, number: int) -> Webhook | None:
    """Return one, ended or not."""
    row = connection.execute(select(webhook).where(webhook.c.id == number)).first()
    return None if row is None else webhook_of(row, keys)


def set_webhook_end(connection: Connection, number: int, at: datetime) -> bool:
    """Tell it nothing any more. Returns whether it was told until now."""
    going = (webhook.c.id == number) & webhook.c.ended_at.is_(None)
    return connection.execute(update(webhook).where(going).values(ended_at=at)).rowcount == 1


def listeners(connection: Connection) -> Mapping[str, tuple[int, ...]]:
    """Event → the rows of those who are told of it."""
    found: dict[str, tuple[int, ...]] = {}
    for row in connection.execute(
        select(webhook.c.id, webhook.c.kinds).where(webhook.c.ended_at.is_(None)).order_by(webhook.c.id)
    ):
        for kind in row.kinds:
            found[kind] = (*found.get(kind, ()), row.id)
    return found


def place_of(column: str, number: int) -> str:
    """Where one of its cells stands."""
    return f"webhook.{column}.{number}"
