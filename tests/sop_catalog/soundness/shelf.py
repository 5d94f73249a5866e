"""Every diagram that ships, read once, and the walks over it; what the tests of this folder share."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from engine.machine import Machine
from engine.notation import Definitions, read
from engine.process import Bundle
from sop_catalog.soundness import Walked, walk
from tests import shipped
from tests.shipped import BPMN

FILES = [path.relative_to(BPMN).as_posix() for path in shipped.FILES]
SHARED = {path.relative_to(BPMN).as_posix() for path in shipped.SHARE}
"""Those that every run walks; the others stand behind `--long`."""


@cache
def drawing(file: str) -> Definitions:
    """One file."""
    return read((BPMN / file).read_bytes())


_CODE = re.compile(r"p-[a-z0-9]+-\d\d|[csl]\d+-m\d\d(?:-\d\d)?")


class _Drawings(Mapping[str, Definitions]):
    """Process id → its drawing, over all files; a file is read when somebody asks for it."""

    def __init__(self) -> None:
        named = ((_CODE.match(file.rpartition("/")[2]), file) for file in FILES)
        self._files = {found[0]: file for found, file in named if found}

    def __getitem__(self, code: str) -> Definitions:
        return drawing(self._files[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@cache
def drawings() -> Mapping[str, Definitions]:
    """Process id → its drawing, over all files."""
    return _Drawings()


def bundles(file: str) -> list[Bundle]:
    """A release of each process of a file, with all that it may call."""
    return [Bundle(process.id, drawings()) for process in drawing(file).processes]


@cache
def walked(file: str) -> tuple[Walked, ...]:
    """The walks over each process of a file, on the machine."""
    return tuple(walk(bundle, Machine()) for bundle in bundles(file))
