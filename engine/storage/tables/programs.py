"""How much of their quotas the tokens of other programs have used."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table

from engine.storage.columns import Moment
from engine.storage.tables.shape import metadata

token_use = Table(
    "token_use",
    metadata,
    Column("token_id", ForeignKey("api_token.id"), primary_key=True, autoincrement=False),
    Column("minute", Integer, nullable=False, comment="which minute is counted, since 1970"),
    Column("taken", Integer, nullable=False, comment="requests that processes have taken of this minute's quota"),
    Column("used_at", Moment, nullable=False),
)
