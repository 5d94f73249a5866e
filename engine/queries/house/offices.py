"""Offices and posts as whoever administers sees them: what runs there, and who holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from engine.domain.organisation import Acting, Office, Officer
from engine.queries.house.administering import expect_administrator, held_today
from engine.queries.reader import Reader
from engine.storage.tables import case, holding, office_area, post, work_item
from engine.storage.tables import officer as officers


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office, what it serves and who is there."""

    office: Office
    regions: tuple[str, ...]
    officers: int
    running: int
    open_items: int
    late_items: int
    empty_posts: tuple[str, ...]
    """Posts that open work of this office waits for and that nobody holds there today."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post and how many hold it today."""

    code: str
    title: str
    powers: tuple[str, ...]
    holders: int
    offices: int
    service: str = ""
    """Whose hours it keeps; empty: its office's."""


def office_lines(reader: Reader, officer: Officer) -> tuple[OfficeLine, ...]:
    """Every office, by its name. Raises NotYours."""
    expect_administrator(reader, officer)
    areas: dict[str, list[str]] = {}
    for row in reader.connection.execute(select(office_area).order_by(office_area.c.region)):
        areas.setdefault(row.office, []).append(row.region)
    running = select(case.c.office, func.count().label("cases")).where(case.c.state.in_(["running", "suspended"]))
    cases = {row.office: row.cases for row in reader.connection.execute(running.group_by(case.c.office))}
    late = func.count().filter(work_item.c.due_at < reader.at)
    open_work = select(work_item.c.office, func.count().label("items"), late.label("late"))
    open_work = open_work.where(work_item.c.state.in_(["ready", "reserved"])).group_by(work_item.c.office)
    work = {row.office: (row.items, row.late) for row in reader.connection.execute(open_work)}
    there = _there(reader)
    wanted = _wanted(reader)
    return tuple(
        OfficeLine(
            each,
            tuple(areas.get(each.code, ())),
            len({who for _, who in there.get(each.code, ())}),
            cases.get(each.code, 0),
            *work.get(each.code, (0, 0)),
            tuple(sorted(wanted.get(each.code, set()) - {held for held, _ in there.get(each.code, ())})),
        )
        for each in sorted(reader.organisation.offices.values(), key=lambda one: (one.kind.value != "head", one.name))
    )


def post_lines(reader: Reader, officer: Officer) -> tuple[PostLine, ...]:
    """Every post, by its title. Raises NotYours."""
    expect_administrator(reader, officer)
    counted: dict[str, set[tuple[str, int]]] = {}
    for office, held in _there(reader).items():
        for code, who in held:
            counted.setdefault(code, set()).add((office, who))
    return tuple(
        PostLine(
            row.code,
            row.title,
            tuple(row.powers),
            len({who for _, who in counted.get(row.code, ())}),
            len({office for office, _ in counted.get(row.code, ())}),
            row.service,
        )
        for row in reader.connection.execute(select(post).order_by(post.c.title))
    )


def holders_in(reader: Reader, officer: Officer, office: str) -> Mapping[str, tuple[tuple[int, str, Acting], ...]]:
    """Post → who holds it today in this office: number, name and in what capacity. Raises NotYours."""
    expect_administrator(reader, officer)
    found = (
        select(holding.c.post, holding.c.acting, officers.c.id, officers.c.name)
        .join(officers, officers.c.id == holding.c.officer_id)
        .where(holding.c.office == office, held_today(reader), officers.c.active.is_(True))
        .order_by(officers.c.name, officers.c.id)
    )
    told: dict[str, tuple[tuple[int, str, Acting], ...]] = {}
    for row in reader.connection.execute(found):
        told[row.post] = (*told.get(row.post, ()), (row.id, row.name, Acting(row.acting)))
    return told


def _there(reader: Reader) -> dict[str, set[tuple[str, int]]]:
    """Office → post and officer of everybody who holds one there today."""
    found = select(holding.c.office, holding.c.post, holding.c.officer_id).join(
        officers, officers.c.id == holding.c.officer_id
    )
    told: dict[str, set[tuple[str, int]]] = {}
    for row in reader.connection.execute(found.where(held_today(reader), officers.c.active.is_(True))):
        told.setdefault(row.office, set()).add((row.post, row.officer_id))
    return told


def _wanted(reader: Reader) -> dict[str, set[str]]:
    """Office → posts that open work waits for there."""
    waits = select(work_item.c.office, work_item.c.post).where(work_item.c.state.in_(["ready", "reserved"]))
    told: dict[str, set[str]] = {}
    for row in reader.connection.execute(waits.where(work_item.c.post != "").distinct()):
        told.setdefault(row.office, set()).add(row.post)
    return told
