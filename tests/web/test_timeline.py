"""What has happened to a case is told in words, whichever command did it."""

from __future__ import annotations

import re
from pathlib import Path

from web.cases.timeline import SAID

ENGINE = Path(__file__).parents[2] / "engine"
RECORDED = re.compile(r'\.record\(\s*"([a-z_.]+)",\s*(?:case|above|each|held\.case)\b')
"""A record that is kept with a case."""


def test_whatever_is_recorded_of_a_case_has_its_words() -> None:
    recorded = {kind for file in ENGINE.rglob("*.py") for kind in RECORDED.findall(file.read_text("utf-8"))}

    assert len(recorded) > 20
    assert recorded - SAID.keys() == set()
