from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.storage import tables
from engine.storage.database import Database
from engine.storage.schema import migrate
from tests.engine.queries.small_house import House

POSTS = (("pengelola-kasus", "Pengelola Kasus"), ("petugas-sispopmi", "Petugas SISPOPMI"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = Database(f"sqlite:///{tmp_path / 'house.db'}", create=True)
    migrate(database)
    with database.writing() as connection:
        made = House(connection)
        for code, title in POSTS:
            made.add(tables.post, code=code, title=title)
        for office in ("jateng", "jabar"):
            made.office(office)
        yield made
    database.close()
