"""What two sides say differently of the same placement, and which act mends it. Nothing of the person is in a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from engine.domain.placement import PlacementRecord


class DifferenceKind(StrEnum):
    """In what two sides differ."""

    UNKNOWN_TO_THEM = "unknown-to-them"
    UNKNOWN_TO_US = "unknown-to-us"
    STAGE_DIFFERS = "stage-differs"
    EVENT_MISSING = "event-missing"
    CLOSED_HERE = "closed-here-open-there"
    CLOSED_THERE = "open-here-closed-there"
    OTHER_PERSON = "other-person"


class Mending(StrEnum):
    """What a person can do about a difference."""

    SEND_AGAIN = "send-again"
    APPLY = "apply"
    LINK = "link"
    SET_ASIDE = "set-aside"
    NOTE = "note"


MENDS: Final[Mapping[DifferenceKind, tuple[Mending, ...]]] = {
    DifferenceKind.UNKNOWN_TO_THEM: (Mending.SEND_AGAIN, Mending.NOTE),
    DifferenceKind.UNKNOWN_TO_US: (Mending.LINK, Mending.NOTE),
    DifferenceKind.STAGE_DIFFERS: (Mending.NOTE,),
    DifferenceKind.EVENT_MISSING: (Mending.APPLY, Mending.NOTE),
    DifferenceKind.CLOSED_HERE: (Mending.SEND_AGAIN, Mending.NOTE),
    DifferenceKind.CLOSED_THERE: (Mending.APPLY, Mending.NOTE),
    DifferenceKind.OTHER_PERSON: (Mending.SEND_AGAIN, Mending.NOTE),
}
"""What may mend each kind, the likeliest first."""


@dataclass(frozen=True, slots=True)
class OurRecord:
    """How this house sees one placement."""

    case: int
    number: str
    reference: str
    """Empty where the partner has told none."""
    stage: str
    sequence: int
    """Of the last event that was dealt with."""
    waiting: frozenset[int]
    """Numbers that have come and wait."""
    open: bool
    family: frozenset[str] = frozenset()
    """Numbers of cases that mean the same placement."""
    reported: bool = True
    """Whether it was told to the partner; others are known here only to find whom the partner means."""
    born_on: str = field(default="", repr=False)
    name_hash: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs."""

    kind: DifferenceKind
    case: int | None
    reference: str
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]


def compare(ours: Sequence[OurRecord], theirs: Iterable[PlacementRecord]) -> tuple[Difference, ...]:
    """Say what differs, in the order of our cases, then of what only they know."""
    by_reference = {each.reference: each for each in ours if each.reference}
    by_number = {number: each for each in ours for number in {each.number, *each.family}}
    met: dict[int, PlacementRecord] = {}
    found: list[Difference] = []
    for record in theirs:
        own = by_reference.get(record.reference) or by_number.get(record.case)
        linked = own is not None and own.reported and own.reference in ("", record.reference)
        if own is None or not linked or own.case in met:
            said = _said_by_us(own) if own else {}
            row = own.case if own else None
            found.append(Difference(DifferenceKind.UNKNOWN_TO_US, row, record.reference, said, _said_by_them(record)))
        else:
            met[own.case] = record
    known = [each for own in ours if own.reported for each in _of_one(own, met.get(own.case))]
    return (*known, *found)


def _of_one(own: OurRecord, record: PlacementRecord | None) -> Iterable[Difference]:
    if record is None:
        if own.open:
            yield Difference(DifferenceKind.UNKNOWN_TO_THEM, own.case, own.reference, _said_by_us(own), {})
        return
    ours, theirs = _said_by_us(own), _said_by_them(record)
    if _other_person(own, record):
        said = {"person": "differs"}
        yield Difference(DifferenceKind.OTHER_PERSON, own.case, record.reference, ours | said, theirs | said)
    if own.open != record.open:
        kind = DifferenceKind.CLOSED_THERE if own.open else DifferenceKind.CLOSED_HERE
        yield Difference(kind, own.case, record.reference, ours, theirs)
    elif record.sequence > own.sequence:
        missing = sorted(set(range(own.sequence + 1, record.sequence + 1)) - own.waiting)
        more: dict[str, Any] = {"missing": missing[:20]} if missing else {"waiting": sorted(own.waiting)[:20]}
        yield Difference(DifferenceKind.EVENT_MISSING, own.case, record.reference, ours | more, theirs)
    elif record.stage != own.stage:
        yield Difference(DifferenceKind.STAGE_DIFFERS, own.case, record.reference, ours, theirs)


def _other_person(own: OurRecord, record: PlacementRecord) -> bool:
    """Whether what both sides say of the person does not agree; what one of them does not say decides nothing."""
    pairs = ((own.born_on, record.born_on), (own.name_hash, record.name_hash))
    return any(mine and yours and mine != yours for mine, yours in pairs)


def _said_by_us(own: OurRecord) -> dict[str, Any]:
    return {"case": own.number, "stage": own.stage, "sequence": own.sequence, "open": own.open}


def _said_by_them(record: PlacementRecord) -> dict[str, Any]:
    said = {"reference": record.reference, "case": record.case, "stage": record.stage}
    return said | {"sequence": record.sequence, "open": record.open}
