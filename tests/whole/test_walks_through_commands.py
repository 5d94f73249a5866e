"""Every diagram that ships, worked to its end by officers: the real commands, the real forms, the right posts and offices.

Played on the machine and on SpiffWorkflow, on SQLite and on PostgreSQL, one database each:

* on the machine and SQLite, which is what most offices run, the fewest walks of each diagram that come over every branch
  of its own (`playing.few`);
* on SpiffWorkflow and PostgreSQL the same of every fourth diagram;
* `python3 run.py test --long`: every walk of every diagram on all four.

Run one: pytest tests/whole/test_walks_through_commands.py -n0 -k "machine and sqlite"
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from sqlalchemy import event

from engine import Database, Engine
from engine.machine import Machine
from engine.process import Interpreter
from engine.spiff import Spiff
from sop_catalog.soundness import Walk
from sop_catalog.soundness.walk import Missed
from tests.conftest import Server
from tests.once import made_once
from tests.small_office import KEYS
from tests.whole.office import furnish
from tests.whole.playing import Course, Player, Remains, courses, few

ALL, SOME = ("machine", "sqlite"), ("spiffworkflow", "postgresql")
FOURTH = slice(2, None, 4)
"""The diagrams that are played on the second pair: of micros, macros and maps some each."""
INTERPRETERS = {"machine": Machine, "spiffworkflow": Spiff}


@pytest.fixture(scope="session")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the whole house in it, to be copied."""

    def make(place: Path) -> None:
        fill(carefree(Database(f"sqlite:///{place / 'whole.db'}", create=True)))

    return made_once(tmp_path_factory, "whole", make) / "whole.db"


@pytest.fixture(scope="session")
def whole_template(postgresql: Server) -> str:
    """A PostgreSQL database with the whole house in it, to be copied."""
    name = f"whole_{uuid4().hex[:12]}"
    postgresql.run(f"CREATE DATABASE {name}")
    fill(Database(postgresql.address(name)))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.storage)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The whole house, once in a database of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("whole_file"), tmp_path / "whole.db")
        yield carefree(Database(f"sqlite:///{tmp_path / 'whole.db'}"))
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"whole_{uuid4().hex[:12]}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('whole_template')} STRATEGY file_copy")
    yield Database(server.address(name))
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=list(INTERPRETERS))
def interpreter(request: pytest.FixtureRequest) -> Interpreter:
    return cast(Interpreter, INTERPRETERS[request.param]())


@pytest.fixture
def house(database: Database, interpreter: Interpreter) -> Iterator[Engine]:
    """A whole house whose cases all run on one interpreter."""
    made = Engine(database, [interpreter], KEYS)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("interpreter", "database"),
    [pytest.param(*ALL, id="machine-sqlite"), pytest.param(*SOME, id="spiffworkflow-postgresql")],
    indirect=True,
)
def test_every_branch_is_worked_to_its_end_and_leaves_nothing_open(house: Engine, interpreter: Interpreter) -> None:
    of = courses() if interpreter.name == ALL[0] else courses(FOURTH)
    assert ways_that_no_form_leads_to(of) == ({}, {})

    player = played(house, [(each, few(each.code)) for each in of])

    remains = Remains(house, player.cases)
    assert list(remains.problems()) == []
    assert not_come_over(remains, of) == {}


@pytest.mark.long
def test_every_walk_is_worked_to_its_end_and_leaves_nothing_open(house: Engine) -> None:
    player = played(house, [(each, each.walks) for each in courses()])

    remains = Remains(house, player.cases)
    assert list(remains.problems()) == []
    assert not_come_over(remains, courses()) == {}


def played(house: Engine, walks: Iterable[tuple[Course, Sequence[Walk]]]) -> Player:
    """Somebody who has taken all of these."""
    player = Player(house)
    for course, chosen in walks:
        for number, walk in enumerate(chosen):
            player.play(course, walk, f"{course.code}, walk {number}")
    return player


def ways_that_no_form_leads_to(of: Iterable[Course]) -> tuple[dict[str, list[Missed]], dict[str, list[str]]]:
    """Branches that no answers to the forms come over, and steps at which all answers are stuck.

    Not every caller takes every way through an SOP that it calls; each SOP is walked for itself.
    """
    missed = {each.code: own for each in of if (own := [one for one in each.over.missed if one.process == each.code])}
    stuck = {each.code: [str(one.moves[-1]) for one in each.over.troubles] for each in of if each.over.troubles}
    return missed, stuck


def fill(database: Database) -> None:
    engine = Engine(database, [Machine()], KEYS)
    furnish(engine)
    engine.close()


def carefree(database: Database) -> Database:
    """Let SQLite not wait for the disk: this database lives for a minute, and a power cut may have it."""
    event.listen(database._pool, "connect", lambda made, _: made.execute("PRAGMA synchronous=OFF"))
    return database


def not_come_over(remains: Remains, of: Iterable[Course]) -> dict[str, list[str]]:
    """The nodes and arrows of each diagram that no case came over, as its audit tells."""
    told = remains.spots()
    found = {}
    for course in of:
        over = set().union(*(spots for name, spots in told.items() if name.startswith(f"{course.code}, walk")))
        own = {spot for spot in course.ground.spots if spot[0] == course.code}
        found[course.code] = sorted("/".join(spot) for spot in own - over)
    return {code: missed for code, missed in found.items() if missed}
