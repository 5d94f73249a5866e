"""Where something is used: a post, a document, a law, a procedure, a question of a form; answered to the step."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.domain.release import Activity, LegalBasis
from sop_catalog.finding.articles import Article, articles
from sop_catalog.finding.holdings import Held
from sop_catalog.procedure import slug

LONGEST_ADDRESS: Final = 120
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_TEXT: Final = re.compile(r'"[^"]*"')


class How(StrEnum):
    """In which way an SOP or a step uses something."""

    PERFORMS = "performs"
    NEEDS = "needs"
    MAKES = "makes"
    KEEPS = "keeps"
    """A record of the cover sheet."""
    RESTS = "rests"
    """A legal basis of the cover sheet or of a step."""
    OWES = "owes"
    """A legal basis of a duty that a law gives a time for."""
    CALLS = "calls"
    NAMES = "names"
    """A related procedure of the cover sheet."""
    STANDS_IN = "stands-in"
    """An office's own variant, in the place of the central one."""
    ASKS = "asks"
    READS = "reads"
    """A condition at a decision."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses something."""

    held: Held
    how: How
    element: str = ""
    """The step, or the decision; empty for the SOP as a whole."""
    name: str = ""
    """What the step is called; empty for the SOP as a whole."""
    said: str = ""
    """As it is written there."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a law, or on one place in it."""

    exactly: tuple[Use, ...]
    """What cites the place itself or a part of it."""
    wider: tuple[Use, ...] = ()
    """What cites more than the place, as the whole article where a paragraph was asked for."""
    unplaced: tuple[Use, ...] = ()
    """What cites the law without saying where."""


class Uses:
    """Every use there is in some editions, by what is used."""

    def __init__(self, held: Iterable[Held]) -> None:
        self.posts: defaultdict[str, list[Use]] = defaultdict(list)
        self.documents: defaultdict[str, list[Use]] = defaultdict(list)
        """By address: spellings that differ in capitals and signs alone are one document."""
        self.laws: defaultdict[str, list[Use]] = defaultdict(list)
        """By the instrument as cited; `said` is the place in it."""
        self.calls: defaultdict[str, list[Use]] = defaultdict(list)
        """By the procedure that is called or named."""
        self.fields: defaultdict[str, list[Use]] = defaultdict(list)
        self.units: defaultdict[str, list[Use]] = defaultdict(list)
        """By the unit as the cover sheet writes it."""
        self.held: dict[str, Held] = {}
        for each in held:
            self.held.setdefault(each.code, each)
            self._sheet(each)
            for step in each.steps:
                self._step(each, step)
            self._decisions(each)

    def _sheet(self, held: Held) -> None:
        sheet = held.procedure.sheet
        self._rest(held, How.RESTS, sheet.legal)
        for duty in sheet.duties:
            self._rest(held, How.OWES, duty.legal, duty.ends or duty.begins, duty.title)
        for record in sheet.records:
            self._document(Use(held, How.KEEPS, said=record))
        for code in sheet.related:
            self.calls[code].append(Use(held, How.NAMES, said=code))
        if sheet.variant_of:
            self.calls[sheet.variant_of].append(Use(held, How.STANDS_IN, said=sheet.office))
        if sheet.owner:
            self.units[sheet.owner].append(Use(held, How.NAMES, said=sheet.owner))

    def _step(self, held: Held, step: Activity) -> None:
        if step.performer and step.performer.post:
            self.posts[step.performer.post].append(Use(held, How.PERFORMS, step.element, step.name))
        for needed in step.requirements:
            self._document(Use(held, How.NEEDS, step.element, step.name, needed))
        if step.output:
            self._document(Use(held, How.MAKES, step.element, step.name, step.output))
        self._rest(held, How.RESTS, step.legal, step.element, step.name)
        for asked in step.form:
            self.fields[asked.name].append(Use(held, How.ASKS, step.element, step.name, asked.label))
        for called in (code for element, code in held.calls if element == step.element):
            self.calls[called].append(Use(held, How.CALLS, step.element, step.name, called))

    def _rest(self, held: Held, how: How, legal: Iterable[LegalBasis], element: str = "", name: str = "") -> None:
        for basis in legal:
            self.laws[basis.instrument].append(Use(held, how, element, name, basis.article))

    def _document(self, use: Use) -> None:
        if address := document_address(use.said):
            self.documents[address].append(use)

    def _decisions(self, held: Held) -> None:
        for decision, asked, condition in held.conditions:
            for name in set(_NAME.findall(_TEXT.sub(" ", condition))):
                self.fields[name].append(Use(held, How.READS, decision, asked, condition.strip()))

    # What is asked

    def law(self, instrument: str, place: Article | None = None) -> Resting:
        """What rests on a law; with a place, what rests on that place, and what may because it cites more or says less."""
        every = self.laws.get(instrument, [])
        if place is None:
            return Resting(tuple(every))
        exactly, wider, unplaced = [], [], []
        for use in every:
            cited = articles(use.said)
            if not cited:
                unplaced.append(use)
            elif any(each.lies_in(place) for each in cited):
                exactly.append(use)
            elif any(place.lies_in(each) for each in cited):
                wider.append(use)
        return Resting(tuple(exactly), tuple(wider), tuple(unplaced))

    def cited(self, instrument: str) -> Mapping[Article, int]:
        """Every article of a law that something rests on, with how many places do; in order."""
        counted: defaultdict[Article, int] = defaultdict(int)
        for use in self.laws.get(instrument, []):
            for number in {each.number for each in articles(use.said)}:
                counted[Article(number)] += 1
        return dict(sorted(counted.items(), key=lambda each: _in_order(each[0].number)))

    def called_by(self, code: str) -> tuple[Use, ...]:
        """Where a procedure is called, whose sheet names it as related, and which offices have a variant of it."""
        return tuple(self.calls.get(code, ()))

    def asked_for(self, name: str) -> tuple[Use, ...]:
        """Where a form asks for a fact, and which decisions read it; nothing for what no form asks."""
        found = tuple(self.fields.get(name, ()))
        return found if any(each.how is How.ASKS for each in found) else ()


def document_address(text: str) -> str:
    """`berita-acara-serah-terima`: what a document's page is called."""
    return slug(text)[:LONGEST_ADDRESS].strip("-")


def _in_order(number: str) -> tuple[int, str]:
    digits = "".join(each for each in number if each.isdecimal())
    return int(digits or 0), number
