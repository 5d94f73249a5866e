"""The chain over who has seen or was refused what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from engine import verify_access
from engine.storage import tables
from engine.storage.access_chain import SealPiece, SealPlace, Unsealed, read_seals
from tests.small_office import MORNING, Play


@pytest.fixture
def noted(play: Play) -> Play:
    """Five looks, sealed."""
    look(play, 5)
    assert play.engine.seal_accesses() == 5
    return play


def look(play: Play, times: int) -> None:
    with play.engine.begin(at=MORNING) as work:
        for number in range(times):
            work.trail.note("subject.revealed", MORNING, "sri", None, None, number=number)


def breaks(play: Play) -> list[Unsealed]:
    with play.engine.database.reading() as connection:
        return list(verify_access(connection))


def behind_its_back(play: Play, statement: str) -> None:
    """Do what the guards of the tables forbid, as whoever owns the database can."""
    with play.engine.database.writing() as connection:
        if connection.dialect.name == "sqlite":
            names = connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").all()
            for (name,) in names:
                connection.exec_driver_sql(f"drop trigger {name}")
        else:
            for table in ("access_record", "access_chain"):
                connection.exec_driver_sql(f"drop trigger {table}_kept on {table}")
        connection.execute(text(statement))


def test_what_is_noted_is_sealed_once_and_the_chain_holds(noted: Play) -> None:
    look(noted, 2)

    assert breaks(noted) == []
    assert [noted.engine.seal_accesses(), noted.engine.seal_accesses()] == [2, 0]
    assert noted.count(tables.access_chain) == 7
    assert breaks(noted) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("update access_record set officer = 'budi' where id = 3", "what it says is not what was sealed"),
        ("update access_record set data = '{}' where id = 3", "what it says is not what was sealed"),
        ("delete from access_record where id = 3", "the record that was sealed is gone"),
        ("update access_chain set hash = previous where seq = 3", "it does not follow from the seal before it"),
        ("delete from access_chain where seq = 5", "the chain ends at 4, but 5 were sealed"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_named(noted: Play, statement: str, what: str) -> None:
    behind_its_back(noted, statement)

    assert what in {each.what for each in breaks(noted)}


def test_two_sealers_at_once_make_one_chain(play: Play) -> None:
    look(play, 40)

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: play.engine.seal_accesses(), range(4)))

    assert sum(done) == play.count(tables.access_chain) == 40
    assert breaks(play) == []


@pytest.mark.parametrize("most", [1, 2, 3])
def test_pieces_of_every_length_find_what_one_reading_finds(
    noted: Play, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.storage.access_chain.LATE", 0)
    behind_its_back(noted, "delete from access_chain where seq in (2, 5)")
    whole = breaks(noted)

    pieces: list[SealPiece] = []
    place: SealPlace | None = SealPlace()
    with noted.engine.database.reading() as connection:
        while place is not None:
            pieces.append(read_seals(connection, place, most))
            place = pieces[-1].place

    assert [each for piece in pieces for each in piece.breaks] == whole
    assert {each.what for each in whole} >= {
        "an old record that was never sealed",
        "the chain ends at 4, but 5 were sealed",
    }
    assert sum(piece.seals for piece in pieces) == 3
