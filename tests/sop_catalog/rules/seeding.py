"""Good drawings with one fault each, by a seed: which rule must tell it, of which element and on which line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from lxml import etree

from engine.domain.finding import Finding
from sop_catalog.publishing import Drawing, judge, read_file
from tests.shipped import HOUSE
from tests.sop_catalog.rules.faults import deciding, flowing, hanging_together, picturing, running, saying
from tests.sop_catalog.rules.faults.page import Fault, NoPlace, Page, Spot, Xml

FAULTS: Mapping[str, Fault] = {
    each.name: each
    for faults in (hanging_together, running, saying, deciding, picturing, flowing)
    for each in faults.FAULTS
}


@dataclass(frozen=True, slots=True)
class Seeded:
    """A drawing with one fault."""

    fault: Fault
    code: str
    text: bytes
    elements: tuple[str | None, ...]
    line: int | None
    """Where the fault stands in the file; None where no place can be named."""

    def told_by(self, findings: Sequence[Finding]) -> bool:
        """Whether the rule that should says so, of the right element and line."""
        return any(self._is_it(each) for each in findings)

    def _is_it(self, found: Finding) -> bool:
        if found.rule != self.fault.rule or any(str(found.facts.get(name)) != said for name, said in self.fault.facts):
            return False
        if self.elements == (None,) and self.line is None:
            return True
        others = found.element in self.elements[1:] and bool(found.line)
        return others or (found.element == self.elements[0] and found.line == self.line)


@cache
def shelf() -> Mapping[str, Drawing]:
    """Every drawing of the house, by its code."""
    read = (read_file(path.read_bytes(), str(path)).drawing for path in HOUSE)
    return {each.code: each for each in read if each}


def seed(name: str, number: int) -> Seeded:
    """The same fault in another drawing for each number; one for which it has a place."""
    fault = FAULTS[name]
    rng = Random(f"{name} {number}")  # noqa: S311 - no secret
    for code in rng.sample(sorted(shelf()), len(shelf())):
        page = Page(shelf()[code].text)
        try:
            spot = fault.sow(page, rng)
        except NoPlace:
            continue
        text = page.text()
        line = _line(text, page, spot)
        return Seeded(fault, code, fault.spoil(text) if fault.spoil else text, (spot.element, *spot.others), line)
    raise LookupError(name)


def judged(seeded: Seeded) -> tuple[Finding, ...]:
    """What stands against it, with every other drawing at hand."""
    read = read_file(seeded.text, "")
    known = dict(shelf())
    if read.drawing and read.accepted:
        known[read.drawing.code] = read.drawing
    return judge(read, known).findings


def _line(text: bytes, page: Page, spot: Spot) -> int | None:
    if spot.xml is None:
        return None
    way: list[int] = []
    each: Xml = spot.xml
    while (around := each.getparent()) is not None:
        way.insert(0, around.index(each))
        each = around
    found: Xml = etree.fromstring(text)
    for place in way:
        found = found[place]
    return int(found.sourceline)
