"""Every diagram that ships, read once, and the walks over it; what the tests of this folder share."""

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


@cache
def drawings() -> dict[str, Definitions]:
    """Process id → its drawing, over all files."""
    return {process.id: drawing(file) for file in FILES for process in drawing(file).processes}


def bundles(file: str) -> list[Bundle]:
    """A release of each process of a file, with all that it may call."""
    return [Bundle(process.id, drawings()) for process in drawing(file).processes]


@cache
def walked(file: str) -> tuple[Walked, ...]:
    """The walks over each process of a file, on the machine."""
    return tuple(walk(bundle, Machine()) for bundle in bundles(file))
