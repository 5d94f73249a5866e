"""What is kept for ever: the audit chain of each case, and who has seen or was refused what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.domain.audit import GENESIS, HOUSE, AuditRecord
from engine.storage.tables import access_record, audit, audit_head
from engine.storage.tables import case as cases
from engine.storage.writer import Writer

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
        self._records: list[AuditRecord] = []

    def know(self, case: int, seq: int, last: str) -> None:
        """Take note of the head of a chain that has just been read under the case's lock."""
        self._heads[case] = (seq, last)
        self._stored.add(case)

    def begin(self, case: int) -> None:
        """Start the chain of a case that has just been made."""
        self._heads[case] = (0, GENESIS)

    def record(self, case: int, kind: str, at: datetime, data: Mapping[str, Any], **who: str) -> None:
        """Add the next link. `who`: officer, on_behalf, office, post."""
        if case not in self._heads:
            seq, last = self._connection.execute(_HEAD, {"of": case}).one()
            self.know(case, seq, last)
        seq, last = self._heads[case]
        link = AuditRecord(case, seq + 1, at, kind, data=data, previous=last, **who)
        self._heads[case] = (link.seq, link.hash)
        self._records.append(link)

    def note(self, kind: str, at: datetime, officer: str, case: int | None = None, **data: Any) -> None:
        """Keep who saw or was refused what. Written at once, in the transaction of the read itself."""
        self._connection.execute(_NOTE, {"at": at, "officer": officer, "kind": kind, "case_id": case, "data": data})

    def flush(self, writer: Writer | None = None) -> None:
        """Write the links and move the heads."""
        own = writer or Writer(self._connection)
        touched = {each.case for each in self._records}
        old = [self._head(case) for case in sorted(touched & self._stored)]
        own.put(_ADD, [_row(each) for each in self._records])
        own.put(_FIRST, [self._head(case) for case in sorted(touched - self._stored)])
        own.put(_MOVE, [{"of": each["case_id"], "to": each["seq"], "at": each["hash"]} for each in old], guarded=True)
        self._stored |= touched
        self._records.clear()
        if writer is None:
            own.send()

    def _head(self, case: int) -> dict[str, Any]:
        seq, last = self._heads[case]
        return {"case_id": case, "seq": seq, "hash": last}


def _row(link: AuditRecord) -> dict[str, Any]:
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
        "hash": link.hash,
    }


@dataclass(frozen=True, slots=True)
class Break:
    """One place at which a chain does not hold; not a guess at who broke it."""

    case: int
    seq: int
    what: str


def verify_audit(connection: Connection, case: int | None = None) -> Iterator[Break]:
    """Read every chain (or one) from its first link and tell each place where it has been changed, cut or lengthened."""
    heads = {row.case_id: (row.seq, row.hash) for row in connection.execute(_of(audit_head, case))}
    reached: dict[int, tuple[int, str]] = {}
    links = _of(audit, case).order_by(audit.c.case_id, audit.c.seq).execution_options(yield_per=500)
    for row in connection.execute(links):
        seq, last = reached.get(row.case_id, (0, GENESIS))
        yield from _broken(row, seq, last)
        reached[row.case_id] = (row.seq, row.hash)
    known = {
        row.id
        for row in connection.execute(
            select(cases.c.id) if case is None else select(cases.c.id).where(cases.c.id == case)
        )
    }
    for number in sorted(known - reached.keys()):
        yield Break(number, 0, "there is no record of how the case began")
    for number in sorted(heads.keys() | reached.keys()):
        if heads.get(number) != reached.get(number, (0, GENESIS)):
            yield Break(number, reached.get(number, (0, ""))[0], "the last record is not the one that the head names")


def _broken(row: Any, seq: int, last: str) -> Iterator[Break]:
    if row.seq != seq + 1:
        yield Break(row.case_id, row.seq, f"expected record {seq + 1}")
    if row.previous != last:
        yield Break(row.case_id, row.seq, "it does not follow from the record before it")
    link = AuditRecord(
        row.case_id, row.seq, row.at, row.kind, row.officer, row.on_behalf, row.office, row.post, row.data, row.previous
    )
    if row.hash != link.hash:
        yield Break(row.case_id, row.seq, "what it says is not what was written")


def _of(table: Any, case: int | None) -> Any:
    return select(table) if case is None else select(table).where(table.c.case_id == case)


__all__ = ["HOUSE", "Break", "Trail", "verify_audit"]
