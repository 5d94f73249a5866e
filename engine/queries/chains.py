"""The audit chains that an officer may see: whether they hold, and one of them whole, to be checked outside the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import select

from engine.domain.audit import HOUSE
from engine.domain.organisation import OfficeKind, Officer
from engine.errors import NotYours
from engine.queries.access import seen_by, visible_case
from engine.queries.oversight import overseen_offices
from engine.queries.reader import Reader
from engine.storage.tables import audit, audit_head, case
from engine.storage.trail import Break, verify_audit

READS_ALL = "audit"
"""The power of a post to read the audit trail."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One place at which a chain does not hold."""

    case: str
    """Its number; empty for the house's own chain."""
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking every chain that the officer may see."""

    chains: int
    records: int
    breaks: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One whole chain."""

    case: str
    row: int
    """The number by which the records name the case."""
    head_seq: int
    head_hash: str
    records: tuple[Mapping[str, Any], ...]
    """Every column of every record, as it goes into the hash."""
    breaks: tuple[Break, ...]


def check_chains(reader: Reader, officer: Officer) -> Checked:
    """Read every chain and tell each place that was changed: of one's own cases, from the head office of all.

    Raises NotYours for one who may not read the audit trail.
    """
    known = reader.organisation.offices
    held = {each.office for each in officer.holdings if READS_ALL in reader.organisation.powers.get(each.post, ())}
    if not held:
        posts = sorted(code for code, carried in reader.organisation.powers.items() if READS_ALL in carried)
        raise NotYours(who=officer.name, act="check the audit trail", post=", ".join(posts))
    every = any(known[code].kind is OfficeKind.HEAD for code in held)
    found = select(case.c.id, case.c.number)
    numbers = {
        row.id: row.number for row in reader.connection.execute(found if every else found.where(seen_by(officer)))
    }
    seqs = {row.case_id: row.seq for row in reader.connection.execute(select(audit_head.c.case_id, audit_head.c.seq))}
    mine = {number: seq for number, seq in seqs.items() if number in numbers or every}
    breaks = [each for each in verify_audit(reader.connection) if each.case in numbers or every]
    return Checked(
        len(mine), sum(mine.values()), tuple(Broken(_name(numbers, each.case), each.seq, each.what) for each in breaks)
    )


def chain_of(reader: Reader, officer: Officer, number: str) -> Chain:
    """The chain of one case, whole. Raises NotYours for one who oversees nothing, NotFound as for any case."""
    overseen_offices(reader, officer)
    row = visible_case(reader, officer, number).id
    head = reader.connection.execute(select(audit_head).where(audit_head.c.case_id == row)).one()
    found = select(audit).where(audit.c.case_id == row).order_by(audit.c.seq)
    records = tuple(
        {
            "case": each.case_id,
            "seq": each.seq,
            "at": each.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "kind": each.kind,
            "officer": each.officer,
            "on_behalf": each.on_behalf,
            "office": each.office,
            "post": each.post,
            "data": each.data,
            "previous": each.previous,
            "hash": each.hash,
        }
        for each in reader.connection.execute(found)
    )
    return Chain(number, row, head.seq, head.hash, records, tuple(verify_audit(reader.connection, row)))


def _name(numbers: Mapping[int, str], row: int) -> str:
    return "" if row == HOUSE else numbers.get(row, f"#{row}")
