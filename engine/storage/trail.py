"""What is kept for ever: the audit chain of each case, and who has seen or was refused what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    String,
    Text,
    bindparam,
    func,
    insert,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)

from engine.domain.audit import GENESIS, HOUSE, AuditRecord
from engine.storage.columns import Key
from engine.storage.tables import access_record, audit, audit_head
from engine.storage.tables import case as cases
from engine.storage.writer import Writer

PIECE = 2_000
"""Records that are read at once."""
LOWEST, HIGHEST = -(2**63), 2**63 - 1
"""No chain has a number outside."""
_BEFORE_ALL = -(2**31)

_ADD = insert(audit)
_FIRST = insert(audit_head)
_MOVE = (
    update(audit_head).where(audit_head.c.case_id == bindparam("of")).values(seq=bindparam("to"), hash=bindparam("at"))
)
_HEAD = select(audit_head.c.seq, audit_head.c.hash).where(audit_head.c.case_id == bindparam("of")).with_for_update()
_NOTE = insert(access_record)


class Trail:
    """The chains that one unit of work adds to, and what it adds."""

    def __init__(self, connection: Connection) -> None:
        """Nothing is known yet; a head is read with its case."""
        self._connection = connection
        self._heads: dict[int, tuple[int, str]] = {}
        self._stored: set[int] = set()
        self._records: list[tuple[AuditRecord, str]] = []
        """Each link with its hash, which costs more than all else here and is asked for once."""

    def know(self, case: int, seq: int, last: str) -> None:
        """Take note of the head of a chain that has just been read under the case's lock."""
        self._heads[case] = (seq, last)
        self._stored.add(case)

    def hold(self, case: int) -> None:
        """Let nobody else add to a chain until this transaction ends."""
        if case not in self._heads:
            seq, last = self._connection.execute(_HEAD, {"of": case}).one()
            self.know(case, seq, last)

    def length(self, case: int) -> int:
        """How many links the chain of a held case has, those not written yet among them."""
        return self._heads[case][0]

    def begin(self, case: int) -> None:
        """Start the chain of a case that has just been made."""
        self._heads[case] = (0, GENESIS)

    def record(self, case: int, kind: str, at: datetime, data: Mapping[str, Any], **who: str) -> None:
        """Add the next link. `who`: officer, on_behalf, office, post."""
        self.hold(case)
        seq, last = self._heads[case]
        link = AuditRecord(case, seq + 1, at, kind, data=data, previous=last, **who)
        own = link.hash
        self._heads[case] = (link.seq, own)
        self._records.append((link, own))

    def last_of(self, case: int) -> int:
        """The number of the last record of a chain that this unit of work has added to."""
        return self._heads[case][0]

    def note(
        self, kind: str, at: datetime, officer: str, case: int | None = None, subject: int | None = None, /, **data: Any
    ) -> None:
        """Keep who saw or was refused what. Written at once, in the transaction of the read itself."""
        row = {"at": at, "officer": officer, "kind": kind, "case_id": case, "subject_id": subject, "data": data}
        self._connection.execute(_NOTE, row)

    def noted_since(self, kind: str, officer: str, since: datetime) -> int:
        """How often something of this kind has been noted of an officer since."""
        mine = (access_record.c.kind == kind, access_record.c.officer == officer, access_record.c.at >= since)
        return self._connection.execute(select(func.count()).select_from(access_record).where(*mine)).scalar_one()

    def flush(self, writer: Writer | None = None) -> None:
        """Write the links and move the heads."""
        own = writer or Writer(self._connection)
        touched = {link.case for link, _ in self._records}
        old = [self._head(case) for case in sorted(touched & self._stored)]
        own.put(_ADD, [_row(*each) for each in self._records])
        own.put(_FIRST, [self._head(case) for case in sorted(touched - self._stored)])
        own.put(_MOVE, [{"of": each["case_id"], "to": each["seq"], "at": each["hash"]} for each in old], guarded=True)
        self._stored |= touched
        self._records.clear()
        if writer is None:
            own.send()

    def _head(self, case: int) -> dict[str, Any]:
        seq, last = self._heads[case]
        return {"case_id": case, "seq": seq, "hash": last}


def _row(link: AuditRecord, own: str) -> dict[str, Any]:
    return {
        "case_id": link.case,
        "seq": link.seq,
        "at": link.at,
        "kind": link.kind,
        "officer": link.officer,
        "on_behalf": link.on_behalf,
        "office": link.office,
        "post": link.post,
        "data": link.data,
        "previous": link.previous,
        "hash": own,
    }


@dataclass(frozen=True, slots=True)
class Break:
    """One place at which a chain does not hold; not a guess at who broke it."""

    case: int
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Place:
    """How far somebody who reads the chains has come: into this chain, with this link read last. All chains below are read."""

    chain: int = LOWEST
    seq: int | None = None
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Piece:
    """What came of reading some links."""

    place: Place | None
    """Where to go on; None at the end."""
    records: int
    ends: tuple[tuple[int, int, str], ...]
    """Chain, number and hash of the last link of each chain that was read to its end."""
    breaks: tuple[Break, ...]


