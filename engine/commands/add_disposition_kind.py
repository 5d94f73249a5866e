"""Make a course known that can be set for cases, or change which procedure carries it out."""

from __future__ import annotations

from engine.domain.disposition import DispositionKind
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork


def add_disposition_kind(work: UnitOfWork, kind: DispositionKind) -> Receipt:
    """Store a kind. Its procedure need not be in force yet; deciding is refused until it is."""
    work.dispositions.add_kind(kind)
    work.record("disposition_kind.added", code=kind.code, procedure=kind.procedure)
    return Receipt(state="added", name=kind.code)
