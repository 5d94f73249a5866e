"""A release's activities and times as JSON and back. What is not said is not written, so that a new field needs no migration."""

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
    Duty,
    Field,
    FieldKind,
    LegalBasis,
    Outcome,
    Performer,
    Rung,
    RungAct,
    Timing,
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


def write_timings(timings: Mapping[str, Timing]) -> dict[str, Any]:
    """Write what each process says of its time; one that says nothing is named all the same."""
    return {process: _plain(each) for process, each in sorted(timings.items())}


def read_timings(rows: Mapping[str, Any]) -> dict[str, Timing]:
    """Read what `write_timings` wrote."""
    return {process: _timing(row) for process, row in rows.items()}


def read_promise(text: str) -> Allowance | None:
    """Read `72 running-hours`: all that an edition stored before times were kept says of them."""
    amount, _, clock = text.partition(" ")
    return Allowance(float(amount), Clock(clock)) if clock else None


def _timing(row: Mapping[str, Any]) -> Timing:
    return Timing(
        promised=_allowance(row.get("promised")),
        duties=tuple(_duty(each) for each in row.get("duties", ())),
        ladder=tuple(
            Rung(each["part"], _allowance(each["after"]), RungAct(each["act"])) for each in row.get("ladder", ())
        ),
    )


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(
        **{
            **row,
            "allowance": _known(row["allowance"]),
            "most": _allowance(row.get("most")),
            "legal": tuple(LegalBasis(**each) for each in row.get("legal", ())),
        }
    )


def _allowance(row: Mapping[str, Any] | None) -> Allowance | None:
    return _known(row) if row else None


def _known(row: Mapping[str, Any]) -> Allowance:
    return Allowance(**{**row, "clock": Clock(row["clock"])})


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
    performer = row.get("performer")
    return Activity(
        **{
            **row,
            "performer": performer and Performer(performer["post"], Whose(performer["whose"])),
            "allowance": _allowance(row.get("allowance")),
            "stage_allowance": _allowance(row.get("stage_allowance")),
            "requirements": tuple(row.get("requirements", ())),
            "legal": tuple(LegalBasis(**each) for each in row.get("legal", ())),
            "form": tuple(_field(each) for each in row.get("form", ())),
            "outcomes": tuple(Outcome(**each) for each in row.get("outcomes", ())),
        }
    )


def _field(row: Mapping[str, Any]) -> Field:
    choices = tuple(Choice(**each) for each in row.get("choices", ()))
    return Field(**{**row, "kind": FieldKind(row["kind"]), "bound": Bound(row["bound"]), "choices": choices})
