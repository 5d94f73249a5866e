"""The house of the tests as it is shipped, read once."""

from __future__ import annotations

import pytest

from engine.notation import read
from sop_catalog import registers
from sop_catalog.finding import Held, Index, Uses, held_of
from tests.shipped import HOUSE


@pytest.fixture(scope="session")
def shipped() -> list[Held]:
    """Every procedure of the house."""
    drawings = [read(path.read_bytes()) for path in HOUSE]
    return [held_of(each, each.processes[0].id, edition=1) for each in drawings]


@pytest.fixture(scope="session")
def titles() -> dict[str, str]:
    """What posts are called."""
    return {each.code: each.name for each in registers.posts()}


@pytest.fixture(scope="session")
def index(shipped: list[Held], titles: dict[str, str]) -> Index:
    """The index of these."""
    return Index(shipped, titles)


@pytest.fixture(scope="session")
def uses(shipped: list[Held]) -> Uses:
    """What uses what, in these."""
    return Uses(shipped)
