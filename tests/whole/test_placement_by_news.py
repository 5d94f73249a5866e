"""A person is placed again by the official way: the placement system's news ends each step that waits for it, six months long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select

from engine import Database, Engine, attach_paper, complete_work_item, open_case, take_in_event
from engine.domain.case import CaseState
from engine.domain.placement import EventKind
from engine.domain.work_item import WorkItem
from engine.machine import Machine
from engine.storage import tables
from engine.storage.cases import work_item_of
from engine.worker import Worker
from tests.small_office import KEYS
from tests.whole.answers import DESTINATION, PLACES, filled_in, papers_for
from tests.whole.office import OPENED, furnish, login_of
from tests.whole.playing import OPENER, SCAN, _activities

ANSWERED_BY: Final = {
    "kabar_verifikasi": EventKind.REGISTERED,
    "kabar_kesehatan": EventKind.EXAMINED,
    "kabar_pelatihan": EventKind.TRAINED,
    "laksanakan_opp": EventKind.ORIENTED,
    "rekam_biometrik": EventKind.CARDED,
    "dampingi_embarkasi": EventKind.DEPARTED,
    "pastikan_tiba": EventKind.ARRIVED,
    "hubungi": EventKind.MONITORED,
}
"""Step → the news that ends it."""
CHOSEN: Final = {"putuskan_lanjut": "lagi"}
OPEN: Final = tables.work_item.c.state.in_(["ready", "reserved"])


class Placement:
    """One case, its officers and the other side."""

    def __init__(self, engine: Engine, code: str) -> None:
        self.engine, self.now, self.sequence = engine, OPENED + timedelta(days=2), 0
        self.known: dict[str, Any] = {}
        self.told: list[EventKind] = []
        self.case = str(self.do(open_case, code, officer=OPENER, office=DESTINATION, **PLACES).case)
        self.worker = Worker(engine, lambda: self.now)

    def do(self, command: Any, *args: Any, **more: Any) -> Any:
        self.now += timedelta(minutes=1)
        return self.engine.perform(command, *args, at=self.now, **more)

    def news(self, kind: EventKind) -> None:
        self.sequence += 1
        said = {"message": f"{self.case}-{self.sequence}", "kind": kind.value, "reference": f"SK2-{self.case}"}
        said |= {"case": self.case, "sequence": self.sequence, "occurred_at": self.now.isoformat(), "facts": {}}  # type: ignore[dict-item] # JSON
        self.do(take_in_event, said)
        self.told.append(kind)

    def go(self, until: int) -> None:
        """Work until the case is over or so much news has come."""
        for _ in range(400):
            while self.worker.work_once():
                pass
            items = self.items()
            if not items and not self.pass_time():
                return
            if len(self.told) == until:
                return
            for item in items[:1]:
                if kind := ANSWERED_BY.get(item.element):
                    self.news(kind)
                else:
                    self.complete(item)
        raise AssertionError([each.element for each in self.items()])

    def complete(self, item: WorkItem) -> None:
        activity = _activities()[item.process, item.element]
        told: dict[str, Any] = {"kontak_hasil": "yang_bersangkutan"} if "kontak_hasil" in str(activity.form) else {}
        who = login_of(item.post, item.office)
        for kind in papers_for(activity.form, told, self.known):
            self.do(attach_paper, self.case, kind=kind, item=item.number, name=f"{kind}.pdf", content=SCAN, officer=who)
        values = [each.value for each in activity.outcomes]
        wanted = CHOSEN.get(item.element, values[0] if values else "")
        facts = filled_in(activity.form, told, self.known)
        self.do(complete_work_item, item.number, seen=item.version, outcome=wanted, facts=facts, officer=who)
        self.known |= facts

    def pass_time(self) -> bool:
        with self.engine.database.reading() as connection:
            due = connection.execute(
                select(tables.timer.c.due_at).where(tables.timer.c.case_id.is_not(None)).order_by(tables.timer.c.due_at)
            ).scalar()
        if due is not None:
            self.now = max(self.now, due)
        return due is not None

    def items(self) -> list[WorkItem]:
        with self.engine.database.reading() as connection:
            rows = connection.execute(select(tables.work_item).where(OPEN).order_by(tables.work_item.c.id))
            return [work_item_of(row) for row in rows if row.post]

    def states(self) -> set[str]:
        with self.engine.database.reading() as connection:
            return set(connection.execute(select(tables.partner_event.c.state)).scalars())

    def over(self) -> bool:
        with self.engine.database.reading() as connection:
            return connection.execute(select(tables.case.c.state)).scalar() == CaseState.COMPLETED


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = Engine(Database(f"sqlite:///{tmp_path / 'whole.db'}", create=True), [Machine()], KEYS)
    furnish(made)
    return made


def test_from_registration_to_arrival(engine: Engine) -> None:
    placement = Placement(engine, "p-c3-04")

    placement.go(99)

    assert placement.told == [each for each in EventKind if each not in (EventKind.MONITORED, EventKind.CANCELLED)]
    assert placement.states() == {"applied"}
    assert placement.over()
    with engine.database.reading() as connection:
        sent = list(connection.execute(select(tables.dispatch.c.event).order_by(tables.dispatch.c.id)).scalars())
    assert sent == ["placement.begun", "placement.changed"]


def test_six_months_of_monitoring(engine: Engine) -> None:
    placement = Placement(engine, "c3-m20")
    with engine.begin(at=placement.now) as work:
        work.placements.begin(work.cases.row_of(placement.case), placement.now)

    placement.go(7)

    assert placement.told == [EventKind.MONITORED] * 7
    with engine.database.reading() as connection:
        done = connection.execute(
            select(tables.partner_event.c.id).where(tables.partner_event.c.state == "applied")
        ).all()
    assert len(done) >= 6
