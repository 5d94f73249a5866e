"""An SOP as a table of steps, the way its author writes it. It is not yet a diagram: gateways, flows and places are
made from it by `sheets.elements` and `diagram.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from engine.domain.release import Allowance, Field, LegalBasis, Performer
from sop_catalog.procedure import Procedure

ROW_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,45}")
"""What a row may be called. Authors write small letters; a drawing board calls its elements `Activity_0k3x9zq`."""


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A post that does steps of this SOP."""

    key: str
    """What steps call it: the code of the post, with `:office` behind it where the post has two lanes."""
    performer: Performer
    name: str = ""
    """As written on the lane; the register's name of the post where it is empty."""


def lane_key(performer: Performer, among: Collection[Performer]) -> str:
    """Return what steps call the lane of a performer, where these are those of all lanes."""
    alone = sum(each.post == performer.post for each in among) == 1
    return performer.post if alone else f"{performer.post}:{performer.whose}"


@dataclass(frozen=True, slots=True)
class PoolRow:
    """An outsider: a black-box pool."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on from a decision: chosen by an officer (`value`), by facts (`when`), or otherwise (`default`)."""

    to: str
    value: str = ""
    when: str = ""
    label: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class Catch:
    """A boundary event on a step: what it listens for, and where it leads."""

    kind: str
    """`timer`, `error`, `message` or `escalation`."""
    what: str
    """The time, the code or the name of the message."""
    to: str
    interrupting: bool = True
    name: str = ""


HEARERS = frozenset({"user", "manual"})
"""Kinds of step of which the kind alone does not say who tells whom."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One row of the table: a step, and what may follow it."""

    id: str
    kind: str
    name: str
    lane: str
    group: str = ""
    instruction: str = ""
    allowance: Allowance | None = None
    requirements: tuple[str, ...] = ()
    output: str = ""
    legal: tuple[LegalBasis, ...] = ()
    note: str = ""
    act: str = ""
    stage: str = ""
    stage_allowance: Allowance | None = None
    form: tuple[Field, ...] = ()
    calls: str = ""
    message: str = ""
    after: str = ""
    each: str = ""
    item: str = ""
    sequential: bool = False
    talks_to: str = ""
    """The pool that a message flow leads to or comes from; which of the two, its kind says where it can."""
    hears: bool = False
    """Whether a step that a person does is told something by that pool, rather than telling it."""
    question: str = ""
    exits: tuple[Exit, ...] = ()
    to: str = ""
    catches: tuple[Catch, ...] = ()


@dataclass(frozen=True, slots=True)
class ForkRow:
    """A place where the work goes several ways, and where the ways come together again."""

    id: str
    kind: str
    """`parallel`, `inclusive`, `exclusive` (a decision by facts that no step takes) or `event`."""
    ways: tuple[Exit, ...]
    join: str = ""
    after_join: str = ""
    name: str = ""
    lane: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Steps that belong together: an embedded sub-process."""

    id: str
    name: str
    to: str = ""
    catches: tuple[Catch, ...] = ()
    each: str = ""
    item: str = ""
    sequential: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class EndRow:
    """A way in which the SOP is over, said as what is true now."""

    id: str
    name: str
    kind: str = "none"
    code: str = ""
    lane: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class StartRow:
    """What sets the SOP going."""

    kind: str = "none"
    name: str = ""
    to: str = ""
    message: str = ""
    after: str = ""
    id: str = "start"


@dataclass(frozen=True, slots=True)
class Table:
    """A whole SOP as its author wrote it."""

    procedure: Procedure
    lanes: tuple[LaneRow, ...]
    steps: tuple[StepRow, ...]
    start: StartRow = field(default_factory=StartRow)
    also: tuple[StartRow, ...] = ()
    """Further start events."""
    pools: tuple[PoolRow, ...] = ()
    forks: tuple[ForkRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    ends: tuple[EndRow, ...] = ()
