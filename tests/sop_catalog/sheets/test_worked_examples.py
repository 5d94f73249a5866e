"""The worked examples of the authors' guide draw what ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.notation import write
from sop_catalog.procedure import Level
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.toml_reader import read_toml

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.stem)
def test_a_worked_example_draws_the_diagram_that_ships(example: Path) -> None:
    (shipped,) = (ROOT / "bpmn").rglob(f"{example.stem}-[a-z]*.bpmn")

    assert write(draw(read_toml(example.read_text(encoding="utf-8")))) == shipped.read_bytes()


def test_there_is_one_of_each_level() -> None:
    assert {read_toml(each.read_text(encoding="utf-8")).procedure.sheet.level for each in EXAMPLES} == set(Level)
