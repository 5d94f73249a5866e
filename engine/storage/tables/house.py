"""What the house remembers of itself: when the worker last turned, when a backup was last made. Nothing of a case."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from engine.storage.columns import Moment
from engine.storage.tables.shape import metadata

sign_of_life = Table(
    "sign_of_life",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("at", Moment, nullable=False),
)
