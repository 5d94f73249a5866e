"""The catalogue as it is shipped, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.notation import read
from sop_catalog import registers
from sop_catalog.finding import Held, Index, Uses, held_of

BPMN = Path(__file__).parents[3] / "bpmn"


@pytest.fixture(scope="session")
def shipped() -> list[Held]:
    """Every shipped procedure."""
    drawings = [read(path.read_bytes()) for path in sorted(BPMN.rglob("*.bpmn"))]
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
