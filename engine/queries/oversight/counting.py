"""How many steps were done, late, repeated and are waiting, and the conditions behind each of these numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, exists, func, literal, literal_column, select

from engine.domain.work_item import BY_PERSONS
from engine.errors import NotValid
from engine.queries.oversight.view import View, of_sop, within
from engine.queries.reader import Reader
from engine.storage.columns import FAR, Moment
from engine.storage.tables import work_item

NEVER = literal(FAR, Moment)
DONE_AT = func.coalesce(work_item.c.happened_at, work_item.c.closed_at)
BY_PEOPLE = work_item.c.kind.in_(sorted(BY_PERSONS))
LATE = and_(work_item.c.state == literal_column("'completed'"), work_item.c.due_at < DONE_AT)
ENTERED_LATE = work_item.c.happened_at.is_not(None)

_COMPLETED = work_item.c.state == literal_column("'completed'")
_OPEN = work_item.c.state.in_([literal_column("'ready'"), literal_column("'reserved'")])
_PROMISED = work_item.c.due_at < NEVER
_earlier = work_item.alias("earlier")
_REPEATED = and_(
    _COMPLETED,
    work_item.c.instance.is_(None),
    exists().where(
        _earlier.c.case_id == work_item.c.case_id,
        _earlier.c.process == work_item.c.process,
        _earlier.c.element == work_item.c.element,
        _earlier.c.state == literal_column("'completed'"),
        _earlier.c.id < work_item.c.id,
    ),
)
_OF_DONE: Mapping[str, tuple[ColumnElement[bool], ...]] = {
    "done": (),
    "promised": (_PROMISED,),
    "late": (LATE,),
    "entered_late": (ENTERED_LATE,),
    "repeated": (_REPEATED,),
}
"""What is true of a completed step that one of these numbers counts; everything else that is counted waits still."""
COUNTS = (*_OF_DONE, "open", "open_late")
"""The numbers behind which stand steps."""


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many steps were done, and how."""

    key: tuple[str, ...]
    done: int = 0
    promised: int = 0
    """Of those done, how many had a time allowed."""
    late: int = 0
    entered_late: int = 0
    """Done earlier than they were entered, which was recorded with a reason."""
    repeated: int = 0
    """Done again in the same case, outside multi-instance activities."""
    cases: int = 0
    """Cases in which at least one was done."""
    open: int = 0
    """Waiting now, whatever the period."""
    open_late: int = 0
    """Of those, past their time already."""

    @property
    def breach(self) -> float | None:
        """Which part of those that had a time allowed were late; None where none had."""
        return self.late / self.promised if self.promised else None


def macro_of(drawing: ColumnElement[str]) -> ColumnElement[str]:
    """The macro of a micro's code, and any other code as it is: a macro's own steps and those of its micros are the macro's."""
    shortened = func.substr(drawing, 1, func.length(drawing) - 3, type_=String)
    return case((drawing.like("%-m__-__"), shortened), else_=drawing)


def keys_of(
    by: Sequence[str], *, drawing: ColumnElement[str], office: ColumnElement[str], element: ColumnElement[str]
) -> list[ColumnElement[Any]]:
    """What is named in `by`: `sop`, `macro`, `office`, `element`."""
    known = {"sop": drawing, "macro": macro_of(drawing), "office": office, "element": element}
    return [known[each] for each in by]


def step_counts(reader: Reader, view: View, *, by: Sequence[str]) -> tuple[StepCounts, ...]:
    """Steps by `sop`, `macro`, `office` and `element`, as named in `by`, those of most steps first; with no key, one sum."""
    item = work_item.c
    keys = keys_of(by, drawing=item.process, office=item.office, element=item.element)
    ended = [total(and_(*conditions)).label(name) for name, conditions in _OF_DONE.items() if conditions]
    cases = func.count(item.case_id.distinct()).label("cases")
    waiting = (func.count().label("open"), total(item.due_at < literal(reader.at, Moment)).label("open_late"))
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for counted, conditions in (
        ((func.count().label("done"), *ended, cases), ended_in(view)),
        (waiting, [_OPEN, *of_view(view)]),
    ):
        for row in reader.connection.execute(select(*keys, *counted).where(*conditions).group_by(*keys)):
            numbers = found.setdefault(tuple(row[: len(keys)]), {})
            numbers.update({each.name: int(getattr(row, each.name) or 0) for each in counted})
    rows = [StepCounts(key, **numbers) for key, numbers in found.items()]
    return tuple(sorted(rows, key=lambda each: (-each.done, each.key)))


def behind(reader: Reader, view: View, count: str) -> list[ColumnElement[bool]]:
    """The conditions that keep the steps behind one number of `COUNTS`. Raises NotValid for another."""
    if count in _OF_DONE:
        return [*ended_in(view), *_OF_DONE[count]]
    if count == "open":
        return [_OPEN, *of_view(view)]
    if count == "open_late":
        return [_OPEN, *of_view(view), work_item.c.due_at < literal(reader.at, Moment)]
    raise NotValid(what="the number", wanted=f"one of {', '.join(COUNTS)}", found=count)


def of_view(view: View) -> list[ColumnElement[bool]]:
    """The steps of a view, whenever they ended."""
    item = work_item.c
    return [
        BY_PEOPLE,
        item.office.in_(view.offices),
        *of_sop(view, case=item.case_id, drawing=item.process, element=item.element),
    ]


def ended_in(view: View) -> list[ColumnElement[bool]]:
    """The steps of a view that were completed in its period."""
    return [_COMPLETED, *of_view(view), *within(view, work_item.c.closed_at)]


def total(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
