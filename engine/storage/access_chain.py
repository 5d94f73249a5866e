"""The chain over the access records: each is sealed with a hash over itself and the seal before it.

A look is noted in the transaction of the look itself, and many are noted at once; so that none waits for another, the
worker seals them afterwards, in one chain, half a minute later at most. It is not the audit trail of a case, whose
records are chained as they are written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, String, Text, func, insert, select, type_coerce

from engine.domain.audit import GENESIS, canonical
from engine.storage.counters import count_up
from engine.storage.tables import access_chain, access_record, counter
from engine.storage.upsert import add_or_set

AT_ONCE = 500
"""Records sealed in one transaction."""
PIECE = 2_000
"""Seals that are read at once."""
LATE = 10_000
"""A record that is so much older than the newest sealed one, and is not sealed, was put there behind the program's back."""
HEAD, TURNS = "access_chain", "access_chain_turns"


@dataclass(frozen=True, slots=True)
class Unsealed:
    """One place at which the chain of access records does not hold."""

    seal: int
    """Its number in the chain; 0 where there is none."""
    record: int
    what: str


def anything_unsealed(connection: Connection) -> bool:
    """Whether a turn of sealing would do anything."""
    return connection.execute(_unsealed(connection, 1)).first() is not None


def seal_accesses(connection: Connection) -> int:
    """Seal the oldest records that are not sealed yet, one sealer at a time. Returns how many."""
    count_up(connection, TURNS)  # whoever else seals waits here until this transaction ends
    last = connection.execute(select(access_chain).order_by(access_chain.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    rows = []
    for record in connection.execute(_unsealed(connection, AT_ONCE)).all():
        seq += 1
        own = _hash(seq, record, previous)
        rows.append({"seq": seq, "record_id": record.id, "previous": previous, "hash": own})
        previous = own
    if rows:
        connection.execute(insert(access_chain), rows)
        connection.execute(add_or_set(connection, counter), {"name": HEAD, "value": seq})
    return len(rows)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """How far somebody who reads this chain has come: the last seal; behind the last, the last record looked at."""

    seq: int = 0
    hash: str = GENESIS
    record: int | None = None
    """None while seals are read."""


@dataclass(frozen=True, slots=True)
class SealPiece:
    """What came of reading some seals, or of looking for records without one."""

    place: SealPlace | None
    """Where to go on; None at the end."""
    seals: int
    last: tuple[int, str]
    """Number and hash of the last seal that has been read."""
    breaks: tuple[Unsealed, ...]


def verify_access(connection: Connection) -> Iterator[Unsealed]:
    """Read the whole chain and tell each record that was changed, taken out or slipped in."""
    place: SealPlace | None = SealPlace()
    while place is not None:
        piece = read_seals(connection, place)
        yield from piece.breaks
        place = piece.place


def read_seals(connection: Connection, place: SealPlace, most: int = PIECE) -> SealPiece:
    """Read the next seals, at most so many; behind the last of them, look for old records that have none."""
    if place.record is not None:
        return _look_for_strays(connection, place, place.record, most)
    found = select(access_chain, *_plain()).outerjoin(access_record, access_record.c.id == access_chain.c.record_id)
    after = [access_chain.c.seq > place.seq] if place.hash != GENESIS else []
    rows = connection.execute(found.where(*after).order_by(access_chain.c.seq).limit(most)).all()
    seq, previous = place.seq, place.hash
    breaks: list[Unsealed] = []
    for row in rows:
        if row.seq != seq + 1 or row.previous != previous:
            breaks.append(Unsealed(row.seq, row.record_id, "it does not follow from the seal before it"))
        if row.id is None:
            breaks.append(Unsealed(row.seq, row.record_id, "the record that was sealed is gone"))
        elif row.hash != _hash(row.seq, row, row.previous):
            breaks.append(Unsealed(row.seq, row.record_id, "what it says is not what was sealed"))
        seq, previous = row.seq, row.hash
    if len(rows) == most:
        return SealPiece(SealPlace(seq, previous), len(rows), (seq, previous), tuple(breaks))
    head = connection.execute(select(counter.c.value).where(counter.c.name == HEAD)).scalar() or 0
    if head != seq:
        breaks.append(Unsealed(seq, 0, f"the chain ends at {seq}, but {head} were sealed"))
    return SealPiece(SealPlace(seq, previous, record=0), len(rows), (seq, previous), tuple(breaks))


def _look_for_strays(connection: Connection, place: SealPlace, after: int, most: int) -> SealPiece:
    newest = connection.execute(select(func.max(access_chain.c.record_id))).scalar() or 0
    found = (
        select(access_record.c.id, access_chain.c.seq)
        .outerjoin(access_chain, access_chain.c.record_id == access_record.c.id)
        .where(access_record.c.id > after, access_record.c.id <= newest - LATE)
        .order_by(access_record.c.id)
        .limit(most)
    )
    rows = connection.execute(found).all()
    strays = tuple(Unsealed(0, row.id, "an old record that was never sealed") for row in rows if row.seq is None)
    further = SealPlace(place.seq, place.hash, rows[-1].id) if len(rows) == most else None
    return SealPiece(further, 0, (place.seq, place.hash), strays)


def _plain() -> list[Any]:
    """A record as the database holds it: what somebody has put there need be neither a moment nor JSON."""
    read = {"at": type_coerce(access_record.c.at, String), "data": type_coerce(access_record.c.data, Text)}
    return [read[each.name].label(each.name) if each.name in read else each for each in access_record.c]


def _left() -> Select[Any]:
    sealed = select(access_chain.c.record_id).where(access_chain.c.record_id == access_record.c.id).exists()
    return select(*_plain()).where(~sealed)


def _unsealed(connection: Connection, limit: int) -> Select[Any]:
    """Looked for among the newest only, so that it costs the same however much there is; all, where none is sealed."""
    newest = connection.execute(select(func.max(access_chain.c.record_id))).scalar() or 0
    return _left().where(access_record.c.id > newest - LATE).order_by(access_record.c.id).limit(limit)


def _hash(seq: int, record: Any, previous: str) -> str:
    """SHA-256 over every column of the record, its place in the chain and the seal before it; none for what is no record."""
    try:
        at = record.at if isinstance(record.at, datetime) else datetime.fromisoformat(record.at).replace(tzinfo=UTC)
        told = json.loads(record.data)
    except (ValueError, TypeError, RecursionError):
        return ""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    columns = (seq, record.id, moment, record.officer, record.kind, record.case_id, record.subject_id, told, previous)
    return hashlib.sha256(canonical(columns).encode()).hexdigest()
