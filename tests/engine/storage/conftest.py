"""Machines to move to, for every test that says `empty`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from engine import Database
from tests.conftest import Server


@pytest.fixture
def empty(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it, as on a new machine: of the other kind, which is the harder way."""
    if not database_url.startswith("sqlite"):
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}", create=True)
        yield database
        database.close()
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"empty_{uuid4().hex[:12]}"
    server.run(f"CREATE DATABASE {name}")
    database = Database(server.address(name))
    yield database
    database.close()
    server.run(f"DROP DATABASE {name} WITH (FORCE)")
