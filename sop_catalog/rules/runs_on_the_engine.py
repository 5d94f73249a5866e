"""The engine can run the drawing exactly as BPMN 2.0 says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.machine import Machine
from sop_catalog.rules.view import View

RULE: Final = "runs-on-the-engine"


def check(view: View) -> Iterator[Finding]:
    """Pass on what the machine says; each finding keeps the machine's own name for its rule."""
    yield from Machine().examine(view.alone)
