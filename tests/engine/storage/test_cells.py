"""Everything that is encrypted is known to whoever changes the key."""

import re
from pathlib import Path

import engine
from engine.storage.cells import CELLS

ROOM = Path(engine.__file__).parent / "storage"
PLACE = re.compile(r'f"([a-z_]+)\.(?:[a-z_]+|\{column\}|\{name\})\.\{')


def test_every_table_with_cells_is_carried_over_to_a_new_key() -> None:
    locking = {table for path in ROOM.glob("*.py") if path.stem != "cells" for table in PLACE.findall(path.read_text())}

    assert locking == {each.table.name for each in CELLS}
