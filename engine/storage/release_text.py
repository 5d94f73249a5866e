"""A release's activities as JSON and back. What is not said is not written, so that a new field needs no migration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from engine.domain.release import (
    Activity,
    Allowance,
    Bound,
    Choice,
    Clock,
    Field,
    FieldKind,
    LegalBasis,
    Outcome,
    Performer,
    Whose,
)

_ALWAYS = frozenset({"kind", "bound", "whose", "clock"})
"""Written even where they are as usual, for they are read back through their enumerations."""


def write_activities(activities: Iterable[Activity]) -> list[dict[str, Any]]:
    """Write them in the order of their places."""
    return [_plain(each) for each in sorted(activities, key=lambda each: (each.process, each.element))]


def read_activities(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Activity]:
    """Read what `write_activities` wrote."""
    return {(row["process"], row["element"]): _activity(row) for row in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        said = {each.name: (getattr(value, each.name), each.default) for each in fields(value)}
        return {name: _plain(one) for name, (one, silent) in said.items() if one != silent or name in _ALWAYS}
    return value


def _activity(row: Mapping[str, Any]) -> Activity:
    performer, allowance = row.get("performer"), row.get("allowance")
    return Activity(
        **{
            **row,
            "performer": performer and Performer(performer["post"], Whose(performer["whose"])),
            "allowance": allowance and Allowance(**{**allowance, "clock": Clock(allowance["clock"])}),
            "requirements": tuple(row.get("requirements", ())),
            "legal": tuple(LegalBasis(**each) for each in row.get("legal", ())),
            "form": tuple(_field(each) for each in row.get("form", ())),
            "outcomes": tuple(Outcome(**each) for each in row.get("outcomes", ())),
        }
    )


def _field(row: Mapping[str, Any]) -> Field:
    choices = tuple(Choice(**each) for each in row.get("choices", ()))
    return Field(**{**row, "kind": FieldKind(row["kind"]), "bound": Bound(row["bound"]), "choices": choices})
