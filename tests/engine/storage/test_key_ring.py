"""Keys: what they lock, and what they notice."""

from pathlib import Path

import pytest

from engine import drop_key, new_key_ring, read_key_ring, turn_key_ring
from engine.domain.subject import INDEXED
from engine.storage.key_ring import CellChanged, KeyMissing, KeyRing


def test_what_was_locked_is_read_back_and_never_looks_the_same_twice() -> None:
    keys = new_key_ring()

    cells = {keys.lock("Orang Contoh", "t.c.1") for _ in range(3)}

    assert len(cells) == 3
    assert {keys.unlock(each, "t.c.1") for each in cells} == {"Orang Contoh"}


@pytest.mark.parametrize("place", ["t.c.2", "t.d.1", "u.c.1"])
def test_a_cell_that_was_moved_is_noticed(place: str) -> None:
    keys = new_key_ring()

    with pytest.raises(CellChanged):
        keys.unlock(keys.lock("Orang Contoh", "t.c.1"), place)


def test_a_cell_that_was_changed_is_noticed() -> None:
    keys = new_key_ring()
    cell = keys.lock("Orang Contoh", "t.c.1")

    for broken in (cell[:-2] + ("AA" if cell[-2:] != "AA" else "BB"), cell[:20], "2" + cell[1:]):
        with pytest.raises(CellChanged):
            keys.unlock(broken, "t.c.1")


def test_an_old_key_still_reads_and_a_lost_one_is_named() -> None:
    old = new_key_ring()
    cell = old.lock("Orang Contoh", "t.c.1")

    turned = KeyRing("k2", {**old.keys, "k2": bytes(32)}, old.indexes)
    assert turned.unlock(cell, "t.c.1") == "Orang Contoh"
    with pytest.raises(KeyMissing, match="k1"):
        KeyRing("k2", {"k2": bytes(32)}, old.indexes).unlock(cell, "t.c.1")


def test_a_ring_is_kept_in_a_file_for_its_owner_only_and_never_written_over(tmp_path: Path) -> None:
    ring, path = new_key_ring(), tmp_path / "keys.json"
    ring.write(path)

    assert read_key_ring(path) == ring
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        new_key_ring().write(path)


def test_an_identity_number_has_one_index_however_it_is_written() -> None:
    keys = new_key_ring()

    assert keys.index("nik", "33.00-01 a") == keys.index("nik", "330001A")
    assert keys.index("nik", "330001") != keys.index("nomor_paspor", "330001")
    assert keys.index("nik", " - ") is None


def test_a_ring_of_an_older_program_gets_the_keys_it_lacks_and_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    old = KeyRing("k1", {"k1": bytes(32)}, {"nik": bytes(32), "nomor_paspor": bytes(range(32))})
    old.write(path)

    first, again = read_key_ring(path), read_key_ring(path)

    assert first.indexes.keys() == INDEXED
    assert (first.keys, {name: first.indexes[name] for name in old.indexes}) == (old.keys, old.indexes)
    assert first == again
    assert path.stat().st_mode & 0o077 == 0


def test_a_program_that_runs_reads_and_writes_with_a_key_that_was_added_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    new_key_ring().write(path)
    running = read_key_ring(path)
    before = running.lock("Orang Contoh", "t.c.1")

    fresh = turn_key_ring(path)

    assert running.unlock(fresh.lock("Orang Contoh", "t.c.1"), "t.c.1") == "Orang Contoh"
    assert running.lock("Orang Contoh", "t.c.1").startswith("1.k2.")
    assert fresh.unlock(before, "t.c.1") == "Orang Contoh"


def test_only_an_earlier_key_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    new_key_ring().write(path)
    turn_key_ring(path)

    drop_key(path, "k1")

    assert read_key_ring(path).keys.keys() == {"k2"}
    with pytest.raises(ValueError, match="k2"):
        drop_key(path, "k2")
    with pytest.raises(KeyError):
        drop_key(path, "k1")
