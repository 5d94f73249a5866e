"""How the house is: figures for the people who keep it running. It names no case's person and no officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, exists, func, literal_column, select

from engine.queries.calendars import years_without_decree
from engine.queries.reader import Reader
from engine.storage.tables import (
    announcement,
    case,
    dispatch,
    incident,
    office,
    release,
    sign_of_life,
    subscription,
    timer,
    work_item,
)

SHOWN = 20
BEHIND = timedelta(minutes=1)
"""A timer that is due longer than that should have fired."""
SILENT_AFTER = timedelta(minutes=5)
"""Without a sign for so long, nobody lets time pass in the cases."""


@dataclass(frozen=True, slots=True)
class Health:
    """Counts of now; every one can be opened as a list elsewhere."""

    running_cases: int
    open_items: int
    late_items: int
    open_incidents: int
    waiting_announcements: int
    failed_announcements: int
    waiting_timers: int
    oldest_due_timer: datetime | None
    """When the timer that should have fired first was due; None where no timer is behind."""
    releases_in_force: int
    silent_cases: tuple[str, ...]
    """Numbers of running cases in which nothing waits for anybody or anything: a fault of the program. At most 20."""

    overdue_timers: int = 0
    """Timers that should have fired more than a minute ago."""
    worker_seen_at: datetime | None = None
    """When the worker last turned; None where it never has."""
    worker_alive: bool = False
    """Whether that is less than five minutes ago."""
    backup_at: datetime | None = None
    """When a backup was last made; None where none is known."""
    waiting_dispatches: int = 0
    """Mail and calls to other programs that are on their way."""
    failed_dispatches: int = 0
    """Those that were given up: dead letters, until somebody sends them again or lays them aside."""
    unknown_dispatches: int = 0
    """Those of which nobody knows whether they have arrived: a person says."""
    offices_without_phone: int = 0
    """Offices whose slips can name no telephone. Worth a word, and no fault."""
    years_without_decree: tuple[int, ...] = ()
    """Years that are counted with, while no decree on their joint leave is known: dates may still move."""

    @property
    def well(self) -> bool:
        """Whether nobody has to look at a case."""
        given_up = self.failed_announcements or self.failed_dispatches or self.unknown_dispatches
        return not (self.open_incidents or given_up or self.silent_cases)

    @property
    def sound(self) -> bool:
        """Whether, besides, time passes in the cases as it should."""
        return self.well and self.worker_alive and not self.overdue_timers


def health(reader: Reader) -> Health:
    """Count everything once."""
    signs = {row.name: row.at for row in reader.connection.execute(select(sign_of_life))}
    turned = signs.get("worker")
    late = and_(_open(), work_item.c.due_at < reader.at)
    return Health(
        running_cases=_count(reader, case, case.c.state == "running"),
        open_items=_count(reader, work_item, _open()),
        late_items=_count(reader, work_item, late),
        open_incidents=_count(reader, incident, incident.c.state == "open"),
        waiting_announcements=_count(reader, announcement, announcement.c.state == "pending"),
        failed_announcements=_count(reader, announcement, announcement.c.state == "failed"),
        waiting_timers=_count(reader, timer, timer.c.due_at > reader.at),
        oldest_due_timer=reader.connection.execute(
            select(func.min(timer.c.due_at)).where(timer.c.due_at <= reader.at)
        ).scalar(),
        releases_in_force=_count(reader, release, release.c.state == "in-force"),
        silent_cases=silent_cases(reader),
        overdue_timers=_count(reader, timer, timer.c.due_at < reader.at - BEHIND),
        worker_seen_at=turned,
        worker_alive=turned is not None and reader.at - turned < SILENT_AFTER,
        backup_at=signs.get("backup"),
        waiting_dispatches=_count(reader, dispatch, dispatch.c.state.in_(["pending", "sending"])),
        failed_dispatches=_count(reader, dispatch, dispatch.c.state == "failed"),
        unknown_dispatches=_count(reader, dispatch, dispatch.c.state == literal_column("'unknown'")),
        offices_without_phone=_count(reader, office, office.c.phone == ""),
        years_without_decree=years_without_decree(reader),
    )


def silent_cases(reader: Reader, limit: int = SHOWN) -> tuple[str, ...]:
    """Running cases without an open item, timer, message wait, announcement, sub-case or incident."""
    below = case.alias("below")
    hushed = (
        ~exists().where(work_item.c.case_id == case.c.id, _open()),
        ~exists().where(timer.c.case_id == case.c.id),
        ~exists().where(subscription.c.case_id == case.c.id),
        ~exists().where(announcement.c.case_id == case.c.id, announcement.c.state.in_(["pending", "failed"])),
        ~exists().where(below.c.parent_id == case.c.id, below.c.state.in_(["running", "suspended"])),
        ~exists().where(incident.c.case_id == case.c.id, incident.c.state == "open"),
    )
    found = select(case.c.number).where(case.c.state == "running", *hushed).order_by(case.c.id).limit(limit)
    return tuple(reader.connection.execute(found).scalars())


def _open() -> ColumnElement[bool]:
    return work_item.c.state.in_([literal_column("'ready'"), literal_column("'reserved'")])


def _count(reader: Reader, table: Table, where: ColumnElement[bool]) -> int:
    return reader.connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
