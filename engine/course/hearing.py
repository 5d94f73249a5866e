"""Keeping what the placement system tells: once under its own id, whatever it says. It moves no case: that is `placing`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.domain.placement import EventState, PlacementEvent
from engine.domain.placement_reading import NotAnEvent, as_mapping, message_of, read_event
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork
from engine.storage.placements import OTHER, UNKNOWN

OTHERWISE = "told-otherwise"


def keep_news(work: UnitOfWork, given: Mapping[str, Any], *, batch: int | None = None) -> Receipt:
    """Keep it. The receipt's state says what became of it: `waiting`, `refused`, or that of the same news kept before.

    What cannot be read, says something else under an id that was used before, or fits no case, is kept too, as refused:
    nothing that the partner says is lost.
    """
    given = json.loads(json.dumps(given), parse_constant=str)  # what no JSON can say, such as 1e999, is kept as a word
    try:
        event = read_event(given)
    except NotAnEvent as wrong:
        return _unreadable(work, given, str(wrong.facts["name"]), batch)
    said = as_mapping(event)
    if before := work.placements.told(event.message):
        if work.placements.says_the_same(event.message, said):
            return Receipt(state=before.state.value, number=before.number, notes=("placement.known",))
        return _otherwise(work, event, said, batch)
    held, state, why = _addressed(work, event)
    return _keep(work, event, said, held, state, why, batch)


def _addressed(work: UnitOfWork, event: PlacementEvent) -> tuple[int | None, EventState, str]:
    """To which case it belongs, whether it can wait there, and why not."""
    known = work.placements.by_reference(event.reference)
    meant = work.placements.row_of(event.case) if event.case else None
    if event.case and meant is None:
        return known.case if known else None, EventState.REFUSED, "unknown-case"
    if known:
        fits = meant is None or meant in work.placements.family(known.case)
        return known.case, *((EventState.WAITING, "") if fits else (EventState.REFUSED, "wrong-case"))
    if meant is None:
        state = EventState.REFUSED if event.sequence == 1 else EventState.WAITING
        return None, state, UNKNOWN
    own = work.placements.in_family(meant)
    own = own and work.placements.lock(own.case)  # somebody else may be giving it its number just now
    if own is None:
        return meant, EventState.WAITING, "not-begun"
    if own.reference not in ("", event.reference):
        return own.case, EventState.REFUSED, OTHER
    if not own.reference:
        work.placements.name(own.case, event.reference)
    return own.case, EventState.WAITING, ""


def _keep(
    work: UnitOfWork,
    event: PlacementEvent,
    said: Mapping[str, Any],
    held: int | None,
    state: EventState,
    why: str,
    batch: int | None,
    message: str = "",
) -> Receipt:
    number = work.placements.add(
        said,
        message=message or event.message,
        kind=event.kind.value,
        reference=event.reference,
        held=held,
        sequence=event.sequence,
        occurred_at=event.occurred_at,
        at=work.at,
        state=state,
        why=why,
        batch=batch,
    )
    return _told(work, number, message or event.message, event.kind.value, state, why)


def _otherwise(work: UnitOfWork, event: PlacementEvent, said: Mapping[str, Any], batch: int | None) -> Receipt:
    """Keep beside what was kept before that its id was used for something else."""
    digest = message_of({"otherwise": event.message, "said": said}).partition("-")[2]
    message = f"{event.message[:60]}#{digest[:16]}"
    if before := work.placements.told(message):
        return Receipt(state=before.state.value, number=before.number, notes=(f"placement.{OTHERWISE}",))
    held = work.placements.by_reference(event.reference)
    done = _keep(work, event, said, held.case if held else None, EventState.REFUSED, OTHERWISE, batch, message)
    return Receipt(state=done.state, number=done.number, notes=(f"placement.{OTHERWISE}",))


def _unreadable(work: UnitOfWork, given: Mapping[str, Any], field: str, batch: int | None) -> Receipt:
    message = message_of(given)
    if before := work.placements.told(message):
        same = work.placements.says_the_same(message, dict(given))
        if same:
            return Receipt(state=before.state.value, number=before.number, notes=("placement.known",))
        message = message_of({"otherwise": message, "said": dict(given)})
        if again := work.placements.told(message):
            return Receipt(state=again.state.value, number=again.number, notes=("placement.known",))
    why, at = f"unreadable {field}"[:120], work.at
    more: dict[str, Any] = {"kind": "?", "reference": "", "held": None, "sequence": 0, "occurred_at": at, "at": at}
    number = work.placements.add(dict(given), message=message, state=EventState.REFUSED, why=why, batch=batch, **more)
    return _told(work, number, message, "?", EventState.REFUSED, why)


def _told(work: UnitOfWork, number: int, message: str, kind: str, state: EventState, why: str) -> Receipt:
    if not number:  # somebody else has just kept the same
        before = work.placements.told(message)
        return Receipt(state=before.state.value if before else "", notes=("placement.known",))
    work.record("placement.told", event=number, of=kind, state=state.value, why=why)
    work.waits.wake()
    return Receipt(state=state.value, number=number)
