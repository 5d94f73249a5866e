"""Make a course known that can be set for cases, or change which procedure carries it out."""

from __future__ import annotations

from engine.domain.disposition import DispositionKind
from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork


def add_disposition_kind(work: UnitOfWork, kind: DispositionKind) -> Receipt:
    """Store a kind. Its procedure need not be in force yet; deciding is refused until it is."""
    who = expect_power(work, "administer", f"add course {kind.code}")
    work.dispositions.add_kind(kind)
    work.record("disposition_kind.added", None, **who, code=kind.code, procedure=kind.procedure)
    return Receipt(state="added", name=kind.code)
