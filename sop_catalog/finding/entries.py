"""What a search leads to: an SOP as a whole or one of its steps, with the texts that stand there and what each text is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.domain.release import Activity, Duty
from sop_catalog.finding.holdings import Held
from sop_catalog.sheets.wording import allowance_text, legal_text


class Place(StrEnum):
    """What a text is; the more a word says about the whole where it stands, the more it weighs there."""

    CODE = "code"
    TITLE = "title"
    STEP = "step"
    OUTPUT = "output"
    DOCUMENT = "document"
    """What a step needs, what the sheet keeps as records."""
    POST = "post"
    LAW = "law"
    FIELD = "field"
    """What a form asks."""
    ALLOWANCE = "allowance"
    INSTRUCTION = "instruction"
    SHEET = "sheet"
    """What else the cover sheet says: unit, qualification, equipment, warning."""


WEIGHTS: Final[Mapping[Place, float]] = {
    Place.CODE: 12,
    Place.TITLE: 8,
    Place.STEP: 5,
    Place.OUTPUT: 3,
    Place.DOCUMENT: 2.5,
    Place.POST: 2.5,
    Place.LAW: 2.5,
    Place.FIELD: 1.5,
    Place.ALLOWANCE: 1.5,
    Place.INSTRUCTION: 1.2,
    Place.SHEET: 1,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    held: Held
    element: str
    """The step; empty for the SOP as a whole."""
    name: str
    texts: tuple[tuple[Place, str], ...]


def entries_of(held: Held, titles: Mapping[str, str]) -> Iterator[Entry]:
    """The SOP itself, then each of its steps; `titles` says what a post is called."""
    yield Entry(held, "", held.title, tuple(each for each in _whole(held) if each[1]))
    for step in held.steps:
        yield Entry(held, step.element, step.name, tuple(each for each in _step(step, titles) if each[1]))


def _whole(held: Held) -> Iterator[tuple[Place, str]]:
    sheet = held.procedure.sheet
    yield Place.CODE, held.code
    yield Place.TITLE, held.title
    yield Place.ALLOWANCE, allowance_text(sheet.promised)
    yield from ((Place.LAW, legal_text(each)) for each in sheet.legal)
    for duty in sheet.duties:
        yield from _duty(duty)
    yield from ((Place.DOCUMENT, each) for each in sheet.records)
    for said in (sheet.qualification, sheet.equipment, sheet.warning):
        yield from ((Place.SHEET, each) for each in said)
    yield Place.SHEET, sheet.owner


def _duty(duty: Duty) -> Iterator[tuple[Place, str]]:
    yield Place.ALLOWANCE, f"{duty.title}: {allowance_text(duty.allowance)}"
    yield Place.ALLOWANCE, duty.allowance.basis
    yield from ((Place.LAW, legal_text(each)) for each in duty.legal)


def _step(step: Activity, titles: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    yield Place.STEP, step.name
    yield Place.OUTPUT, step.output
    yield from ((Place.DOCUMENT, each) for each in step.requirements)
    if step.performer and step.performer.post:
        yield Place.POST, titles.get(step.performer.post, step.performer.post)
    yield from ((Place.LAW, legal_text(each)) for each in step.legal)
    yield Place.ALLOWANCE, allowance_text(step.allowance)
    yield Place.ALLOWANCE, step.allowance.basis if step.allowance else ""
    yield from ((Place.FIELD, each.label) for each in step.form)
    yield Place.INSTRUCTION, step.instruction
