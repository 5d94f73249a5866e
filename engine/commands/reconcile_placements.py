"""Compare what this house knows of its placements with what the placement system lists, and keep what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.course.batching import hash_of
from engine.course.placing import expect_exchange_in
from engine.domain.batch import BatchState
from engine.domain.placement import PlacementRecord
from engine.domain.placement_differences import OurRecord, compare
from engine.domain.placement_reading import NotAnEvent, read_record
from engine.domain.receipt import Receipt
from engine.errors import NotValid, NotYours
from engine.rights import HOUSE
from engine.storage import UnitOfWork
from engine.storage.reconciling import WHOLE, add_run, our_records

MANY: Final = 20
"""So many placements do not vanish from the other side at once, where they are more than half of those it has told of."""


class ListNotWhole(NotValid):
    """Expected a list of all placements, but {missing} of the {known} of which a number was told before are not in it; nothing was compared."""


class RecordNotRead(NotAnEvent):
    """Expected “{name}” in row {row} of the list to be {wanted}, but it is {found}."""


def reconcile_placements(
    work: UnitOfWork,
    records: Sequence[PlacementRecord | Mapping[str, Any]],
    *,
    office: str = "",
    content: bytes = b"",
    format: str = "xlsx",  # noqa: A002 - as the table of batches has it
) -> Receipt:
    """Compare. The receipt's number says how many differences are open now; its name is the run.

    `records` is the whole list of the other side, read already or as it travels: what is not in it, that side does not
    know. An officer brings the list of one office as a file, which is kept; the house itself compares everything.
    Persons are read for it, which is noted. Refused to who may not exchange for the office, where a record cannot be
    read, and where so much is missing that the list must have been cut: half a list is no list.
    """
    if work.officer is not None and not office:
        raise NotYours(who=work.officer.name, act="compare the placements of every office", post=HOUSE)
    who = expect_exchange_in(work, office, "compare placements") if office else {}
    theirs = [_record(row, each) for row, each in enumerate(records, 1)]
    offices = [office] if office else None
    ours = our_records(work.connection, work.subjects, offices)
    _expect_whole(ours, theirs)
    read = sum(bool(each.born_on or each.name_hash) for each in ours)
    source = _kept(work, office, content, format, len(theirs)) if content else WHOLE
    work.trail.note("persons.compared", work.at, work.login, None, None, persons=read, source=source)
    by = work.officer.number if work.officer else None
    told: dict[str, Any] = {"at": work.at, "by": by, "compared": len(ours), "source": source, "offices": offices}
    run, still = add_run(work.connection, **told, found=compare(ours, theirs))
    work.record("placements.reconciled", None, run=run, compared=len(ours), theirs=len(theirs), open=still, **who)
    return Receipt(state="compared", number=still, name=str(run))


def _expect_whole(ours: Sequence[OurRecord], theirs: Sequence[PlacementRecord]) -> None:
    """Refuse a list that is empty, or lacks most of the open placements whose numbers the other side itself has told."""
    known = {each.reference for each in ours if each.reference and each.open}
    missing = len(known - {each.reference for each in theirs})
    if known and (not theirs or (missing >= MANY and 2 * missing > len(known))):
        raise ListNotWhole(missing=missing, known=len(known))


def _kept(work: UnitOfWork, office: str, content: bytes, format_: str, rows: int) -> str:
    """Keep the file of a list. Returns its number: the one that it has, where the very same was brought before."""
    digest = hash_of(content)
    if before := work.batches.known("in", digest):
        return before
    number = work.batches.number("in", work.at)
    kept: dict[str, Any] = {"number": number, "direction": "in", "format_": format_, "sha256": digest, "rows": rows}
    by = work.officer.number if work.officer else None
    work.batches.add(content, **kept, state=BatchState.TAKEN_IN, office=office, at=work.at, by=by)
    return number


def _record(row: int, given: PlacementRecord | Mapping[str, Any]) -> PlacementRecord:
    if isinstance(given, PlacementRecord):
        return given
    try:
        return read_record(given)
    except NotAnEvent as wrong:
        raise RecordNotRead(row=int(given.get("row", row)), **wrong.facts) from None
