"""Compare what this house knows of its placements with what the placement system lists, and keep what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.course.placing import EXCHANGE
from engine.domain.placement import PlacementRecord
from engine.domain.placement_differences import compare
from engine.domain.placement_reading import NotAnEvent, read_record
from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import HOUSE, expect_power
from engine.storage import UnitOfWork
from engine.storage.reconciling import add_run, our_records

WHOLE = "rest"


def reconcile_placements(
    work: UnitOfWork, records: Sequence[PlacementRecord | Mapping[str, Any]], *, source: str = WHOLE
) -> Receipt:
    """Compare. The receipt's number says how many differences are open now; its name is the run.

    `records` is the whole list of the other side, read already or as it travels: what is not in it, that side does not
    know. Persons are read for it, which is noted. Refused to who may not exchange, and where a record cannot be read:
    half a list is no list.
    """
    who = expect_power(work, EXCHANGE, "compare placements")
    if work.officer is not None and source == WHOLE:
        raise NotYours(who=work.officer.name, act="compare placements over the line", post=HOUSE)
    theirs = [_record(row, each) for row, each in enumerate(records, 1)]
    ours = our_records(work.connection, work.subjects)
    read = sum(bool(each.born_on or each.name_hash) for each in ours)
    work.trail.note("persons.compared", work.at, work.login, None, None, persons=read, source=source)
    by = work.officer.number if work.officer else None
    told = {"at": work.at, "by": by, "compared": len(ours), "source": source}
    run, still = add_run(work.connection, **told, found=compare(ours, theirs))
    work.record("placements.reconciled", run=run, compared=len(ours), theirs=len(theirs), open=still, **who)
    return Receipt(state="compared", number=still, name=str(run))


class RecordNotRead(NotAnEvent):
    """Expected “{name}” in row {row} of the list to be {asked}, but it is {given}."""


def _record(row: int, given: PlacementRecord | Mapping[str, Any]) -> PlacementRecord:
    if isinstance(given, PlacementRecord):
        return given
    try:
        return read_record(given)
    except NotAnEvent as wrong:
        raise RecordNotRead(row=row, **wrong.facts) from None
