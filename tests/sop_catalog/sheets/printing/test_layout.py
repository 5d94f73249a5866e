"""What a printed form looks like, whatever its shape: arrows past symbols, words on nothing, connectors in pairs, all on the paper."""

from __future__ import annotations

import pytest

from sop_catalog.sheets.printing.measuring import planned
from sop_catalog.sheets.printing.paper import A4, F4, Paper
from tests.sop_catalog.sheets.printing.forms import a_form
from tests.sop_catalog.sheets.printing.judging import faults
from tests.sop_catalog.sheets.printing.shapes import SHAPES

BOTH = pytest.mark.parametrize("paper", [F4, A4], ids=["f4", "a4"])


@BOTH
def test_no_shape_has_a_fault_of_layout(paper: Paper) -> None:
    laid_out = planned([made() for made in SHAPES.values()], paper)

    assert {name: found for name, each in zip(SHAPES, laid_out, strict=True) if (found := faults(each))} == {}


@BOTH
def test_no_form_made_by_rule_has_a_fault_of_layout(paper: Paper) -> None:
    forms = [a_form(posts, steps, seed=posts) for posts in (1, 2, 3, 5, 8, 12) for steps in (1, 4, 12, 40)]

    laid_out = planned(forms, paper)

    assert {each.form.title: found for each in laid_out if (found := faults(each))} == {}
