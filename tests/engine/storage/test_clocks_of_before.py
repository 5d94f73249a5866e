"""A database from before the ledger: its open steps keep the moment that they were promised, and nobody is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from engine.storage.columns import FAR
from engine.storage.database import Database
from engine.storage.schema import migrate
from engine.storage.tables import clock
from tests.conftest import Server

STEP = {"process": "m", "element": "a", "allowance": {"amount": 4.0, "clock": "working-hours", "basis": "4 jam kerja"}}
AT, DUE, LATE = "2026-05-04 01:00:00.000000", "2026-05-04 05:00:00.000000", "2026-05-01 05:00:00.000000"


@pytest.fixture(params=[pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.storage)])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database in the shape of before, with nothing in it."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'before.db'}", create=True)
        migrate(database, to="0008")
        yield database
        database.close()
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"before_{uuid4().hex[:12]}"
    server.run(f"CREATE DATABASE {name}")
    database = Database(server.address(name))
    migrate(database, to="0008")
    yield database
    database.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def fill(database: Database) -> None:
    """An open step that is late, one that is not, one without a time, and one that is done."""
    items = [
        ("1", "ready", LATE),
        ("2", "reserved", DUE),
        ("3", "ready", f"{FAR:%Y-%m-%d %H:%M:%S.%f}"),
        ("4", "completed", DUE),
    ]
    with database.writing() as connection:
        run = connection.execute
        run(
            text(
                "insert into office (code, name, city, province, zone, kind, pattern) values ('X','X','','','Asia/Jakarta','regional','{}')"
            )
        )
        run(
            text(
                "insert into release (code, edition, title, state, sha256, activities, facts, starts, published_at, published_by) "
                "values ('m', 1, 'M', 'in-force', '', :steps, '{}', '[]', :at, '')"
            ),
            {"steps": json.dumps([STEP]), "at": AT},
        )
        run(
            text(
                'insert into "case" (number, release_id, office, state, stage, snapshot, version, opened_at, ended_how) '
                "values ('S-1', 1, 'X', 'running', '', :none, 1, :at, '')"
            ),
            {"none": b"", "at": AT},
        )
        run(text("insert into post (code, title, powers) values ('kepala-bp3mi', 'Kepala', '[\"audit\"]')"))
        for token, state, due in items:
            run(
                text(
                    "insert into work_item (case_id, token, process, element, path, name, kind, post, office, state, version, "
                    "opened_at, opened_in, due_at, outcome, local) values (1, :token, 'm', :element, '[]', 'A', 'userTask', 'p', "
                    "'X', :state, 1, :at, 1, :due, '', '{}')"
                ),
                {"token": token, "state": state, "due": due, "at": AT, "element": "b" if token == "3" else "a"},
            )


def test_open_steps_with_a_time_get_the_clock_that_they_would_have_had(before: Database) -> None:
    fill(before)

    migrate(before)

    with before.reading() as connection:
        rows = connection.execute(clock.select().order_by(clock.c.token)).all()
        cases = connection.execute(text('select pauses from "case"')).scalars().all()
        due = connection.execute(text("select due_at from work_item where token = '2'")).scalar_one()
    assert [(row.token, row.kind, row.code, row.state, row.next_at) for row in rows] == [
        ("1", "step", "m/a", "running", None),
        ("2", "step", "m/a", "running", None),
    ]
    assert (rows[1].amount, rows[1].clock, rows[1].basis, rows[1].office) == (4, "working-hours", "4 jam kerja", "X")
    assert (f"{rows[1].due_at:%H:%M}", str(due)[:16], cases) == ("05:00", DUE[:16], [0])


def test_the_heads_of_the_register_decide_on_extensions(before: Database) -> None:
    fill(before)

    migrate(before)

    with before.reading() as connection:
        powers = connection.execute(text("select powers from post")).scalars().all()
    assert [each for each in powers if "extend" not in each] == []
