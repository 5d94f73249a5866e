"""How the house is: figures for the people who keep it running. It names no case's person and no officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, exists, func, literal_column, select

from engine.queries.reader import Reader
from engine.storage.tables import announcement, case, incident, release, subscription, timer, work_item

SHOWN = 20


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

    @property
    def well(self) -> bool:
        """Whether nobody has to look."""
        return not (self.open_incidents or self.failed_announcements or self.silent_cases)


def health(reader: Reader) -> Health:
    """Count everything once."""
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
