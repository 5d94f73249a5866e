"""A check of everything that is kept for ever, read in pieces: how far it has come, and what it has found.

What it knows stays in memory until it is done; then it becomes a record of the house's own chain. A check that a restart
interrupts begins anew: a mark of what was read earlier would say nothing of what was changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select, tuple_

from engine.domain.audit import GENESIS, HOUSE
from engine.storage.access_chain import SealPlace, read_seals
from engine.storage.tables import access_chain, audit, audit_head, counter
from engine.storage.trail import Place, read_links
from engine.storage.upsert import add_or_set

ASKED, DONE = "trail_check_asked", "trail_check_done"
"""Counters: which record of the house's chain asked for the last check, and which tells the last result."""
ACTS, ACCESSES = "acts", "accesses"
"""The two kinds of chain: what happened in a case or in the house, and who has seen or was refused what."""
NAMED = 200
"""Breaks that are told one by one; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place at which a chain does not hold."""

    chain: str
    """`acts` or `accesses`."""
    case: int
    """The row of the case; for accesses the row of the record."""
    seq: int
    what: str

    @property
    def line(self) -> str:
        """As an operator reads it."""
        if self.chain == ACTS:
            return f"case row {self.case}, record {self.seq}: {self.what}"
        return f"access record {self.case}, seal {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True)
class TrailCheck:
    """A check under way."""

    place: Place | None = field(default_factory=Place)
    seals: SealPlace | None = field(default_factory=SealPlace)
    records: int = 0
    chains: int = 0
    sealed: int = 0
    house: tuple[int, str] = (0, GENESIS)
    last_seal: tuple[int, str] = (0, GENESIS)
    fingerprint: str = GENESIS
    """One hash over the ends of all chains in the order of their numbers, see `follow`."""
    broken: int = 0
    found: tuple[Found, ...] = ()

    @property
    def done(self) -> bool:
        """Whether everything has been read."""
        return self.place is None and self.seals is None

    def further(self, connection: Connection) -> TrailCheck:
        """Read the next piece."""
        return self._acts(connection, self.place) if self.place is not None else self._accesses(connection)

    def told(self) -> Mapping[str, Any]:
        """The result as the audit keeps it."""
        return {
            "records": self.records,
            "chains": self.chains,
            "sealed": self.sealed,
            "house": list(self.house),
            "last_seal": list(self.last_seal),
            "fingerprint": self.fingerprint,
            "broken": self.broken,
            "found": [[each.chain, each.case, each.seq, each.what] for each in self.found],
        }

    def _acts(self, connection: Connection, place: Place) -> TrailCheck:
        piece = read_links(connection, place)
        fingerprint, house = self.fingerprint, self.house
        for chain, seq, last in piece.ends:
            fingerprint = follow(fingerprint, chain, seq, last)
            house = (seq, last) if chain == HOUSE else house
        return replace(
            self._with(*(Found(ACTS, each.case, each.seq, each.what) for each in piece.breaks)),
            place=piece.place,
            records=self.records + piece.records,
            chains=self.chains + len(piece.ends),
            house=house,
            fingerprint=fingerprint,
        )

    def _accesses(self, connection: Connection) -> TrailCheck:
        if self.seals is None:
            return self
        piece = read_seals(connection, self.seals)
        return replace(
            self._with(*(Found(ACCESSES, each.record, each.seal, each.what) for each in piece.breaks)),
            seals=piece.place,
            sealed=self.sealed + piece.seals,
            last_seal=piece.last,
        )

    def _with(self, *found: Found) -> TrailCheck:
        return replace(self, broken=self.broken + len(found), found=(*self.found, *found)[:NAMED])


def follow(fingerprint: str, chain: int, seq: int, last: str) -> str:
    """SHA-256 of the text `fingerprint chain seq hash`, which makes one number of the ends of all chains."""
    return hashlib.sha256(f"{fingerprint} {chain} {seq} {last}".encode()).hexdigest()


def ends_of(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """The end of every chain in the order of their numbers, then the last seal; read as they are asked for."""
    heads = select(audit_head).order_by(audit_head.c.case_id).execution_options(yield_per=500)
    for row in connection.execute(heads):
        yield str(row.case_id), row.seq, row.hash
    last = connection.execute(select(access_chain).order_by(access_chain.c.seq.desc()).limit(1)).first()
    if last is not None:
        yield ACCESSES, last.seq, last.hash


def not_continued(connection: Connection, kept: Iterable[tuple[str, int, str]]) -> Iterator[tuple[str, int]]:
    """Which of the ends that were kept outside the house are no longer a link of their chain: chain and number.

    With whole chains that says that each of them is the same as then, and only longer.
    """
    waiting = iter(kept)
    while piece := list(islice(waiting, 200)):
        known = _links_at(connection, piece)
        yield from ((chain, seq) for chain, seq, last in piece if known.get((chain, seq)) != last)


def _links_at(connection: Connection, piece: Sequence[tuple[str, int, str]]) -> dict[tuple[str, int], str]:
    acts = [(int(chain), seq) for chain, seq, _ in piece if chain != ACCESSES]
    seals = [seq for chain, seq, _ in piece if chain == ACCESSES]
    links = select(audit.c.case_id, audit.c.seq, audit.c.hash).where(tuple_(audit.c.case_id, audit.c.seq).in_(acts))
    found = {(str(row.case_id), row.seq): row.hash for row in connection.execute(links)}
    sealed = select(access_chain.c.seq, access_chain.c.hash).where(access_chain.c.seq.in_(seals))
    return found | {(ACCESSES, row.seq): row.hash for row in connection.execute(sealed)}


def marks(connection: Connection) -> tuple[int, int]:
    """The records that asked for the last check and that tell the last result; 0 where there is none."""
    found = select(counter.c.name, counter.c.value).where(counter.c.name.in_((ASKED, DONE)))
    known = {row.name: row.value for row in connection.execute(found)}
    return known.get(ASKED, 0), known.get(DONE, 0)


def mark(connection: Connection, name: str, seq: int) -> None:
    """Say which record of the house's chain it is."""
    connection.execute(add_or_set(connection, counter), {"name": name, "value": seq})
