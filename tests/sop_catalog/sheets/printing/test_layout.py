"""What a printed form looks like, whatever its shape: arrows past symbols, words on nothing, connectors in pairs, all on the paper."""

from __future__ import annotations

import pytest

from engine.notation import examine
from sop_catalog.sheets.form import Form
from sop_catalog.sheets.forming import form_of
from sop_catalog.sheets.printing import write_pdf
from sop_catalog.sheets.printing.measuring import planned
from sop_catalog.sheets.printing.paper import A4, F4, Paper
from sop_catalog.sheets.shelf import Shelf
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.sop_catalog.exchange.foreign_tools import TOOLS
from tests.sop_catalog.sheets.printing.forms import a_form
from tests.sop_catalog.sheets.printing.judging import faults
from tests.sop_catalog.sheets.printing.shapes import SHAPES
from web.version import ROOT

SHELF = Shelf(ROOT / "bpmn")
REAL = ["c2-m16", "c3-m01-06", "c3-m15", "c3-m15-05", "c3-m16-01", "p-c3-01", "p-c3-05", "s11-m03-06"]
BOTH = pytest.mark.parametrize("paper", [F4, A4], ids=["f4", "a4"])


def printed(code: str) -> Form:
    drawing = SHELF.drawing(code)
    assert drawing is not None
    return form_of(drawing, titles=SHELF.titles_for(drawing))


@BOTH
def test_no_shape_has_a_fault_of_layout(paper: Paper) -> None:
    laid_out = planned([made() for made in SHAPES.values()], paper)

    assert {name: found for name, each in zip(SHAPES, laid_out, strict=True) if (found := faults(each))} == {}


def test_a_text_that_does_not_fit_stands_whole_in_the_annex() -> None:
    form = SHAPES["long-texts"]()
    long = next(each.output for each in form.rows if each.id == "l3")

    annex = {each.title: each.text for each in planned([form])[0].annex}

    assert annex["Langkah 3, kolom Output"] == long


@BOTH
def test_no_form_made_by_rule_has_a_fault_of_layout(paper: Paper) -> None:
    forms = [a_form(posts, steps, seed=posts) for posts in (1, 2, 3, 5, 8, 12) for steps in (1, 4, 12, 40)]

    laid_out = planned(forms, paper)

    assert {each.form.title: found for each in laid_out if (found := faults(each))} == {}


def test_diagrams_of_the_catalogue_have_no_fault_of_layout() -> None:
    forms = [printed(each) for each in REAL]

    laid_out = planned(forms)

    assert {each.form.code: found for each in laid_out if (found := faults(each))} == {}


@pytest.mark.long
@BOTH
def test_no_diagram_of_the_catalogue_has_a_fault_of_layout(paper: Paper) -> None:
    laid_out = planned([printed(each) for each in SHELF.files], paper)

    assert {each.form.code: found for each in laid_out if (found := faults(each))} == {}


@pytest.mark.long
def test_what_other_tools_drew_is_printed() -> None:
    drawings = [drawn for each in {**FOREIGN, **TOOLS}.values() if (drawn := examine(each).definitions)]

    laid_out = planned([form_of(drawn, code=each.id) for drawn in drawings for each in drawn.processes])

    assert len(laid_out) > 30
    assert [found for each in laid_out if (found := faults(each))] == []
    assert [each.form.code for each in laid_out if not write_pdf(each.form).startswith(b"%PDF")] == []
