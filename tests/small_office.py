"""A small house in words: three offices, two posts, five officers who do not exist, and drawings of a few lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, select

from engine import (
    Engine,
    KeyRing,
    Receipt,
    add_disposition_kind,
    add_office,
    add_officer,
    add_post,
    assign_post,
    claim_work_item,
    complete_work_item,
    open_case,
    publish_release,
    release_work_item,
)
from engine.domain.disposition import DispositionKind
from engine.domain.organisation import Office, OfficeKind, Post
from engine.domain.release import Activity, Outcome, Performer, Release, ReleaseState, Timing
from engine.domain.subject import INDEXED
from engine.domain.work_item import WorkItem
from engine.storage import tables
from engine.storage.cases import work_item_of
from tests.engine.constructs.sketch import drawn

MORNING = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
"""A Monday, eight o'clock in Jakarta."""
KEYS = KeyRing(
    "k1", {"k1": bytes(range(32))}, {kind: bytes([place]) * 32 for place, kind in enumerate(sorted(INDEXED))}
)
OFFICERS = {
    "sri": [("petugas", "JATENG")],
    "budi": [("petugas", "JATENG")],
    "tini": [("ketua", "JATENG")],
    "wayan": [("petugas", "NTB")],
    "hana": [("petugas", "PUSAT"), ("ketua", "PUSAT")],
}
_TASK = re.compile(r'<(userTask|manualTask) id="([^"]+)"')


def furnish(engine: Engine) -> None:
    """Put offices, posts and officers into an empty database."""
    offices = [
        Office("PUSAT", "Kantor Pusat", "Jakarta", "DKI Jakarta", "Asia/Jakarta", OfficeKind.HEAD),
        Office("JATENG", "BP3MI Jawa Tengah", "Semarang", "Jawa Tengah", "Asia/Jakarta"),
        Office("NTB", "BP3MI Nusa Tenggara Barat", "Mataram", "Nusa Tenggara Barat", "Asia/Makassar"),
    ]
    with engine.begin(at=MORNING) as work:
        for office in offices:
            add_office(work, office)
        for post in ("petugas", "ketua"):
            add_post(work, Post(post, post.title(), ("open",)))
        for login, held in OFFICERS.items():
            add_officer(work, login, name=login.title())
            for post, place in held:
                assign_post(work, login, post=post, office=place, begins_on=date(2026, 1, 1))
        add_disposition_kind(work, DispositionKind("pulang", "Pulang ke keluarga", "home"))
        add_disposition_kind(work, DispositionKind("hukum", "Proses hukum", "court"))


def release_of(
    text: str, code: str = "main", *, timings: Mapping[str, Timing] | None = None, **changes: Mapping[str, Any]
) -> Release:
    """A release of drawings in words; every task is for a *petugas* unless `changes` says otherwise of its element."""
    drawings = {name: xml.encode() for name, xml in drawn(text).items()}
    drawings[code] = (
        drawings.pop("main").replace(b'"main"', f'"{code}"'.encode()) if code != "main" else drawings["main"]
    )
    activities = {}
    for process, xml in drawings.items():
        for kind, element in _TASK.findall(xml.decode()):
            made = Activity(process, element, element, kind, performer=Performer("petugas"))
            activities[process, element] = replace(made, **changes.get(element, {}))
    release = Release(code, 1, code.title(), ReleaseState.IN_FORCE, drawings, activities, "", MORNING)
    return replace(release, timings=timings or {})


def outcomes(*values: str) -> tuple[Outcome, ...]:
    """Outcomes by their values."""
    return tuple(Outcome(value, value.title()) for value in values)


class Play:
    """Works cases by the names in the drawing, a minute a step."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = MORNING

    def publish(
        self,
        text: str,
        code: str = "main",
        *,
        timings: Mapping[str, Timing] | None = None,
        **changes: Mapping[str, Any],
    ) -> Receipt:
        """Put a drawing in force."""
        return self.engine.perform(publish_release, release_of(text, code, timings=timings, **changes), at=self.now)

    def open(self, code: str = "main", **more: Any) -> str:
        """Begin a case in Jawa Tengah."""
        done = self.engine.perform(open_case, code, office="JATENG", officer="sri", at=self.now, **more)
        return str(done.case)

    def complete(self, element: str, officer: str = "sri", **more: Any) -> Receipt:
        """Complete the one open item at this element."""
        return self.complete_number(self.item(element), officer, **more)

    def complete_number(self, item: WorkItem, officer: str = "sri", **more: Any) -> Receipt:
        """Complete this very item."""
        self.now += timedelta(minutes=1)
        more = {"seen": item.version, **more}
        return self.engine.perform(complete_work_item, item.number, officer=officer, at=self.now, **more)

    def item(self, element: str) -> WorkItem:
        """The one open item at this element."""
        (item,) = [each for each in self.items() if each.element == element]
        return item

    def claim(self, element: str, officer: str = "sri") -> Receipt:
        """Take the one open item at this element."""
        item = self.item(element)
        return self.engine.perform(claim_work_item, item.number, seen=item.version, officer=officer, at=self.now)

    def give_back(self, element: str, officer: str = "sri") -> Receipt:
        """Put the one open item at this element back."""
        item = self.item(element)
        return self.engine.perform(release_work_item, item.number, seen=item.version, officer=officer, at=self.now)

    def items(self) -> list[WorkItem]:
        """Every open work item, the oldest first."""
        open_ones = tables.work_item.c.state.in_(["ready", "reserved"])
        with self.engine.database.reading() as connection:
            rows = connection.execute(select(tables.work_item).where(open_ones).order_by(tables.work_item.c.id))
            return [work_item_of(row) for row in rows]

    def rows(self, table: Table) -> list[dict[str, Any]]:
        """Everything in a table."""
        with self.engine.database.reading() as connection:
            return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        with self.engine.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(table)).scalar_one()

    def state(self, number: str) -> str:
        """The state of a case."""
        return str(next(row["state"] for row in self.rows(tables.case) if row["number"] == number))
