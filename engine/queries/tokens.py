"""The tokens by which other programs act for an officer. A token's secret is kept nowhere, so it cannot be shown again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.domain.organisation import Officer
from engine.queries.reader import Reader
from engine.storage.tables import api_token


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token: what it is for, and until when."""

    number: int
    name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    good: bool
    """Whether it opens anything now."""


def tokens(reader: Reader, officer: Officer) -> tuple[TokenRow, ...]:
    """All tokens that act for the officer, the newest first."""
    found = select(api_token).where(api_token.c.officer_id == officer.number).order_by(api_token.c.id.desc())
    return tuple(
        TokenRow(
            row.id,
            row.name,
            row.created_at,
            row.expires_at,
            row.revoked_at,
            good=row.revoked_at is None and row.expires_at > reader.at,
        )
        for row in reader.connection.execute(found)
    )
