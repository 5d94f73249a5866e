"""The diagrams of `bpmn/` as tests take them: every one, those of the house that tests play in, and a share for what is dear."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

BPMN = Path(__file__).parents[1] / "bpmn"
FILES = sorted(BPMN.rglob("*.bpmn"))

_HOUSE = (
    "core/c2-*/m16-*",
    *(f"core/c3-*/m{macro:02}-*" for macro in (1, 2, 3, 4, 5, 6, 7, 15, 16, 20)),
    "supporting/s11-*/m03-*",
    *(f"maps/p-c3-0{each}-*" for each in range(1, 6)),
    "maps/p-s03-01-*",
    "maps/p-s11-0[12]-*",
)
HOUSE = [each for each in FILES if any(fnmatch(each.relative_to(BPMN).as_posix(), f"{want}*") for want in _HOUSE)]
"""What a case of SISPOPMI may come through, what the public and data subjects ask for, and what they call: a house of a hundred diagrams."""

_REST = [each for each in FILES if each not in HOUSE]
SHARE = sorted([*HOUSE, *_REST[::12]])
"""The house, and one in twelve of all others: for what takes so long that all of them stand behind `--long`."""


@contextmanager
def house_folder() -> Iterator[Path]:
    """A folder with the diagrams of the house, as `bpmn/` has them."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        for file in HOUSE:
            copy = folder / file.relative_to(BPMN)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
        yield folder
