"""What an update makes of days off, Ramadan and offices with hours of their own: the first edition of the calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from engine import Database
from engine.domain.calendar_book import CalendarBook
from engine.storage.calendars import book_of
from engine.storage.organisation import organisation_version, read_organisation
from engine.storage.schema import migrate
from tests.conftest import Server

SIX_DAYS = [*["07:30-14:00"] * 4, "07:30-11:00", "07:30-13:00", ""]
OFFICES = [
    ("pusat", "head", {}),
    ("enam", "regional", {"week": SIX_DAYS}),
    ("siaga", "regional", {"closes_on_holidays": False}),
]
DAYS = [("2026-05-01", "", "public", "Hari Buruh"), ("2026-11-25", "enam", "local", "Pilkada")]
OFFICE = text(
    "INSERT INTO office (code, name, city, province, zone, kind, pattern, phone) "
    "VALUES (:code, :name, 'Kota', '33', 'Asia/Jakarta', :kind, :pattern, '')"
)
DAY = text("INSERT INTO calendar_day (day, office, kind, title, basis) VALUES (:day, :office, :kind, :title, '')")
REST = (
    "INSERT INTO post (code, title, powers) VALUES ('petugas-helpdesk', 'Helpdesk', '[]'), ('lain', 'Lain', '[]')",
    "INSERT INTO season (name, first_on, last_on) VALUES ('Ramadan', '2026-02-19', '2026-03-20')",
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.storage)])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the shape before, with an office's days in it."""
    if request.param == "sqlite":
        database, server, name = Database(f"sqlite:///{tmp_path / 'old.db'}", create=True), None, ""
    else:
        server, name = request.getfixturevalue("postgresql"), f"old_{uuid4().hex[:12]}"
        server.run(f"CREATE DATABASE {name}")
        database = Database(server.address(name))
    migrate(database, "0010")
    with database.writing() as connection:
        for code, kind, pattern in OFFICES:
            connection.execute(OFFICE, {"code": code, "name": code, "kind": kind, "pattern": json.dumps(pattern)})
        for day, office, kind, title in DAYS:
            on = day if request.param == "sqlite" else date.fromisoformat(day)
            connection.execute(DAY, {"day": on, "office": office, "kind": kind, "title": title})
        for each in REST:
            connection.exec_driver_sql(each)
    yield database
    database.close()
    if isinstance(server, Server):
        server.run(f"DROP DATABASE {name} WITH (FORCE)")


def test_nothing_that_was_known_is_lost_and_every_day_is_as_long_as_it_was(old: Database) -> None:
    migrate(old)

    with old.reading() as connection:
        known = read_organisation(connection, organisation_version(connection))
        book = book_of(connection, 1)
        kept = connection.execute(text("SELECT sha256 FROM calendar_edition")).scalar_one()
    assert (known.edition, book.sha256) == (1, kept)
    minutes = {
        code: [known.calendar(code).minutes_of(date(2026, *day)) for day in ((5, 1), (5, 2), (5, 4), (3, 2), (11, 25))]
        for code in known.offices
    }
    assert minutes == {
        "pusat": [0, 0, 450, 390, 450],
        "enam": [0, 330, 390, 390, 0],
        "siaga": [450, 0, 450, 390, 450],
    }
    assert known.services == {"petugas-helpdesk": "helpdesk"}


def test_an_empty_database_begins_without_an_edition(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}", create=True)

    migrate(database)

    with database.reading() as connection:
        known = read_organisation(connection, 0)
    database.close()
    assert (known.edition, known.book) == (0, CalendarBook())
