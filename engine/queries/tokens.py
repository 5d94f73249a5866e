"""The tokens by which other programs act for officers. A token's secret is kept nowhere, so it cannot be shown again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from engine.domain.organisation import Officer
from engine.domain.token import TOLD_BEFORE
from engine.queries.house.administering import expect_administrator
from engine.queries.pages import LENGTH, Page, cut, number_alone
from engine.queries.reader import Reader
from engine.storage.tables import api_token, token_use
from engine.storage.tables import officer as officers

MOST = 200
"""Of one officer's that are shown."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token: for whom, for what, how far, how fast and until when."""

    number: int
    login: str
    owner: str
    """The name of the officer for whom it acts."""
    owner_number: int
    name: str
    purpose: str
    scopes: tuple[str, ...]
    rate: int | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_at: datetime | None
    """To the minute; None: never, or not since this is noted."""
    good: bool
    """Whether it opens anything now."""
    ends_soon: bool
    """Whether it is good and its owner has been, or is to be, told that it ends."""


def tokens(reader: Reader, officer: Officer) -> tuple[TokenRow, ...]:
    """The tokens that act for the officer, the newest first."""
    mine = _asked().where(api_token.c.officer_id == officer.number).order_by(api_token.c.id.desc()).limit(MOST)
    return tuple(_token(row, reader.at) for row in reader.connection.execute(mine))


def every_token(
    reader: Reader, officer: Officer, *, good: bool = True, after: str | None = None, length: int = LENGTH
) -> Page[TokenRow]:
    """One page of all tokens, the newest first: those that are good, or those that are not. Raises NotYours, NotAPage."""
    expect_administrator(reader, officer)
    return tokens_for_the_house(reader, good=good, after=after, length=length)


def tokens_for_the_house(
    reader: Reader, *, good: bool = True, after: str | None = None, length: int = LENGTH
) -> Page[TokenRow]:
    """The same for whoever has the machine in hand."""
    open_ = api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > reader.at) & officers.c.active.is_(True)
    found = _asked().where(open_ if good else ~open_)
    if after:
        found = found.where(api_token.c.id < number_alone(after))
    rows = list(reader.connection.execute(found.order_by(api_token.c.id.desc()).limit(length + 1)))
    return cut(rows, length, lambda row: _token(row, reader.at), lambda row: (row.id,))


def _asked() -> Select[Any]:
    return (
        select(api_token, officers.c.login, officers.c.name.label("owner"), officers.c.active, token_use.c.used_at)
        .join(officers, officers.c.id == api_token.c.officer_id)
        .outerjoin(token_use, token_use.c.token_id == api_token.c.id)
    )


def _token(row: Row[Any], now: datetime) -> TokenRow:
    good = row.revoked_at is None and row.expires_at > now and bool(row.active)
    return TokenRow(
        row.id,
        row.login,
        row.owner,
        row.officer_id,
        row.name,
        row.purpose,
        tuple(row.scopes),
        row.rate,
        row.created_at,
        row.expires_at,
        row.revoked_at,
        row.used_at,
        good=good,
        ends_soon=good and row.expires_at <= now + TOLD_BEFORE,
    )
