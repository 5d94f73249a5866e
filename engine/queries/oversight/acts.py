"""What was done beside the usual way: how often, and each with its case and its reason. There is no act that forces a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, exists, func, literal, literal_column, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import BigInteger

from engine.domain.organisation import Officer
from engine.queries.access import seen_by
from engine.queries.oversight.counting import ENTERED_LATE, ended_in, keys_of
from engine.queries.oversight.view import View, of_sop, within
from engine.queries.pages import MOST, Page, place_of
from engine.queries.reader import Reader
from engine.storage.comments import comment_of
from engine.storage.tables import audit, comment, counter_step, disposition, disposition_kind, release, work_item
from engine.storage.tables import case as cases

_TOLD = ("kind", "row", "case_id", "sop", "element", "name", "office", "at")
_COUNTER = ("taken_back", "returned", "corrected", "reopened", "suspended")
_above = cases.alias("above")


@dataclass(frozen=True, slots=True)
class Act:
    """Something done beside the usual way."""

    kind: str
    """`reassigned`, `taken_back`, `returned`, `corrected`, `replaced`, `cancelled`, `reopened`, `suspended`, `entered_late`, `set_aside`."""
    case: str
    seen: bool
    sop: str
    """The drawing of the step, or the procedure of the course or case."""
    element: str
    name: str
    office: str
    at: datetime
    row: int
    """Its row in the table that keeps it."""


@dataclass(frozen=True, slots=True)
class ActCount:
    """How often one kind of act was done."""

    key: tuple[str, ...]
    kind: str
    number: int


class _NumberIn(FunctionElement[int]):
    """A number that stands under a name in a column of JSON text."""

    inherit_cache = True
    type = BigInteger()


@compiles(_NumberIn, "sqlite")
def _in_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **more)})"


@compiles(_NumberIn, "postgresql")
def _in_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    text, path = (compiler.process(each, **more) for each in element.clauses)
    return f"(jsonb_path_query_first({text}::jsonb, {path}::jsonpath))::bigint"


def act_counts(reader: Reader, view: View, *, by: Sequence[str]) -> tuple[ActCount, ...]:
    """How often each kind of act was done in the period, by what is named in `by` (as for steps)."""
    every = _every(view)
    keys = keys_of(by, drawing=every.c.sop, office=every.c.office, element=every.c.element)
    found = select(*keys, every.c.kind, func.count().label("number")).group_by(*keys, every.c.kind)
    rows: Any = reader.connection.execute(found.where(*_kept(view, every)))
    return tuple(ActCount(tuple(row[: len(keys)]), row.kind, row.number) for row in rows)


def acts(
    reader: Reader, officer: Officer, view: View, *, kind: str = "", after: str | None = None, length: int = MOST
) -> Page[Act]:
    """What was done beside the usual way in the period, the latest first. Raises NotAPage.

    Its tables number their rows each by itself, so a page follows a place in the list, not a row.
    """
    every, begins = _every(view), place_of(after)
    found = (
        select(every, cases.c.number, seen_by(officer).label("seen"))
        .join(cases, cases.c.id == every.c.case_id)
        .where(*_kept(view, every), *([every.c.kind == kind] if kind else []))
        .order_by(every.c.at.desc(), every.c.kind, every.c.case_id.desc(), every.c.row.desc())
        .offset(begins)
        .limit(length + 1)
    )
    rows = reader.connection.execute(found).all()
    shown = tuple(
        Act(row.kind, row.number, bool(row.seen), row.sop, row.element, row.name, row.office, row.at, row.row)
        for row in rows[:length]
    )
    return Page(shown, str(begins + length) if len(rows) > length else None)


def act_reasons(reader: Reader, shown: Sequence[Act]) -> dict[tuple[str, int], str]:
    """Why these were done, for the cases that the officer may open: (kind, row) → the reason."""
    seen = [each for each in shown if each.seen]
    steps = [each.row for each in seen if each.kind in _COUNTER]
    told: dict[tuple[str, int], str] = {}
    for row in reader.connection.execute(select(counter_step).where(counter_step.c.id.in_(steps))) if steps else ():
        told[row.kind, row.id] = reader.keys.unlock(row.reason, f"counter_step.reason.{row.id}")
    items = [each.row for each in seen if each.kind == "entered_late"]
    said = select(comment).where(comment.c.item_id.in_(items), comment.c.kind == "late").order_by(comment.c.id)
    for row in reader.connection.execute(said) if items else ():
        told["entered_late", row.item_id] = comment_of(row, reader.keys).text
    ended = [each.row for each in seen if each.kind == "cancelled"]
    how = select(cases.c.id, cases.c.closing).where(cases.c.id.in_(ended))
    for row in reader.connection.execute(how) if ended else ():
        told["cancelled", row.id] = row.closing or ""
    return told


def _every(view: View) -> Subquery:
    """Everything beside the usual way in the offices and the period of a view, whatever its SOP."""
    parts = (_of_steps(view), _of_cases(view), _replaced(view), _cancelled(view), _entered_late(view))
    named = [
        select(*(each.label(name) for each, name in zip(part.subquery().c, _TOLD, strict=True)))
        for part in (*parts, _passed_on(view), _laid_aside(view))
    ]
    return union_all(*named).subquery()


def _kept(view: View, every: Subquery) -> list[Any]:
    return of_sop(view, case=every.c.case_id, drawing=every.c.sop, element=every.c.element)


_OF_ITEM = (work_item.c.process, work_item.c.element, work_item.c.name, work_item.c.office)
_OF_CASE = (release.c.code, literal(""), literal(""), cases.c.office)


def _of_steps(view: View) -> Select[Any]:
    """Steps taken back, returned and corrected."""
    found = select(counter_step.c.kind, counter_step.c.id, counter_step.c.case_id, *_OF_ITEM, counter_step.c.at)
    found = found.join(work_item, work_item.c.id == counter_step.c.item_id)
    return found.where(work_item.c.office.in_(view.offices), *within(view, counter_step.c.at))


def _of_cases(view: View) -> Select[Any]:
    """Cases held up and opened again."""
    found = select(counter_step.c.kind, counter_step.c.id, counter_step.c.case_id, *_OF_CASE, counter_step.c.at)
    found = _with_release(found.join(cases, cases.c.id == counter_step.c.case_id))
    found = found.where(counter_step.c.item_id.is_(None), counter_step.c.kind != "resumed")
    return found.where(cases.c.office.in_(view.offices), *within(view, counter_step.c.at))


def _replaced(view: View) -> Select[Any]:
    course = (disposition_kind.c.procedure, literal(""), disposition_kind.c.title, cases.c.office)
    found = select(literal("replaced"), disposition.c.id, disposition.c.case_id, *course, disposition.c.closed_at)
    found = found.join(cases, cases.c.id == disposition.c.case_id)
    found = found.join(disposition_kind, disposition_kind.c.code == disposition.c.kind)
    found = found.where(disposition.c.state == "replaced", cases.c.office.in_(view.offices))
    return found.where(*within(view, disposition.c.closed_at))


def _cancelled(view: View) -> Select[Any]:
    """Cases that somebody cancelled. What was cancelled with the case above it, or by replacing a course, is no act of its own."""
    with_above = exists().where(
        _above.c.id == cases.c.parent_id, _above.c.state == "cancelled", _above.c.ended_at == cases.c.ended_at
    )
    with_course = exists().where(
        disposition.c.id == cases.c.disposition_id,
        disposition.c.state == "replaced",
        disposition.c.closed_at == cases.c.ended_at,
    )
    found = _with_release(select(literal("cancelled"), cases.c.id, cases.c.id, *_OF_CASE, cases.c.ended_at))
    found = found.where(cases.c.state == "cancelled", cases.c.office.in_(view.offices))
    return found.where(~with_above, ~with_course, *within(view, cases.c.ended_at))


def _entered_late(view: View) -> Select[Any]:
    found = select(literal("entered_late"), work_item.c.id, work_item.c.case_id, *_OF_ITEM, work_item.c.closed_at)
    return found.where(ENTERED_LATE, *ended_in(view))


def _passed_on(view: View) -> Select[Any]:
    """Steps that an overseer gave to somebody else: only the audit tells of them."""
    item = _NumberIn(audit.c.data, literal_column("'$.item'"))
    found = select(literal("reassigned"), audit.c.seq, audit.c.case_id, *_OF_ITEM, audit.c.at)
    found = found.select_from(audit).join(work_item, work_item.c.id == item)
    found = found.where(audit.c.kind == literal_column("'work_item.reassigned'"), work_item.c.office.in_(view.offices))
    return found.where(*within(view, audit.c.at))


def _laid_aside(view: View) -> Select[Any]:
    """Faults that were laid aside by hand: likewise."""
    found = select(literal("set_aside"), audit.c.seq, audit.c.case_id, *_OF_CASE, audit.c.at)
    found = _with_release(found.join(cases, cases.c.id == audit.c.case_id))
    found = found.where(audit.c.kind == literal_column("'incident.resolved'"), cases.c.office.in_(view.offices))
    return found.where(*within(view, audit.c.at))


def _with_release(found: Select[Any]) -> Select[Any]:
    return found.join(release, release.c.id == cases.c.release_id)
