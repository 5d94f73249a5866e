"""What stands in a group that is drawn closed need not be drawn, however deep."""

from __future__ import annotations

import pytest

from engine.notation import Bounds, Definitions, Diagram, Plane, Process, Shape, SubProcess, UserTask
from sop_catalog.rules.layout_drawn_once import check
from sop_catalog.rules.view import View

BOX = Bounds(0, 0, 100, 80)


@pytest.mark.parametrize(("expanded", "lacking"), [(False, set()), (True, {"langkah", "dalam", "isi"})])
def test_only_what_an_open_group_holds_is_missed_in_the_picture(expanded: bool, lacking: set[str]) -> None:
    inner = SubProcess(id="dalam", nodes=(UserTask(id="isi"),))
    outer = SubProcess(id="luar", nodes=(UserTask(id="langkah"), inner))
    plane = Plane(element="p", shapes=(Shape(id="s", element="luar", bounds=BOX, is_expanded=expanded),))
    process = Process(id="p", nodes=(outer,))
    drawing = Definitions(id="d", processes=(process,), diagrams=(Diagram(id="b", plane=plane),))

    found = {each.element for each in check(View(drawing, process))}

    assert found == lacking
