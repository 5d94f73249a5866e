"""A release: a checked, numbered, immutable edition of a procedure that cases run on. It is not a drawing:
what the engine must know of each activity was read out of the drawing once, at publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Clock(StrEnum):
    """How the time of an allowance is counted."""

    RUNNING_HOURS = "running-hours"
    WORKING_HOURS = "working-hours"
    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long an activity may take, with the clock that counts it (SOP AP: *mutu baku: waktu*)."""

    amount: float
    clock: Clock
    basis: str = ""
    """The wording of the law or standard that it comes from, as printed."""


class Whose(StrEnum):
    """Whose office a lane's post is looked for in."""

    CASE = "case"
    ORIGIN = "origin"
    DESTINATION = "destination"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Performer:
    """A post in an office of the case: never a person."""

    post: str
    """Empty for anybody who holds a post in that office."""
    whose: Whose = Whose.CASE


class FieldKind(StrEnum):
    """What may be typed into a form field, and how it is checked."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    MONEY = "money"
    """Whole rupiah."""
    DATE = "date"
    MOMENT = "moment"
    """A date and time with its zone."""
    YES_NO = "yes-no"
    CHOICE = "choice"
    SEVERAL = "several"
    """Any number of the choices: a list of their values."""
    REGION = "region"
    """A province, regency or city, by its code of the Ministry of Home Affairs."""
    OFFICE = "office"
    """One of the offices, by its code."""
    COUNTRY = "country"
    """ISO 3166-1 alpha-2."""
    LIST = "list"
    """One entry a line: a list of texts."""
    DOCUMENT = "document"
    """A paper that is to be attached to the case under the field's name; nothing is typed. The fact says whether it is there."""


class Bound(StrEnum):
    """Where the answer of a field is kept."""

    FACT = "fact"
    SUBJECT = "subject"
    """An encrypted field of the person. It never enters facts, snapshots, audit records or logs."""
    CASE = "case"
    """A column of the case itself: `origin_office` or `destination_office`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a field of a closed kind accepts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    name: str
    """`[a-z][a-z0-9_]{0,62}`; the fact, subject field or case column that it fills."""
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    when: str = ""
    """A FEEL condition over facts and earlier fields; the question is asked only where it is true."""
    choices: tuple[Choice, ...] = ()
    bound: Bound = Bound.FACT
    help: str = ""
    alone: bool = False
    """Asked of each person for themselves, about what one wants or what was found of one: nobody answers it for many."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an officer can decide at the end of an activity: one exit of the exclusive gateway that follows it.

    Drawn as a flow whose condition is `outcome = "value"` and whose name is the label.
    """

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An instrument of the legal-basis register and the place in it."""

    instrument: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """One step of a release, with what the sheet says of it."""

    process: str
    element: str
    name: str
    kind: str
    """The local name of the BPMN element: `userTask`, `callActivity`, …"""
    line: int = 0
    instruction: str = ""
    performer: Performer | None = None
    allowance: Allowance | None = None
    requirements: tuple[str, ...] = ()
    output: str = ""
    legal: tuple[LegalBasis, ...] = ()
    note: str = ""
    form: tuple[Field, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    stage: str = ""
    """The stage that the case enters with this activity; empty where it stays in the one it is in."""
    act: str = ""
    """A command that must have been given before the activity can be completed: `decide_disposition` or empty."""


class ReleaseState(StrEnum):
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Release:
    """One edition of one procedure, self-contained: its drawing, the drawings it calls, and each activity's facts."""

    code: str
    """`c3-m05-02`: the BPMN process id, the address, the key, and what a call activity points to."""
    edition: int
    title: str
    state: ReleaseState
    drawings: Mapping[str, bytes]
    """Process id → BPMN 2.0 file, for the procedure itself and all that it calls, however deep."""
    activities: Mapping[tuple[str, str], Activity]
    """(process id, element id) → what is to be done there."""
    sha256: str
    """Of all drawings, canonically: the same hash is the same release."""
    published_at: datetime
    published_by: str = ""
    number: int | None = None
    """The row in the database; None before it is stored."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the sheet says of the procedure as a whole, for pages: owner, status (*usulan*), promised time."""
