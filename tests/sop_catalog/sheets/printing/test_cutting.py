"""An arrow in a word processor is cut where rows end: its parts are the whole arrow, each in its row, one with the head."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sop_catalog.sheets.printing.measuring import planned
from sop_catalog.sheets.printing.plan import Line, Page
from sop_catalog.sheets.printing.shapes import Points, cut
from tests.sop_catalog.sheets.printing.shapes import SHAPES


def long(points: Points) -> float:
    return sum(abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(points))


def bands(page: Page) -> list[tuple[float, float]]:
    """The rows of a page's table with its strips, from top to bottom."""
    rows = [(each.y, each.y + each.height) for each in page.rows]
    return [(page.top - page.strip, page.top), *rows, (page.bottom, page.bottom + page.strip)]


def parts(line: Line, page: Page) -> list[tuple[Points, bool]]:
    return [part for top, bottom in bands(page) for part in cut(line, top, bottom)]


@pytest.mark.parametrize("name", ["loops", "ladder", "many-decisions", "crowded"])
def test_the_parts_of_every_arrow_are_the_whole_arrow(name: str) -> None:
    pages = planned([SHAPES[name]()])[0].pages

    for page in pages:
        for line in page.lines:
            cuts = parts(line, page)
            assert sum(long(points) for points, _ in cuts) == pytest.approx(long(line.points), abs=0.01), line
            assert sum(headed for _, headed in cuts) == line.headed, line


@pytest.mark.parametrize("name", ["loops", "ladder", "many-decisions", "crowded"])
def test_no_part_leaves_its_row(name: str) -> None:
    for page in planned([SHAPES[name]()])[0].pages:
        for top, bottom in bands(page):
            heights = [y for line in page.lines for points, _ in cut(line, top, bottom) for _, y in points]
            assert all(top - 0.01 <= y <= bottom + 0.01 for y in heights)
