from collections.abc import Iterator
from typing import Protocol
from uuid import uuid4

import pytest

from engine.storage import tables
from engine.storage.database import Database
from engine.storage.schema import migrate
from tests.engine.queries.small_house import House

POSTS = (("pengelola-kasus", "Pengelola Kasus"), ("petugas-sispopmi", "Petugas SISPOPMI"))


class Server(Protocol):
    """What `postgresql` gives: a server on which tests may make databases."""

    def run(self, statement: str) -> None: ...

    def address(self, database: str) -> str: ...


@pytest.fixture(scope="session")
def bare_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A SQLite database with nothing in it."""
    yield from _bare(f"sqlite:///{tmp_path_factory.mktemp('bare') / 'bare.db'}", create=True)


@pytest.fixture(scope="session")
def bare_postgresql(postgresql: Server) -> Iterator[Database]:
    """A PostgreSQL database with nothing in it."""
    name = f"bare_{uuid4().hex[:12]}"
    postgresql.run(f"CREATE DATABASE {name}")
    yield from _bare(postgresql.address(name))
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=[pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.storage)])
def house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Two offices and two posts, and whatever else a test puts in; all of it is taken back afterwards."""
    database: Database = request.getfixturevalue(f"bare_{request.param}")
    with database.writing() as connection:
        made = House(connection)
        for code, title in POSTS:
            made.add(tables.post, code=code, title=title)
        for office in ("jateng", "jabar"):
            made.office(office)
        yield made
        connection.rollback()


def _bare(url: str, *, create: bool = False) -> Iterator[Database]:
    database = Database(url, create=create)
    migrate(database)
    yield database
    database.close()
