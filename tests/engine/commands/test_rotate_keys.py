"""Carrying everything over to a new key."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import Database, Engine, NotYours, read_key_ring, reveal_subject, rotate_keys, turn_key_ring
from engine.domain.paper import Paper
from engine.machine import Machine
from engine.storage import tables
from engine.storage.cells import cells_under
from tests.engine.people import SITI, WHY, People
from tests.small_office import KEYS, Play


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    path = tmp_path / "ring.json"
    KEYS.write(path)
    return path


@pytest.fixture
def running(database_url: str, ring: Path) -> Iterator[People]:
    """A program that has read the ring before the key was turned."""
    engine = Engine(Database(database_url), [Machine()], read_key_ring(ring))
    yield People(Play(engine))
    engine.close()


def test_every_cell_moves_to_the_new_key_while_a_running_program_reads_on(running: People, ring: Path) -> None:
    case = running.case({**SITI, "perekrut_nama": "Joko Contoh"})
    turn_key_ring(ring)

    counts = []
    while (receipt := running.play.engine.perform(rotate_keys, most=3, at=running.play.now)).number:
        counts.append(receipt.number)

    assert sum(counts) == 6  # five fields and a recruiter's name
    with running.play.engine.database.reading() as connection:
        assert (cells_under(connection, "k1"), cells_under(connection, "k2")) == (0, 6)
    assert running.do(reveal_subject, case, reason=WHY).fields["nama"] == SITI["nama"]
    assert "keys.rotated" in running.kinds()


def test_the_parts_of_documents_move_too(running: People, ring: Path) -> None:
    running.case(SITI)
    content = b"lembar" * 300_000
    with running.play.engine.begin(officer="sri", at=running.play.now) as work:
        digest = hashlib.sha256(content).hexdigest()
        added = Paper(0, 1, "lainnya", "application/pdf", len(content), digest, work.at, 1)
        number = work.papers.add(added, "Surat Contoh.pdf", content).number
    turn_key_ring(ring)

    while running.play.engine.perform(rotate_keys, at=running.play.now).number:
        pass

    with running.play.engine.begin(at=running.play.now) as work:
        assert cells_under(work.connection, "k1") == 0
        assert work.papers.read(number) == ("Surat Contoh.pdf", content)


def test_a_running_program_writes_under_the_new_key(running: People, ring: Path) -> None:
    turn_key_ring(ring)

    running.case(SITI)

    assert {row["value"][:5] for row in running.play.rows(tables.subject_field)} == {"1.k2."}


def test_no_officer_rotates_keys(people: People) -> None:
    with pytest.raises(NotYours):
        people.do(rotate_keys)
