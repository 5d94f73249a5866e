"""What the catalogue is sorted by and points to: process areas, legal instruments, kinds of disposition and of closing.

Not the procedures themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sop_catalog.registers.reading import read


@dataclass(frozen=True, slots=True)
class RegisteredArea:
    """One of the 20 process areas."""

    code: str
    kind: str
    """`core`, `supporting` or `other`: *proses inti, pendukung, lainnya*."""
    name: str


@dataclass(frozen=True, slots=True)
class RegisteredDisposition:
    """One course that can be set for a case, and what carries it out."""

    code: str
    name: str
    english: str
    procedure: str
    available: bool
    """Whether that procedure is drawn; until then the disposition is recorded and its sub-case waits."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or decree that a sheet or a step may rest on."""

    code: str
    """As cited: `UU 18/2017`, `Permen P2MI 32/2025`."""
    title: str
    about: str
    status: str
    """`in-force`, `replaced` or `to-verify`."""
    replaced_by: str = ""
    sourced: bool = True
    note: str = ""
    called: tuple[str, ...] = ()
    """What people call it: `UU TPPO`."""
    since: str = ""
    """The day on which it was enacted, as far as it is known: `2025-10-08`."""
    until: str = ""
    """The day from which something else stands in its place, as far as it is known."""

    def is_replaced(self, on: date | None = None) -> bool:
        """Whether something else stands in its place on that day; without a day, as it is registered."""
        if on is not None and self.until:
            return date.fromisoformat(self.until) <= on
        return self.status == "replaced"

    def is_to_come(self, on: date | None) -> bool:
        """Whether it is enacted only after that day."""
        return on is not None and bool(self.since) and date.fromisoformat(self.since) > on


@dataclass(frozen=True, slots=True)
class ClosingReason:
    """Why a case may be closed before its procedure has ended, under which condition, and by which rule."""

    code: str
    name: str
    english: str
    condition: str
    amount: int = 0
    """How long must have passed; 0 where nothing has to be waited for."""
    clock: str = ""
    """As in an allowance: `calendar-days`, `consecutive-days`, `working-days`, `months`."""
    since: str = ""
    instrument: str = ""
    """As the legal-basis register cites it; empty where no rule was found and the reason is proposed."""
    article: str = ""
    verified: bool = True
    """Whether the rule is known to stand as cited."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people say, and how the SOPs write it."""

    said: tuple[str, ...]
    meant: str


@cache
def synonyms() -> tuple[Synonym, ...]:
    """All of them; each works in one direction."""
    return read("synonyms", "synonym", Synonym)


@cache
def areas() -> tuple[RegisteredArea, ...]:
    """Core first, then supporting, then other."""
    return read("process_areas", "area", RegisteredArea)


@cache
def dispositions() -> tuple[RegisteredDisposition, ...]:
    """All courses, the way home first."""
    return read("dispositions", "disposition", RegisteredDisposition)


@cache
def closing_reasons() -> tuple[ClosingReason, ...]:
    """All reasons, those of a rule first."""
    return read("closing_reasons", "reason", ClosingReason)


@cache
def closing_reason(code: str) -> ClosingReason | None:
    """One reason, or None."""
    return next((each for each in closing_reasons() if each.code == code), None)


@cache
def instruments() -> tuple[Instrument, ...]:
    """The whole legal-basis register, from laws down to regulations of the agency."""
    return read("legal", "instrument", Instrument)


@cache
def instrument(code: str) -> Instrument | None:
    """One instrument as cited, or None."""
    return next((each for each in instruments() if each.code == code), None)
