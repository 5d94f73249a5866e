"""The kinds of column this house uses beyond those of SQL: moments in UTC and JSON written one way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator

from engine.domain.audit import canonical

FAR = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for *no end* where a column must be sorted and compared."""

_WIDTH = len("2026-05-04 01:00:00.000000")

Key = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number: SQLite counts up by itself only where the type is INTEGER."""


class Moment(TypeDecorator[datetime]):
    """An instant with a zone going in, in UTC coming out. On SQLite a text of fixed width, so that text order is time order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose what the database itself stores."""
        return dialect.type_descriptor(String(_WIDTH) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse an instant without a zone: nobody could say when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        moment = value.astimezone(UTC)
        return moment.isoformat(" ", "microseconds")[:_WIDTH] if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Give it back in UTC."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Deadline(TypeDecorator[datetime]):
    """A moment that may be *never*: None outside, `FAR` in the column, so that keyset pages need no special case."""

    impl = Moment
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Write never as the far end of the calendar."""
        return FAR if value is None else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - as above
        """Read the far end of the calendar as never."""
        return None if value == FAR else value


class Canonical(TypeDecorator[Any]):
    """JSON as canonical text: the same on both databases, and fit to be hashed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Write it."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - as above
        """Read it."""
        return None if value is None else json.loads(value)


class Answer(Canonical):
    """JSON where null is a value too: an answer that was taken away is not a row that is missing."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - as above
        """Write it, null among the others."""
        return canonical(value)
