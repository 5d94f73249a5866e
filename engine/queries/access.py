"""Which cases an officer may see: those in which one of the officer's offices takes part. All others do not exist for them.

It says nothing about a person's encrypted fields, of which each look is recorded.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.sql.selectable import Select

from engine.domain.case import Case
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.reader import Reader
from engine.storage.cases import case_of
from engine.storage.tables import case, participation


def seen_by(officer: Officer) -> ColumnElement[bool]:
    """The condition that keeps only cases in which one of the officer's offices takes part."""
    return exists().where(participation.c.case_id == case.c.id, participation.c.office.in_(sorted(officer.offices)))


def visible_case(reader: Reader, officer: Officer, number: str) -> Case:
    """One case by its number. Raises NotFound where there is none, or none that the officer may see."""
    return _one(reader, select(case).where(case.c.number == number, seen_by(officer)), number)


def visible_case_by_row(reader: Reader, officer: Officer, row: int) -> Case:
    """One case by its row. Raises NotFound as above."""
    return _one(reader, select(case).where(case.c.id == row, seen_by(officer)), str(row))


def _one(reader: Reader, found: Select[*tuple[Any, ...]], asked: str) -> Case:
    row = reader.connection.execute(found).first()
    if row is None:
        raise NotFound(what=f"case {asked}")
    return case_of(row)
