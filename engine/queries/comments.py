"""What officers have said about a case, for the offices that take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.domain.organisation import Officer
from engine.queries.access import visible_case
from engine.queries.people import names_of
from engine.queries.reader import Reader
from engine.storage.comments import CommentKind, comment_of
from engine.storage.tables import comment, work_item

MOST = 200


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One thing that was said."""

    by: str
    office: str
    at: datetime
    text: str
    item: int | None
    step: str
    """The name of the step at which it was said; empty where it is about the case."""
    late: bool
    """Whether it says why something was entered later than it happened."""


def comments(reader: Reader, officer: Officer, number: str, *, item: int | None = None) -> tuple[CommentRow, ...]:
    """What was said about a case, the latest first; with an `item`, at that step. Raises NotFound as for any case."""
    row = visible_case(reader, officer, number).id
    found = select(comment, work_item.c.name).outerjoin(work_item, work_item.c.id == comment.c.item_id)
    found = found.where(comment.c.case_id == row)
    if item is not None:
        found = found.where(comment.c.item_id == item)
    rows = reader.connection.execute(found.order_by(comment.c.id.desc()).limit(MOST)).all()
    names = names_of(reader, {each.officer_id for each in rows})
    said = [(comment_of(each, reader.keys), each.name or "") for each in rows]
    return tuple(
        CommentRow(
            names.get(each.officer, ""), each.office, each.at, each.text, each.item, step, each.kind is CommentKind.LATE
        )
        for each, step in said
    )
