"""The front door of the engine: what other packages may use does not change by accident."""

from __future__ import annotations

import importlib
from pathlib import Path

GOLDEN = Path(__file__).with_name("public_names.txt")


def test_the_front_door_of_the_engine_offers_what_is_pinned() -> None:
    door = importlib.import_module("engine")

    offered = sorted(getattr(door, "__all__", ()))

    assert offered == GOLDEN.read_text().split(), "Change public_names.txt too, and say in CHANGELOG.md what changed."


def test_every_name_at_the_front_door_leads_somewhere() -> None:
    door = importlib.import_module("engine")

    assert [name for name in door.__all__ if not hasattr(door, name)] == []
