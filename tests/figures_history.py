"""A small history for the public figures, put straight into the tables: small enough to be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from engine import Engine, add_disposition_kind, add_post, assign_post, publish_release
from engine.domain.disposition import DispositionKind
from engine.domain.figures import FIGURES
from engine.domain.organisation import Post
from engine.storage import tables
from engine.storage.key_ring import KeyRing
from engine.storage.subjects import Subjects
from tests.small_office import KEYS, MORNING, release_of

OCTOBER = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
"""A Monday, nine o'clock in Jakarta."""
READY = datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
"""When the figures of October may be made."""
FEMALE, MALE = {"jenis_kelamin": "perempuan"}, {"jenis_kelamin": "laki-laki"}
PUBLIC = ("s06-m01", "s06-m02", "s11-m02")
STEWARD = "hana"
"""Holds the post of the data steward in the head office."""


class History:
    """Adds rows; each call says all that a figure depends on."""

    def __init__(self, engine: Engine, keys: KeyRing = KEYS, *, office: str = "") -> None:
        """Put the procedures in force, and give the data steward the post; in a house that has both, name an office."""
        self.engine = engine
        self._keys = keys
        self._office = office or "JATENG"
        self._made = 0
        if not office:
            self._furnish(engine)

    def _furnish(self, engine: Engine) -> None:
        for code in ("p-c3-01", "c3-m99", *PUBLIC):
            told = replace(release_of("start -> user A -> end", code), facts={"public": "publik" * (code in PUBLIC)})
            engine.perform(publish_release, told, at=MORNING)
        with engine.begin(at=MORNING) as work:
            add_post(work, Post("walidata", "Walidata", (FIGURES,)))
            assign_post(work, STEWARD, post="walidata", office="PUSAT", begins_on=date(2026, 1, 1))
            add_disposition_kind(work, DispositionKind("penempatan-kembali", "Penempatan kembali", "main"))

    def case(
        self,
        at: datetime = OCTOBER,
        *,
        origin: str = "",
        to: str = "",
        person: dict[str, str] | int | None = None,
        state: str = "running",
        screened: str = "",
        code: str = "p-c3-01",
        **more: Any,
    ) -> int:
        """One case. `person`: fields of somebody new, or the row of somebody known."""
        self._made += 1
        with self.engine.database.writing() as connection:
            number = person if isinstance(person, int) else None
            if isinstance(person, dict):
                subjects = Subjects(connection, self._keys)
                number = subjects.add(at).number
                subjects.write(number, person)
            row: dict[str, Any] = {
                "number": f"S-{self._made:05}",
                "office": self._office,
                "subject_id": number,
                "state": state,
            }
            row |= {"stage": "", "snapshot": b"x", "version": 1, "opened_at": at, "ended_how": ""}
            release = select(tables.release.c.id).where(tables.release.c.code == code)
            row |= {"release_id": connection.execute(release).scalar_one(), **more}
            made = _add(connection, tables.case, row)
            facts = {"daerah_asal": origin, "negara_tujuan": to, "hasil_penapisan": screened}
            for name, value in facts.items():
                if value:
                    told = {"case_id": made, "name": name, "value": value, "written_in": 1, "written_at": at}
                    connection.execute(insert(tables.fact).values(**told))
        return made

    def cases(self, times: int, at: datetime = OCTOBER, **more: Any) -> list[int]:
        """Several alike."""
        return [self.case(at, **more) for _ in range(times)]

    def forget(self, case: int) -> None:
        """Take a case back, as if it had never been."""
        with self.engine.database.writing() as connection:
            connection.execute(tables.fact.delete().where(tables.fact.c.case_id == case))
            connection.execute(tables.case.delete().where(tables.case.c.id == case))

    def tell(self, case: int, **facts: str) -> None:
        """Write facts of a case anew."""
        with self.engine.database.writing() as connection:
            for name, value in facts.items():
                mine = (tables.fact.c.case_id == case) & (tables.fact.c.name == name)
                connection.execute(update(tables.fact).where(mine).values(value=value))

    def person_of(self, case: int) -> int:
        """The row of a case's person."""
        with self.engine.database.reading() as connection:
            return int(
                connection.execute(select(tables.case.c.subject_id).where(tables.case.c.id == case)).scalar_one()
            )

    def decide(self, case: int, kind: str, at: datetime = OCTOBER, closed_at: datetime | None = None) -> None:
        """One course, carried out where it is said when."""
        row = {"case_id": case, "kind": kind, "ground": "", "state": "closed" if closed_at else "open"}
        row |= {"decided_at": at, "decided_by": 1, "closed_at": closed_at, "closed_how": ""}
        self._row(tables.disposition, row)

    def offer(self, case: int, state: str, at: datetime = OCTOBER) -> None:
        """One offer to another office, and how it ended."""
        row = {"case_id": case, "from_office": "JATENG", "to_office": "NTB", "reason": "", "answer": "", "state": state}
        row |= {"until": at, "offered_at": at - timedelta(days=1), "offered_by": 1, "answered_at": at}
        self._row(tables.handover, row)

    def carried_through(
        self,
        case: int,
        code: str,
        *,
        took: timedelta,
        promised: float,
        unit: str = "running-hours",
        late: bool = False,
        at: datetime = OCTOBER,
    ) -> None:
        """One time that an SOP was done, begun at an instant."""
        ended = at + took
        row: dict[str, Any] = {"case_id": case, "kind": "procedure", "token": "", "name": code, "code": code}
        row |= {"office": "JATENG", "service": "", "amount": promised, "clock": unit, "basis": "", "started_at": at}
        row |= {"due_at": ended + timedelta(hours=-1 if late else 1), "state": "ended", "ended_at": ended}
        row |= {"edition": 1, "rung": 0, "next_at": None}
        self._row(tables.clock, row)

    def _row(self, table: Table, row: dict[str, Any]) -> None:
        with self.engine.database.writing() as connection:
            connection.execute(insert(table).values(**row))


