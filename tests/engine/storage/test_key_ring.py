"""Keys: what they lock, and what they notice."""

from pathlib import Path

import pytest

from engine import new_key_ring, read_key_ring
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
