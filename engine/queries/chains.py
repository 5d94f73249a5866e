"""The audit chains that an officer may see: whether they hold, and one of them whole, to be checked outside the house."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select

from engine.domain.audit import HOUSE
from engine.domain.organisation import OfficeKind, Officer
from engine.errors import NotYours
from engine.queries.access import seen_by, visible_case
from engine.queries.oversight import overseen_offices
from engine.queries.reader import Reader
from engine.storage.tables import audit, audit_head, case
from engine.storage.tables import officer as officers
from engine.storage.trail import Break, verify_audit
from engine.storage.trail_check import ACTS, Found, ends_of, marks

READS_ALL = "audit"
"""The power of a post to read the audit trail."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One place at which a chain does not hold."""

    chain: str
    """`acts` or `accesses`."""
    case: str
    """Its number; empty for the house's own chain, and for accesses."""
    seq: int
    record: int
    """For accesses, the row of the record."""
    what: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the last check of every chain found, as the house's own chain tells it."""

    asked_at: datetime
    asked_by: str
    """The name of the officer; empty where the house itself asked."""
    ended_at: datetime
    holds: bool
    """Whether all of it holds, of whomever it is."""
    broken: int
    """How many places do not; also those of which the officer is told nothing."""
    breaks: tuple[Broken, ...]
    """Those of which the officer is told, at most 200."""
    figures: Figures | None
    """Only for those who may see every chain."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How much was read, and what to keep of it outside the house."""

    records: int
    chains: int
    sealed: int
    house: tuple[int, str]
    """Number and hash of the last record of the house's chain that was read."""
    last_seal: tuple[int, str]
    fingerprint: str
    recorded: tuple[int, str]
    """The record of the house's chain that tells this result."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How the checks of the trail stand."""

    last: Result | None
    under_way: datetime | None
    """Since when one has been asked for that has no result yet."""
    every: bool
    """Whether the officer may see every chain."""


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


def last_check(reader: Reader, officer: Officer) -> Checked:
    """What the last check found: of one's own cases, from the head office of all.

    Raises NotYours for one who may not read the audit trail.
    """
    every = _sees_all(reader, officer)
    asked, done = marks(reader.connection)
    records = {row.seq: row for row in reader.connection.execute(_of_house({asked, done}))} if asked else {}
    told = records.get(done)
    under_way = records[asked].at if asked > done and asked in records else None
    if told is None:
        return Checked(None, under_way, every)
    began = reader.connection.execute(_of_house({told.data["asked"]})).first()
    found = [Found(*each) for each in told.data["found"]]
    breaks = tuple(_broken(reader, officer, found, every=every))
    return Checked(
        Result(
            began.at if began is not None else told.at,
            (began.name or began.officer) if began is not None else "",
            told.at,
            not told.data["broken"],
            told.data["broken"],
            breaks,
            _figures(told) if every else None,
        ),
        under_way,
        every,
    )


def ends_of_chains(reader: Reader, officer: Officer) -> Iterator[tuple[str, int, str]]:
    """The last record of every chain, to be kept outside the house: the row of its case, number and hash; then the last seal.

    Raises NotYours for one who may not see every chain. Read as they are asked for.
    """
    if not _sees_all(reader, officer):
        raise NotYours(
            who=officer.name, act="take out the ends of all chains", post="a post of the head office that audits"
        )
    return ends_of(reader.connection)


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


def _sees_all(reader: Reader, officer: Officer) -> bool:
    known = reader.organisation.offices
    held = {each.office for each in officer.holdings if READS_ALL in reader.organisation.powers.get(each.post, ())}
    if not held:
        posts = sorted(code for code, carried in reader.organisation.powers.items() if READS_ALL in carried)
        raise NotYours(who=officer.name, act="check the audit trail", post=", ".join(posts))
    return any(known[code].kind is OfficeKind.HEAD for code in held)


def _of_house(seqs: Collection[int]) -> Select[Any]:
    found = select(audit, officers.c.name).outerjoin(officers, officers.c.login == audit.c.officer)
    return found.where(audit.c.case_id == HOUSE, audit.c.seq.in_(sorted(seqs)))


def _broken(reader: Reader, officer: Officer, found: Sequence[Found], *, every: bool) -> Iterator[Broken]:
    rows = {each.case for each in found if each.chain == ACTS}
    mine = select(case.c.id, case.c.number).where(case.c.id.in_(rows), *([] if every else [seen_by(officer)]))
    numbers = {row.id: row.number for row in reader.connection.execute(mine)} if rows else {}
    for each in found:
        if each.chain != ACTS and every:
            yield Broken(each.chain, "", each.seq, each.case, each.what)
        elif each.chain == ACTS and (every or each.case in numbers):
            yield Broken(each.chain, _name(numbers, each.case), each.seq, 0, each.what)


def _figures(told: Any) -> Figures:
    data = told.data
    return Figures(
        data["records"],
        data["chains"],
        data["sealed"],
        (data["house"][0], data["house"][1]),
        (data["last_seal"][0], data["last_seal"][1]),
        data["fingerprint"],
        (told.seq, told.hash),
    )


def _name(numbers: Mapping[int, str], row: int) -> str:
    return "" if row == HOUSE else numbers.get(row, f"#{row}")