def october(history: History) -> History:
    """The month that `test_hand_counted.py` counts by hand: 29 departures prevented."""
    first_instant = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    earlier = history.cases(5, datetime(2026, 9, 10, tzinfo=UTC), origin="35.07", to="MY", person=FEMALE)
    malang: dict[str, Any] = {"origin": "35.07", "to": "MY"}
    born = {**FEMALE, "tanggal_lahir": "2000-01-01"}
    again = [history.case(**malang, person=history.person_of(each)) for each in earlier]
    with history.engine.database.writing() as connection:
        subjects = Subjects(connection, KEYS)
        for each in again:
            subjects.write(_subject(connection, each), born)
    history.case(first_instant, **malang, person=born)
    history.cases(6, **malang, person=born)
    history.cases(
        6,
        origin="35.05",
        to="MY",
        person={**MALE, "tanggal_lahir": "1990-05-05"},
        state="completed",
        screened="terindikasi",
    )
    lombok = history.cases(7, origin="52.01", to="SA", person={**FEMALE, "tanggal_lahir": "1980-02-03"})
    history.cases(3, origin="53.01", to="SA", person=MALE)
    history.case(origin="35", to="TW", state="cancelled")
    _not_counted(history, first_instant, lombok[0])
    _what_was_done(history, lombok)
    return history


def _not_counted(history: History, first_instant: datetime, root: int) -> None:
    """The second before the month, the first of the next, a part of a case, one taken up again, another procedure's."""
    history.case(first_instant - timedelta(seconds=1), origin="52.01", to="SA", person=FEMALE)
    history.case(datetime(2026, 10, 31, 17, 0, tzinfo=UTC), origin="52.01", to="SA", person=FEMALE)
    history.case(origin="52.01", to="SA", parent_id=root)
    history.case(origin="52.01", to="SA", follows_id=root)
    history.case(origin="52.01", to="SA", code="c3-m99")


def _what_was_done(history: History, cases: list[int]) -> None:
    one = cases[0]
    november = datetime(2026, 11, 2, tzinfo=UTC)
    for _ in range(9):
        history.decide(one, "pulang")
    for _ in range(6):
        history.decide(one, "hukum")
    history.decide(one, "pulang", november)
    for _ in range(7):
        history.decide(one, "penempatan-kembali", datetime(2026, 3, 2, tzinfo=UTC), closed_at=OCTOBER)
    history.decide(
        one, "penempatan-kembali", datetime(2025, 3, 2, tzinfo=UTC), closed_at=datetime(2025, 8, 1, tzinfo=UTC)
    )
    for _ in range(7):
        history.offer(one, "accepted")
    for _ in range(2):
        history.offer(one, "declined")
    history.offer(one, "declined", november)
    _sops(history, one)


def _sops(history: History, one: int) -> None:
    for _ in range(20):
        history.carried_through(one, "s06-m01", took=timedelta(hours=2), promised=4)
    for _ in range(5):
        history.carried_through(one, "s06-m01", took=timedelta(hours=8), promised=4, late=True)
    for _ in range(3):
        history.carried_through(one, "s06-m02", took=timedelta(hours=2), promised=4)
    friday = datetime(2026, 10, 9, 8, 0, tzinfo=UTC)  # 15.00 in Semarang: an hour and a half until the office closes
    over_the_weekend = timedelta(hours=65, minutes=30)  # Monday 08.30: one hour after it opens
    for place in range(12):
        late = place == 0
        history.carried_through(
            one, "s11-m02", at=friday, took=over_the_weekend, promised=1, unit="working-days", late=late
        )
    history.carried_through(one, "c3-m99", took=timedelta(hours=2), promised=4)


def _subject(connection: Connection, case: int) -> int:
    return int(connection.execute(select(tables.case.c.subject_id).where(tables.case.c.id == case)).scalar_one())


def _add(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    key = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])
