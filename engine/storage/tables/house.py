"""What the house remembers of itself: when the worker last turned, when a backup was last made. Nothing of a case."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from engine.storage.columns import Key, Moment
from engine.storage.tables.shape import metadata

access_chain = Table(
    "access_chain",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=False),
    Column("record_id", Key, nullable=False, unique=True),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    comment="each access record sealed with a hash over itself and the seal before it",
)

sign_of_life = Table(
    "sign_of_life",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
)
