"""A small house for the queries: rows put straight into a real database, so that each test says what it reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from engine.domain.case import Case
from engine.domain.organisation import Officer
from engine.domain.release import Activity, Allowance, Clock, Field, Outcome, Performer, Release, ReleaseState
from engine.process import Wait
from engine.queries.reader import Reader
from engine.storage import tables
from engine.storage.organisation import read_officer, read_organisation
from engine.storage.releases import Releases
from engine.storage.trail import Trail
from tests.small_office import KEYS

NOW = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)  # a Monday, ten o'clock in Jakarta

BPMN = (
    """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test">{}</definitions>"""
)
MACRO = BPMN.format(
    '<process id="m1" name="Pemulangan" isExecutable="true"><startEvent id="s"/><callActivity id="panggil" name="Konfirmasi"'
    ' calledElement="m1-01"/><endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="panggil"/>'
    '<sequenceFlow id="f2" sourceRef="panggil" targetRef="e"/></process>'
)
MICRO = BPMN.format(
    '<process id="m1-01" name="Konfirmasi alamat" isExecutable="true"><startEvent id="s"/><userTask id="a" name="Memeriksa"/>'
    '<exclusiveGateway id="g"/><userTask id="b" name="Menelepon"/><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>'
    '<sequenceFlow id="f3" name="Lengkap" sourceRef="g" targetRef="e"><conditionExpression>outcome = "ya"'
    '</conditionExpression></sequenceFlow><sequenceFlow id="f4" name="Belum" sourceRef="g" targetRef="b">'
    '<conditionExpression>outcome = "tidak"</conditionExpression></sequenceFlow>'
    '<sequenceFlow id="f5" sourceRef="b" targetRef="e"/></process>'
)


def activities() -> dict[tuple[str, str], Activity]:
    steps = (
        Activity("m1", "panggil", "Konfirmasi", "callActivity", line=3, stage="Pemulangan"),
        Activity(
            "m1-01",
            "a",
            "Memeriksa",
            "userTask",
            line=3,
            performer=Performer("pengelola-kasus"),
            allowance=Allowance(4, Clock.WORKING_HOURS),
            form=(Field("alamat", "Alamat"),),
            outcomes=(Outcome("ya", "Lengkap"), Outcome("tidak", "Belum")),
        ),
        Activity("m1-01", "b", "Menelepon", "userTask", line=5, performer=Performer("petugas-sispopmi")),
    )
    return {(each.process, each.element): each for each in steps}


def of_drawings(code: str = "m1") -> Release:
    """The macro with its micro, or the micro alone."""
    drawings = {"m1": MACRO.encode(), "m1-01": MICRO.encode()} if code == "m1" else {code: MICRO.encode()}
    return Release(code, 1, "Pemulangan", ReleaseState.IN_FORCE, drawings, activities(), code, NOW)


@dataclass
class House:
    """Puts rows in, and gives a reader of them."""

    connection: Connection
    waits: dict[int, tuple[Wait, ...]] = field(default_factory=dict)
    releases: dict[int, Release] = field(default_factory=dict)

    def add(self, table: Table, **row: Any) -> int:
        made = self.connection.execute(insert(table).values(**row))
        key = made.inserted_primary_key
        return int(key[0]) if key and "id" in table.c else 0

    def office(self, code: str, kind: str = "regional", zone: str = "Asia/Jakarta") -> str:
        named = {"name": code.upper(), "city": "Kota", "province": "33"}
        self.add(tables.office, code=code, zone=zone, kind=kind, **named)
        return code

    def officer(self, login: str, *held: tuple[str, str], acting: str = "") -> Officer:
        who = {"name": login.title(), "password": "-", "language": "id", "zone": "", "active": True, "added_at": NOW}
        number = self.add(tables.officer, login=login, **who)
        for post, office in held:
            row = {"begins_on": date(2026, 1, 1), "ends_on": None, "acting": acting}
            self.add(tables.holding, officer_id=number, post=post, office=office, **row)
        return read_officer(self.connection, login, NOW)[0]

    def release(self, code: str = "m1") -> int:
        return Releases(self.connection, {}).add(of_drawings(code))

    def case(self, number: str, office: str, release: int, *, also: tuple[str, ...] = (), **more: Any) -> int:
        usual = {"state": "running", "stage": "", "snapshot": b"x", "version": 1, "opened_at": NOW, "ended_how": ""}
        made = self.add(tables.case, number=number, office=office, release_id=release, **{**usual, **more})
        for each in (office, *also):
            self.add(tables.participation, case_id=made, office=each, since=NOW)
        return made

    def item(self, case: int, office: str, post: str = "pengelola-kasus", **more: Any) -> int:
        token = more.pop("token", f"t{self._next()}")
        usual = {
            "process": "m1-01",
            "element": "a",
            "path": ["m1/panggil"],
            "name": "Memeriksa",
            "kind": "userTask",
            "state": "ready",
            "version": 1,
            "opened_at": NOW - timedelta(hours=1),
            "opened_in": 1,
            "due_at": NOW + timedelta(hours=1),
            "outcome": "",
            "local": {},
        }
        return self.add(tables.work_item, case_id=case, office=office, post=post, token=token, **{**usual, **more})

    def record(self, case: int, kind: str, login: str = "", **data: Any) -> None:
        trail = Trail(self.connection)
        if not self._known(case):
            trail.begin(case)
        trail.record(case, kind, NOW, data, officer=login)
        trail.flush()

    def forget_guards(self) -> None:
        """Let a test do to the audit what only somebody with the database in hand can do."""
        sqlite = self.connection.dialect.name == "sqlite"
        self.connection.exec_driver_sql(
            "drop trigger audit_no_update" if sqlite else "drop trigger audit_kept on audit"
        )

    def plan_of(self, statement: str, given: Any) -> str:
        """How the database would carry out a statement on a table of many rows."""
        run = self.connection.exec_driver_sql
        if self.connection.dialect.name == "sqlite":
            return "\n".join(row[3] for row in run(f"explain query plan {statement}", given))
        for way in ("seqscan", "sort", "bitmapscan"):  # which PostgreSQL takes only because the table is empty
            run(f"set local enable_{way} = off")
        return "\n".join(row[0] for row in run(f"explain {statement}", given))

    def reader(self, at: datetime = NOW) -> Reader:
        found = Releases(self.connection, self.releases)
        return Reader(self.connection, at, read_organisation(self.connection, 0), found.get, self._waits, KEYS)

    def _waits(self, case: Case) -> tuple[Wait, ...]:
        return self.waits.get(case.id, ())

    def _known(self, case: int) -> bool:
        head = tables.audit_head.select().where(tables.audit_head.c.case_id == case)
        return self.connection.execute(head).first() is not None

    def _next(self) -> int:
        self._count = getattr(self, "_count", 0) + 1
        return self._count
