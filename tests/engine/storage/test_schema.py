"""The shape of the database and its own troubles, each told in a sentence."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine import Database, Engine, open_case, verify_audit
from engine.machine import Machine
from engine.storage import tables
from engine.storage.database import DatabaseBroken, DatabaseFull, DatabaseMissing, DatabaseReadOnly
from engine.storage.schema import DatabaseNewer, DatabaseOlder
from sop_catalog import storage
from tests.small_office import KEYS, MORNING, Play


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(engine: Engine) -> None:
    with engine.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, [tables.metadata, storage.metadata]) == []  # type: ignore[arg-type] # a list is allowed


@pytest.mark.parametrize("table", ["audit", "access_record"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET kind = 'x'", "DELETE FROM {}"])
def test_what_is_kept_for_ever_cannot_be_changed(play: Play, table: str, verb: str) -> None:
    play.publish("start -> user A -> end")
    with play.engine.begin(at=MORNING) as work:
        work.trail.note("seen", MORNING, "sri")

    with pytest.raises(DBAPIError, match="only grows"), play.engine.database.writing() as connection:
        connection.execute(text(verb.format(table)))


def test_a_database_of_a_newer_program_is_left_alone(engine: Engine) -> None:
    with engine.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseNewer, match="9999"):
        engine.check()
    with pytest.raises(DatabaseNewer):
        engine.migrate()


def test_an_empty_database_asks_to_be_made(tmp_path: Path) -> None:
    engine = Engine(Database(f"sqlite:///{tmp_path / 'none.db'}"), [Machine()], KEYS)

    with pytest.raises(DatabaseMissing, match="lajur migrate"):
        engine.check()

    assert not (tmp_path / "none.db").exists()


def test_a_postgresql_database_that_is_not_there_says_so(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("the one above")
    head, _, tail = database_url.partition("?")
    engine = Engine(Database(f"{head}_gone?{tail}"), [Machine()], KEYS)

    with pytest.raises(DatabaseMissing):
        engine.check()


def test_a_shape_in_between_asks_to_be_brought_up_to_date(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alembic.script.ScriptDirectory.get_current_head", lambda _: "9000")

    with pytest.raises(DatabaseOlder, match=r"shape 9000, but this one is 0\d\d\d"):
        engine.check()


class OnFile:
    """A SQLite database that a test may mistreat."""

    def __init__(self, path: Path, play: Play) -> None:
        self.path = path
        self.play = play


@pytest.fixture
def on_file(play: Play) -> OnFile:
    if (path := play.engine.database.file) is None:
        pytest.skip("SQLite only")
    play.publish("start -> user A -> end")
    return OnFile(path, play)


def test_a_full_database_says_so_and_nothing_is_changed(on_file: OnFile) -> None:
    play = on_file.play
    with play.engine.database.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    play.engine.database.close()
    play.engine.database.most_pages = pages

    with pytest.raises(DatabaseFull, match="is full"):
        [play.open() for _ in range(200)]
    play.engine.database.most_pages = 0
    play.engine.database.close()

    assert play.count(tables.case) == len({row["case_id"] for row in play.rows(tables.audit)} - {0})
    with play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []


def test_a_locked_database_asks_to_try_again(on_file: OnFile, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(on_file.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    on_file.play.engine.database.close()
    on_file.play.engine.database.busy_seconds = 0.05

    with pytest.raises(Exception, match="Please try again"):
        on_file.play.open()
    other.execute("ROLLBACK")
    other.close()

    assert on_file.play.open() == "S-2026-00001"


def test_a_database_that_can_only_be_read_says_so(on_file: OnFile) -> None:
    on_file.play.engine.database.close()
    on_file.play.engine.database.read_only = True

    with pytest.raises(DatabaseReadOnly):
        on_file.play.open()


def test_a_file_that_goes_away_while_the_program_runs_is_noticed(on_file: OnFile) -> None:
    on_file.path.rename(on_file.path.with_suffix(".away"))

    with pytest.raises(DatabaseMissing):
        on_file.play.open()


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "photo.db").write_bytes(b"not a database at all" * 100)
    engine = Engine(Database(f"sqlite:///{tmp_path / 'photo.db'}"), [Machine()], KEYS)

    with pytest.raises(DatabaseBroken):
        engine.perform(open_case, "main", office="JATENG", at=MORNING)
