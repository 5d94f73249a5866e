"""A drawing as SVG: everything is there, nothing that was written becomes markup, and a case's state is shown."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from engine.domain.release import Performer
from engine.notation import Definitions, Lookup
from sop_catalog.diagram.drawing import State, draw_svg
from sop_catalog.procedure import Procedure
from sop_catalog.sheets.draw import draw
from sop_catalog.sheets.table import Catch, Exit, GroupRow, LaneRow, PoolRow, StepRow, Table

EVIL = '<script>alert("&")</script>'


def drawing(name: str = "Memeriksa berkas") -> Definitions:
    steps = (
        StepRow(
            "a",
            "user",
            name,
            "p",
            talks_to="luar",
            question=name,
            exits=(Exit("b", "ya", label=name), Exit("end", "tidak")),
        ),
        StepRow("b", "call", "Pemesanan", "p", group="g", calls="c3-m01-01", catches=(Catch("timer", "PT3H", "b"),)),
    )
    lane = LaneRow("p", Performer("psikolog"), name)
    pools, groups = (PoolRow("luar", name),), (GroupRow("g", name),)
    return draw(Table(Procedure("c3-m05-91", name), (lane,), steps, pools=pools, groups=groups))


def test_every_shape_and_line_is_shown() -> None:
    drawn = drawing()

    shown = {each.get("data-element") for each in ET.fromstring(draw_svg(drawn)).iter()}  # noqa: S314 - our own
    plane = drawn.diagrams[0].plane
    assert {each.element for each in plane.shapes} | {each.element for each in plane.edges} <= shown


def test_what_was_written_never_becomes_markup() -> None:
    text = draw_svg(drawing(EVIL))

    assert "<script" not in text
    assert 'onload="' not in text
    ET.fromstring(text)  # noqa: S314 - our own


def test_it_needs_no_style_sheet_and_no_script() -> None:
    text = draw_svg(drawing())

    assert "<style" not in text
    assert " style=" not in text


@pytest.mark.parametrize("state", State)
def test_a_state_is_said_by_class_and_by_looks(state: State) -> None:
    plain = draw_svg(drawing())

    shown = draw_svg(drawing(), {"a": state})

    assert f'class="UserTask {state}"' in shown
    assert len(shown) > len(plain)


def test_a_drawing_without_a_picture_is_refused() -> None:
    bare = replace(drawing(), diagrams=())

    with pytest.raises(ValueError, match="a picture"):
        draw_svg(bare)


def test_the_picture_has_the_titles_that_a_screen_reader_needs() -> None:
    root = ET.fromstring(draw_svg(drawing("Memeriksa")))  # noqa: S314 - our own

    titles = {each.text for each in root.iter("{http://www.w3.org/2000/svg}title")}
    assert root.get("role") == "img"
    assert "Memeriksa" in titles


def test_every_named_node_keeps_its_name_in_the_picture() -> None:
    drawn = drawing()

    text = draw_svg(drawn)

    assert Lookup(drawn).find("a") is not None
    assert "Pemesanan" in text
