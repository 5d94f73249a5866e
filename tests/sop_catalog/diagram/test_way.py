"""A way drawn over a picture: numbers where things happen, thick arrows, a cross, and the words below."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from engine.domain.finding import Finding
from engine.notation import Definitions, read
from sop_catalog.diagram.way import draw_way
from sop_catalog.rules import comes_to_an_end
from sop_catalog.rules.view import View

BAD = Path(__file__).parents[2] / "drawings" / "rules" / "comes-to-an-end" / "bad.bpmn"


@cache
def bad() -> tuple[Definitions, Finding]:
    drawing = read(BAD.read_bytes())
    [process] = (each for each in drawing.processes if each.nodes)
    [found] = comes_to_an_end.check(View(drawing, process, {process.id: drawing}))
    return drawing, found


def test_every_part_of_the_way_is_numbered_and_said() -> None:
    drawing, found = bad()

    svg = draw_way(drawing, found)

    assert re.findall(r'font-weight="700" fill="#FFFFFF" text-anchor="middle">([^<]+)<', svg) == ["1", "2", "3", "4"]
    assert [str(each.said) in svg for each in found.way] == [True] * 4
    assert svg.endswith("✕ “temu”: token left behind</text>\n</svg>\n")


def test_the_arrows_gone_over_are_drawn_thick_and_no_others() -> None:
    drawing, found = bad()
    gone = {each for leg in found.way for each in leg.elements}
    arrows = {flow.id for process in drawing.processes for flow in process.flows}

    svg = draw_way(drawing, found)

    assert svg.count('stroke-width="5"') == len(arrows & gone) < len(arrows)
    assert svg.count('stroke="#FFFFFF" stroke-width="3"') == 1
