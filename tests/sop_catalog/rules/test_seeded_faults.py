"""Every kind of fault, seeded into good drawings, is told by the rule that should, of the right element and line."""

from __future__ import annotations

import pytest

from sop_catalog.publishing import judge
from sop_catalog.publishing.drawings import Verdict
from sop_catalog.rules import RULES, WALKED
from tests.sop_catalog.rules.seeding import FAULTS, judged, seed, shelf

EACH = 4
"""Drawings into which the long test seeds each fault."""
FEW = sorted(FAULTS)[::4]


@pytest.mark.parametrize("name", FEW)
def test_a_seeded_fault_is_told_where_it_stands(name: str) -> None:
    seeded = seed(name, 0)

    found = judged(seeded)

    assert seeded.told_by(found), (seeded.code, seeded.elements, seeded.line, [str(each) for each in found])


@pytest.mark.long
@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("name", FAULTS)
def test_every_seeded_fault_is_told_where_it_stands(name: str, number: int) -> None:
    seeded = seed(name, number)

    found = judged(seeded)

    assert seeded.told_by(found), (seeded.code, seeded.elements, seeded.line, [str(each) for each in found])


@pytest.mark.long
def test_nothing_at_all_stands_against_the_good_drawings() -> None:
    known = shelf()

    told = {
        code: [str(each) for each in judge(Verdict(drawing.place, (), drawing), known).findings]
        for code, drawing in known.items()
    }

    assert {code: each for code, each in told.items() if each} == {}


def test_every_rule_has_a_fault_that_it_must_tell() -> None:
    told = {each.rule for each in FAULTS.values()}

    assert (set(RULES) | set(WALKED)) - told == {"runs-on-the-engine"}


def test_a_seed_always_gives_the_same_drawing() -> None:
    assert seed("a step without an output", 7).text == seed("a step without an output", 7).text
