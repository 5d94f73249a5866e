"""A release: a checked, numbered, immutable edition of a procedure that cases run on. It is not a drawing:
what the engine must know of each activity was read out of the drawing once, at publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

_HOUR = 60
_NEARLY = 0.01
"""Minutes: hours are kept with four places, so that ten minutes are 0.1667 of one."""


class Clock(StrEnum):
    """How the time of an allowance is counted."""

    RUNNING_HOURS = "running-hours"
    WORKING_HOURS = "working-hours"
    WORKING_DAYS = "working-days"
    CALENDAR_DAYS = "calendar-days"
    CONSECUTIVE_DAYS = "consecutive-days"
    """*Hari berturut-turut*: counted as calendar days are, but what breaks the run begins it anew."""
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long an activity may take, with the clock that counts it (SOP AP: *mutu baku: waktu*)."""

    amount: float
    clock: Clock
    basis: str = ""
    """The wording of the law or standard that it comes from, as printed."""

    @property
    def in_minutes(self) -> int:
        """Whole minutes where people say it so: below an hour, and where hours have more than two places. 0 where hours say it better."""
        if self.clock not in {Clock.RUNNING_HOURS, Clock.WORKING_HOURS} or (
            self.amount >= 1 and round(self.amount, 2) == self.amount
        ):
            return 0
        minutes = round(self.amount * _HOUR)
        return minutes if abs(minutes - self.amount * _HOUR) < _NEARLY else 0


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An instrument of the legal-basis register and the place in it."""

    instrument: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A span that a law gives for something, across steps: *paling lambat 3 × 24 jam sejak permohonan diterima*."""

    code: str
    """`[a-z][a-z0-9-]{0,62}`, unique in its process; it is kept in the ledger and never used again for something else."""
    title: str
    allowance: Allowance
    begins: str = ""
    """The element that it is counted from, as soon as the case comes to it; empty for the start of the process."""
    ends: str = ""
    """The element that ends it, as soon as the case has left it; empty for the end of the process."""
    most: Allowance | None = None
    """How much may be added to it by extensions, all together; None where the law names no limit."""
    times: int = 0
    """How often it may be extended; 0 where the law allows no extension."""
    legal: tuple[LegalBasis, ...] = ()


class RungAct(StrEnum):
    """What happens when a clock comes to a rung of its ladder."""

    REMIND = "remind"
    """Whoever has the work is told."""
    TELL_SUPERIOR = "tell-superior"
    HAND_OVER = "hand-over"
    """The work goes to the superior's post."""
    INCIDENT = "incident"
    """It is put before those who operate the house."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of an escalation ladder: at a part of the time, or some time after it was due. Exactly one is given."""

    part: float | None
    """Of the time allowed: 0.75 when three quarters are used up, 1 when it is due."""
    after: Allowance | None
    """Counted from the moment it was due."""
    act: RungAct


DEFAULT_LADDER: Final = (
    Rung(0.75, None, RungAct.REMIND),
    Rung(1.0, None, RungAct.TELL_SUPERIOR),
    Rung(None, Allowance(2, Clock.WORKING_DAYS), RungAct.INCIDENT),
)
"""Climbed where an SOP has no ladder of its own."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What the cover sheet of one process says of its time; that of the stages is said by the steps that enter them."""

    promised: Allowance | None = None
    """How long the whole may take."""
    duties: tuple[Duty, ...] = ()
    ladder: tuple[Rung, ...] = ()


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
    VILLAGE = "village"
    """A village, by its code of that ministry, typed: `35.07.11.2003`. `desa_x` lies in `daerah_x`, where that is known."""
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
    stage_allowance: Allowance | None = None
    """How long the case may stay in the stage that it enters here."""
    act: str = ""
    """A command that must have been given before the activity can be completed: `decide_disposition` or empty."""


class ReleaseState(StrEnum):
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


def variant_code(code: str, office: str) -> str:
    """The code of an office's own variant of a procedure: `c3-m05-02.bp3mi-jatim`. Never used for anything else."""
    return f"{code}.{office}"


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
    timings: Mapping[str, Timing] = field(default_factory=dict)
    """Process id → what its sheet says of its time, for the procedure itself and all that it calls."""

    @property
    def stands_in_for(self) -> str:
        """The code of the central procedure whose variant in one office this is; empty for one of every office."""
        return self.facts.get("variant_of", "")

    @property
    def office(self) -> str:
        """The office whose own variant this is; empty for one of every office."""
        return self.facts.get("office", "") if self.stands_in_for else ""

    @property
    def promised(self) -> Mapping[str, Allowance]:
        """Process id → how long the whole of it may take, for those that promise one."""
        return {process: each.promised for process, each in self.timings.items() if each.promised}

    @property
    def duties(self) -> Mapping[str, tuple[Duty, ...]]:
        """Process id → the duties that its sheet names, for those that name any."""
        return {process: each.duties for process, each in self.timings.items() if each.duties}

    def duty(self, code: str) -> Duty | None:
        """One of these duties, in whichever process it is named."""
        return next((each for owed in self.duties.values() for each in owed if each.code == code), None)

    @property
    def stages(self) -> Mapping[str, Allowance]:
        """Stage → how long a case may stay in it. What the procedure itself says stands before what it calls says."""
        steps = sorted(
            self.activities.values(), key=lambda each: (each.process == self.code, each.process, each.element)
        )
        return {each.stage: each.stage_allowance for each in steps if each.stage and each.stage_allowance}

    def ladder(self, process: str = "") -> tuple[Rung, ...]:
        """The rungs that a clock of this process climbs: its own, else those of the procedure itself, else the usual."""
        given = (self.timings.get(each, Timing()).ladder for each in (process, self.code))
        return next(filter(None, given), DEFAULT_LADDER)
