"""Takes the rows of a table in, one person after another: each is taken or refused on its own, with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine import FormNotValid, NotFound, NotYours, Refusal, Unavailable, admit_person
from engine.domain.event import Event, EventClosed
from engine.domain.release import Field
from web.identity import perform
from web.language import gettext, local, raw, say

FULL_AGE = 18
"""UU 35/2014 art. 1: a child is who has not reached eighteen years."""
_WITHOUT_KEY: Any = {"key": None}
"""The key of the form stands for all rows; a row is known again by what it says."""
OF_ALL_ROWS = (NotFound, NotYours, EventClosed, Unavailable)
"""Refusals that every row would get: they are told once, of the whole."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something of a row could not be taken."""

    name: str
    """The question; empty where it is about the row as a whole."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of one row."""

    line: int
    case: str = ""
    """Empty where the row was refused."""
    again: bool = False
    """Whether the row had been taken in before."""
    alike: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def admit(
    event: Event, questions: Sequence[Field], people: Iterable[tuple[int, Mapping[str, Any]]]
) -> tuple[Admission, ...]:
    """Add each person to the event. Raises only what concerns all of them: no such event, closed, no database."""
    known = {each.name for each in questions}
    return tuple(_taken(event, known, line, person) for line, person in people)


def _taken(event: Event, known: set[str], line: int, person: Mapping[str, Any]) -> Admission:
    if not any(person.values()):
        return Admission(line, faults=(Fault("", gettext("The row is empty.")),))
    return _one(event, line, {**_shared(event, known), **_derived(event, known, person)})


def _one(event: Event, line: int, person: Mapping[str, Any]) -> Admission:
    try:
        receipt = perform(admit_person, event.number, person, **_WITHOUT_KEY)
    except OF_ALL_ROWS:
        raise
    except FormNotValid as wrong:
        said = tuple(Fault(name, " ".join(raw(each) for each in told)) for name, told in wrong.errors.items())
        return Admission(line, faults=said)
    except Refusal as refusal:
        return Admission(line, faults=(Fault("", say(refusal)),))
    return Admission(line, receipt.case or "", again=receipt.state == "there-already", alike=receipt.notes)


def _shared(event: Event, known: set[str]) -> dict[str, Any]:
    """What the event itself answers for everybody in it, where the procedure asks for it."""
    answers = {
        "rombongan": "yes",
        "nomor_rombongan": event.number,
        "sumber_temuan": event.source,
        "tempat_temuan": event.place,
        "waktu_temuan": event.found_at.isoformat() if event.found_at else "",
    }
    return {name: value for name, value in answers.items() if value and name in known}


def _derived(event: Event, known: set[str], person: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tell a child by the date of birth, where the table itself does not say it."""
    born = person.get("tanggal_lahir")
    if "anak" not in known or person.get("anak") or not isinstance(born, str):
        return person
    try:
        years = age(date.fromisoformat(born), local(event.found_at or event.opened_at).date())
    except ValueError:
        return person
    return {**person, "anak": "yes" if years < FULL_AGE else "no"}


def age(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