def verify_audit(connection: Connection, case: int | None = None) -> Iterator[Break]:
    """Read every chain (or one) from its first link and tell each place where it has been changed, cut or lengthened."""
    place: Place | None = Place() if case is None else Place(case)
    while place is not None:
        piece = read_links(connection, place, last=HIGHEST if case is None else case)
        yield from piece.breaks
        place = piece.place


def read_links(connection: Connection, place: Place, most: int = PIECE, *, last: int = HIGHEST) -> Piece:
    """Read the next links of the chains up to the last, at most so many of them, at one moment of the database.

    Chains, heads and cases are read side by side, so that memory depends on `most` alone. What one of the three does not
    reach with these rows is left for the next piece.
    """
    links = connection.execute(_links(place, last).limit(most)).all()
    heads = connection.execute(_from(audit_head, audit_head.c.case_id, place, last).limit(most)).all()
    known = connection.execute(_from(cases.c.id, cases.c.id, place, last).limit(most)).scalars().all()
    inside = links[-1].case_id if len(links) == most else None
    cut = [heads[-1].case_id] if len(heads) == most else []
    cut += [known[-1]] if len(known) == most else []
    end = min([last, *cut, *([inside - 1] if inside is not None else [])])
    if inside is not None and end < inside - 1:
        inside = None  # it will be begun by a later piece
    read = [row for row in links if row.case_id <= end or row.case_id == inside]
    reached, breaks = _follow(read, place)
    named = {row.case_id: (row.seq, row.hash) for row in heads if row.case_id <= end}
    ended = {chain: at for chain, at in reached.items() if chain != inside}
    if place.chain <= HOUSE <= end and HOUSE not in named:
        breaks.append(Break(HOUSE, 0, "the head of the house's own chain is gone"))
    begun = {number for number in known if number <= end}
    breaks += [Break(each, 0, "there is no record of how the case began") for each in begun - ended.keys()]
    for chain in named.keys() | ended.keys():
        if named.get(chain) != ended.get(chain, (0, GENESIS)):
            at = ended.get(chain, (0, ""))[0]
            breaks.append(Break(chain, at, "the last record is not the one that the head names"))
    further: Place | None = Place(end + 1) if end < last else None
    if inside is not None:
        further = Place(inside, *reached[inside])
    ends = tuple((chain, *at) for chain, at in sorted(ended.items()))
    return Piece(further, len(read), ends, tuple(sorted(breaks, key=lambda each: each.case)))


def _follow(links: Sequence[Any], place: Place) -> tuple[dict[int, tuple[int, str]], list[Break]]:
    reached = {} if place.seq is None else {place.chain: (place.seq, place.hash)}
    breaks: list[Break] = []
    for row in links:
        breaks += _broken(row, *reached.get(row.case_id, (0, GENESIS)))
        reached[row.case_id] = (row.seq, row.hash)
    return reached, breaks


def _broken(row: Any, seq: int, last: str) -> Iterator[Break]:
    if row.seq != seq + 1:
        yield Break(row.case_id, row.seq, f"expected record {seq + 1}")
    if row.previous != last:
        yield Break(row.case_id, row.seq, "it does not follow from the record before it")
    if row.hash != _hash_of(row):
        yield Break(row.case_id, row.seq, "what it says is not what was written")


def _hash_of(row: Any) -> str:
    """The hash that a row should have; none where what stands there is no moment or no JSON."""
    who = (row.officer, row.on_behalf, row.office, row.post)
    try:
        at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at).replace(tzinfo=UTC)
        return AuditRecord(row.case_id, row.seq, at, row.kind, *who, json.loads(row.data), row.previous).hash
    except (ValueError, TypeError, RecursionError):
        return ""


def _links(place: Place, last: int) -> Any:
    """The records as the database holds them: what somebody has put there need be neither a moment nor JSON."""
    read = {"at": type_coerce(audit.c.at, String), "data": type_coerce(audit.c.data, Text)}
    after = (literal(place.chain, Key), literal(_BEFORE_ALL if place.seq is None else place.seq, Integer))
    found = select(*(read[each.name].label(each.name) if each.name in read else each for each in audit.c))
    found = found.where(tuple_(audit.c.case_id, audit.c.seq) > tuple_(*after), audit.c.case_id <= literal(last, Key))
    return found.order_by(audit.c.case_id, audit.c.seq)


def _from(what: Any, key: Any, place: Place, last: int) -> Any:
    return select(what).where(key >= literal(place.chain, Key), key <= literal(last, Key)).order_by(key)


__all__ = ["HOUSE", "Break", "Piece", "Place", "Trail", "read_links", "verify_audit"]
