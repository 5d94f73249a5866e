"""The form of SOP AP (PermenPANRB 35/2012): what stands between a drawing and paper. An identity block, and a table
with one row for each symbol and one column for each performer. It is neither a file format nor a diagram: what has no
symbol of the five has already become a row or a remark here (`sheets.forming`), and pages are not yet cut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.domain.release import Allowance, LegalBasis
from sop_catalog.procedure import Generality, Level, Nature, Scope, Status


class Symbol(StrEnum):
    """What a row is drawn as. Arrow and off-page connector, the other two of the five, are drawn but are never rows."""

    TERMINATOR = "terminator"
    """A capsule: start or end."""
    PROCESS = "process"
    """A box: something is done."""
    DECISION = "decision"
    """A diamond: a question with its answers."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who puts an SOP in force. All empty where that is not known: the paper then leaves room for it."""

    post: str = ""
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another SOP that this one stands beside (*keterkaitan*)."""

    code: str
    title: str = ""
    """Empty where the catalogue does not know it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """*Bagian identitas*: who answers for the SOP, since when, on what ground, and what it needs."""

    agency: str = ""
    unit: str = ""
    number: str = ""
    """Given out by the agency, never made up: empty until it is known."""
    made_on: date | None = None
    revised_on: date | None = None
    effective_on: date | None = None
    approved_by: Signatory = field(default_factory=Signatory)
    legal: tuple[LegalBasis, ...] = ()
    qualification: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    equipment: tuple[str, ...] = ()
    warning: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    level: Level = Level.MICRO
    area: str = ""
    status: Status = Status.PROPOSED
    nature: Nature | None = None
    scope: Scope | None = None
    generality: Generality | None = None
    promised: Allowance | None = None
    """How long the whole may take."""
    mark: str = ""
    """What stands on every page, such as that it is a draft; empty for what its status alone says."""


@dataclass(frozen=True, slots=True)
class Column:
    """One performer. `key` is that of `table.LaneRow`: the post's code, with `:office` behind it where there are two."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class FormWay:
    """An arrow to another row, with what is written on it (`ya`, `tidak`, an answer; empty for a plain arrow)."""

    to: str
    """The `id` of a row of the same form, above or below."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the flowchart table."""

    id: str
    """The drawing's element, unique in the form."""
    symbol: Symbol
    activity: str
    """What is done; the question of a decision; what is true at a start or an end."""
    performer: str
    """The key of a column; empty only where the drawing names nobody."""
    number: int | None = None
    """1, 2, 3 … down the page; None for a terminator."""
    requirements: tuple[str, ...] = ()
    allowance: Allowance | None = None
    output: str = ""
    note: str = ""
    """*Keterangan*: all that has no symbol of its own, in whole sentences; lines are parted by line ends."""
    ways: tuple[FormWay, ...] = ()
    """None for an end."""
    instruction: str = ""
    """How it is done, in sentences: printed under the activity of a technical SOP only."""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole SOP as the regulation has it printed."""

    code: str
    title: str
    identity: Identity
    performers: tuple[Column, ...]
    """From left to right."""
    rows: tuple[FormRow, ...]
    """From top to bottom; the first is the start."""
