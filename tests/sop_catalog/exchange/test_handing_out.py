"""What goes out: the catalogue as zip, register and JSON, and one SOP as a picture."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from engine.notation import read
from sop_catalog.exchange.exporting import Exported, as_json, as_xlsx, as_zip
from sop_catalog.exchange.pictures import png_of, svg_of


@cache
def catalogue() -> tuple[Exported, ...]:
    files = sorted(Path("bpmn").rglob("c3-m0*.bpmn"))[:6]
    return tuple(
        Exported(read(each.read_bytes()).processes[0].id, each.read_bytes(), read(each.read_bytes())) for each in files
    )


def test_the_zip_holds_every_drawing_as_it_is_at_its_place() -> None:
    with zipfile.ZipFile(io.BytesIO(as_zip(catalogue()))) as archive:
        held = {archive.read(name) for name in archive.namelist()}
        places = {name.split("/")[1] for name in archive.namelist()}

    assert held == {each.text for each in catalogue()}
    assert places == {"core"}


@pytest.mark.parametrize("form", [as_zip, as_json, as_xlsx])
def test_the_same_catalogue_gives_the_same_bytes(form: object) -> None:
    assert callable(form)
    assert form(catalogue()) == form(reversed(catalogue()))


def test_the_register_has_a_row_for_each_procedure_and_each_step() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(catalogue())))

    procedures, steps = (book.get_sheet_by_name(name).to_python() for name in ("SOP", "Langkah"))
    assert [row[0] for row in procedures[1:]] == sorted(each.code for each in catalogue())
    assert len(steps) - 1 == sum(len(each.steps) for each in catalogue())


def test_the_register_says_times_and_laws_as_the_sheet_does() -> None:
    source = catalogue()[-1]
    text = re.sub(rb'clock="[a-z-]+"', b'clock="consecutive-days"', source.text)

    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx([Exported(source.code, text, read(text))])))

    times = [str(row[5]) for row in book.get_sheet_by_name("Langkah").to_python()]
    assert any(each.endswith("hari berturut-turut") for each in times)


def test_the_json_says_who_does_what_in_which_time() -> None:
    told = json.loads(as_json(catalogue()))

    step = next(s for p in told["procedures"] for s in p["steps"] if s["allowance"])
    assert (told["shape"], told["count"]) == ("lajur-catalogue/1", len(catalogue()))
    assert {"post", "office"} == set(step["performer"])
    assert {"amount", "clock", "basis"} == set(step["allowance"])


def test_a_drawing_becomes_a_png_of_its_size_without_a_browser() -> None:
    svg = svg_of(catalogue()[0].definitions)

    png = png_of(svg)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] > 300
