"""Of no drawing in the house does anything internal stay in what the public gets of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from engine.notation import read, write
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.portal import public_form, public_paper, standard_of, strip
from sop_catalog.registers import posts
from tests.shipped import BPMN, FILES, SHARE
from tests.sop_catalog.portal.marking import MARK, marked

TITLES = {each.code: each.name for each in posts()}


def given_away(file: Path) -> str:
    """All that goes out of one drawing with a mark in everything internal, in one text."""
    drawing = marked(read(file.read_bytes()))
    code = next(each.id for each in drawing.processes if each.nodes)
    process = drawing.process(code)
    assert process is not None
    stripped = strip(drawing, code, TITLES)
    activities = {each.element: each for each in read_activities(drawing)}
    sheet = read_procedure(process).sheet
    table = public_form(stripped, activities, code, {})
    paper = public_paper(stripped, sheet, table, code, {}, date(2026, 11, 18), "")
    bpmn = write(stripped.definitions).decode()
    return bpmn + draw_svg(stripped.definitions) + repr((table, paper, standard_of(sheet, table)))


def test_nothing_internal_of_a_drawing_goes_out() -> None:
    assert [each.name for each in SHARE if MARK in given_away(each)] == []


@pytest.mark.long
def test_nothing_internal_of_the_whole_catalogue_goes_out() -> None:
    assert [each.name for each in FILES if MARK in given_away(each)] == []


def test_what_is_drawn_stays_to_be_seen() -> None:
    (file,) = BPMN.rglob("s11-m03-04-*.bpmn")

    out = given_away(file)

    assert all(each in out for each in ("Menerima permohonan", "Petugas Layanan Pengaduan", "Permohonan tercatat"))


@pytest.mark.parametrize(("time", "shown"), [("PT72H", True), (f'tenggat("{MARK}")', False)])
def test_a_time_is_seen_where_no_fact_decides_it(time: str, shown: bool) -> None:
    (file,) = BPMN.rglob("s11-m03-04-*.bpmn")
    timed = re.sub(r"(<bpmn:timeDuration[^>]*>)[^<]*", rf"\g<1>{time}", file.read_text(encoding="utf-8"))

    out = write(strip(read(timed.encode()), "s11-m03-04", TITLES).definitions).decode()

    assert timed.count(time) > 0
    assert ((time in out), MARK in out) == (shown, False)


def test_a_called_sop_is_named_only_where_it_may_be_seen_too() -> None:
    (file,) = BPMN.rglob("s11-m03-[a-z]*.bpmn")
    drawing = read(file.read_bytes())

    none, one = (write(strip(drawing, "s11-m03", TITLES, shown).definitions) for shown in ((), ("s11-m03-04",)))

    assert re.findall(rb'calledElement="([^"]*)"', none) == []
    assert {*re.findall(rb'calledElement="([^"]*)"', one)} == {b"s11-m03-04"}
