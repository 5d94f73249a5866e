"""What the placement system says, read piece by piece out of whatever came: an event, a record, an answer to a batch.

Nothing is mended here in silence, and no sentence repeats what stood there: it may be of a person.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.domain.placement import EventKind, PlacementEvent, PlacementRecord
from engine.errors import NotValid

LONGEST_MESSAGE: Final = 80
LONGEST_REFERENCE: Final = 60
LONGEST_CASE: Final = 40
LONGEST_FACT: Final = 500
MOST_FACTS: Final = 40
HIGHEST_SEQUENCE: Final = 100_000
_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]*")
_FACT: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_HOME: Final = ZoneInfo("Asia/Jakarta")
"""Of a moment that was written without its zone."""


class NotAnEvent(NotValid):
    """Expected “{name}” of what the placement system says to be {wanted}, but it is {found}."""


def read_event(given: Mapping[str, Any]) -> PlacementEvent:
    """Read one piece of news. Raises NotAnEvent with the first thing that is not as the contract says."""
    message = _code(given, "message", LONGEST_MESSAGE)
    kind = _text(given, "kind")
    if kind not in set(EventKind):
        raise NotAnEvent(name="kind", wanted="a kind that the contract knows", found="another" if kind else "missing")
    return PlacementEvent(
        message=message,
        kind=EventKind(kind),
        reference=_code(given, "reference", LONGEST_REFERENCE),
        case=_case(given),
        sequence=_sequence(given, lowest=1),
        occurred_at=_moment(given),
        facts=_facts(given.get("facts")),
    )


def read_record(given: Mapping[str, Any]) -> PlacementRecord:
    """Read how the placement system sees one placement. Raises NotAnEvent."""
    stage = _text(given, "stage")
    if stage and stage not in set(EventKind):
        raise NotAnEvent(name="stage", wanted="a kind that the contract knows", found="another")
    born, name = _text(given, "born_on"), _text(given, "name_hash").lower()
    if born:
        _day(born)
    if name and not re.fullmatch(r"[0-9a-f]{64}", name):
        raise NotAnEvent(name="name_hash", wanted="sixty-four hexadecimal digits", found="another")
    return PlacementRecord(
        reference=_code(given, "reference", LONGEST_REFERENCE),
        case=_case(given),
        stage=stage,
        sequence=_sequence(given, lowest=0),
        open=_open(given),
        born_on=born,
        name_hash=name,
    )


def message_of(given: Mapping[str, Any]) -> str:
    """The id under which a piece of news is kept that could not be read: its own where it has one, else its hash."""
    try:
        return _code(given, "message", LONGEST_MESSAGE)
    except NotAnEvent:
        text = json.dumps(given, sort_keys=True, default=str, ensure_ascii=False)
        return f"unreadable-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def hash_of_name(name: str) -> str:
    """What stands for a name where only its likeness matters."""
    return hashlib.sha256(" ".join(name.casefold().split()).encode()).hexdigest()


def as_mapping(event: PlacementEvent) -> dict[str, Any]:
    """Write an event as it travels."""
    return {
        "message": event.message,
        "kind": event.kind.value,
        "reference": event.reference,
        "case": event.case,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at.astimezone(UTC).isoformat(),
        "facts": dict(event.facts),
    }


def _text(given: Mapping[str, Any], name: str) -> str:
    found = given.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise NotAnEvent(name=name, wanted="a text", found="another")
    return found.strip()


def _code(given: Mapping[str, Any], name: str, longest: int) -> str:
    text = _text(given, name)
    if not text:
        raise NotAnEvent(name=name, wanted="given", found="missing")
    if len(text) > longest or not _REFERENCE.fullmatch(text):
        raise NotAnEvent(name=name, wanted="a short code of letters, digits, points and dashes", found="another")
    return text


def _case(given: Mapping[str, Any]) -> str:
    """Our own number, where they know it."""
    return _code(given, "case", LONGEST_CASE) if _text(given, "case") else ""


def _sequence(given: Mapping[str, Any], *, lowest: int) -> int:
    found = given.get("sequence", 0 if lowest == 0 else None)
    if isinstance(found, str) and found.strip().isascii() and found.strip().isdecimal() and len(found) < 12:  # noqa: PLR2004 - more digits than any count has
        found = int(found)
    if found == "" and lowest == 0:
        found = 0
    if not isinstance(found, int) or isinstance(found, bool) or not lowest <= found <= HIGHEST_SEQUENCE:
        raise NotAnEvent(name="sequence", wanted=f"a whole number from {lowest}", found="another")
    return found


def _moment(given: Mapping[str, Any]) -> datetime:
    text = _text(given, "occurred_at")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        found = "another" if text else "missing"
        raise NotAnEvent(name="occurred_at", wanted="a date with its time", found=found) from None
    if not 2000 <= moment.year <= 2100:  # noqa: PLR2004 - a year outside is a slip
        raise NotAnEvent(name="occurred_at", wanted="a moment of our time", found="another")
    return (moment if moment.tzinfo else moment.replace(tzinfo=_HOME)).astimezone(UTC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotAnEvent(name="born_on", wanted="a date as 1990-01-31", found="another") from None


def _open(given: Mapping[str, Any]) -> bool:
    found = given.get("open")
    if isinstance(found, bool):
        return found
    said = str(found).strip().lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise NotAnEvent(name="open", wanted="yes or no", found="another")


_YES: Final = frozenset({"ya", "yes", "true", "1"})
_NO: Final = frozenset({"tidak", "no", "false", "0"})


def _facts(found: Any) -> dict[str, Any]:
    """Texts, numbers and yes or no under plain names."""
    if found is None:
        return {}
    if not isinstance(found, Mapping) or len(found) > MOST_FACTS:
        raise NotAnEvent(name="facts", wanted=f"at most {MOST_FACTS} names with values", found="another")
    for name, value in found.items():
        if not isinstance(name, str) or not _FACT.fullmatch(name):
            raise NotAnEvent(name="facts", wanted="named in small letters", found="another")
        if not isinstance(value, str | int | float | bool) or len(str(value)) > LONGEST_FACT:
            raise NotAnEvent(name=f"facts.{name}", wanted="a short text, a number, or yes or no", found="another")
    return dict(found)
