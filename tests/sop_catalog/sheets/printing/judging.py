"""What must hold of every page that a form is laid out on; each fault is told as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sop_catalog.sheets.printing.measuring import Planned
from sop_catalog.sheets.printing.plan import Line, Mark, Page
from sop_catalog.sheets.printing.routes import CONNECTOR

Segment = tuple[tuple[float, float], tuple[float, float]]


def faults(whole: Planned) -> list[str]:
    """Every fault of a layout."""
    found = [*_connectors(whole), *_ways(whole)]
    for page in whole.pages:
        found += [
            f"page {page.number}: {each}"
            for each in (*_lines(page), *_overlaps(page), *_room(page, whole), *_words(page, whole))
        ]
    return found


def segments(line: Line) -> list[Segment]:
    """The straight parts of an arrow."""
    return list(zip(line.points, line.points[1:], strict=False))


def _lines(page: Page) -> Iterator[str]:
    for line in page.lines:
        for (x, y), (to_x, to_y) in segments(line):
            if x != to_x and y != to_y:
                yield f"{line.source} → {line.target} is not orthogonal"
        for mark in page.marks:
            if any(_through(mark, each) for each in segments(line)):
                yield f"{line.source} → {line.target} runs through {mark.row}"


def _through(mark: Mark, segment: Segment) -> bool:
    (x, y), (to_x, to_y) = segment
    left, right = mark.x - mark.width / 2 + 0.1, mark.x + mark.width / 2 - 0.1
    top, bottom = mark.y - mark.height / 2 + 0.1, mark.y + mark.height / 2 - 0.1
    if mark.symbol.value == "decision":
        left, right = mark.x - mark.width / 8, mark.x + mark.width / 8
        top, bottom = mark.y - mark.height / 8, mark.y + mark.height / 8
    return min(x, to_x) < right and max(x, to_x) > left and min(y, to_y) < bottom and max(y, to_y) > top


def _overlaps(page: Page) -> Iterator[str]:
    """Arrows that lie on each other though neither begin nor end is the same."""
    for at, one in enumerate(page.lines):
        for other in page.lines[at + 1 :]:
            if one.target == other.target or (one.source and one.source == other.source):
                continue
            if any(_lies_on(mine, yours) for mine in segments(one) for yours in segments(other)):
                yield f"{one.source} → {one.target} lies on {other.source} → {other.target}"


def _lies_on(one: Segment, other: Segment) -> bool:
    for axis in (0, 1):
        across = 1 - axis
        level = one[0][across] == one[1][across] and other[0][across] == other[1][across]
        if level and abs(one[0][across] - other[0][across]) < 0.2:
            first = max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
            last = min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
            if last - first > 0.5:
                return True
    return False


def _room(page: Page, whole: Planned) -> Iterator[str]:
    bottom = page.bottom if page is whole.pages[-1] else page.bottom + page.strip
    if bottom > whole.paper.tall + 0.1:
        yield f"what is drawn ends at {bottom:.1f}, the paper at {whole.paper.tall:.1f}"
    wide = sum(whole.widths.all)
    for line in page.lines:
        if any(not (0 <= x <= wide and 0 <= y <= whole.paper.tall) for x, y in line.points):
            yield f"{line.source} → {line.target} leaves the paper"
    for each in page.connectors:
        if not CONNECTOR[0] / 2 - 0.1 <= each.x <= wide - CONNECTOR[0] / 2 + 0.1:
            yield f"connector {each.letter} leaves the paper"
    for one, other in pairwise(sorted(page.connectors, key=lambda each: (each.y, each.x))):
        if one.y == other.y and other.x - one.x < CONNECTOR[0] + 0.5:
            yield f"connector {one.letter} lies on {other.letter}"


def _words(page: Page, whole: Planned) -> Iterator[str]:
    """Words on arrows hide no symbol, no other words and no text, and stand by their row."""
    boxes = [(each.text, each.x, each.y, each.x + each.width, each.y + each.height) for each in page.words]
    marks = [(each.row, *_box(each)) for each in page.marks]
    for at, (text, *box) in enumerate(boxes):
        for other, *its in (*marks, *boxes[at + 1 :]):
            if box[0] < its[2] and box[2] > its[0] and box[1] < its[3] and box[3] > its[1]:
                yield f"“{text}” lies on {other}"
        if box[0] < whole.widths.first:
            yield f"“{text}” lies over the column Kegiatan"
        for row in page.rows:
            beside = box[1] < row.y + row.height and box[3] > row.y
            if beside and row.row.requirements and box[2] > whole.widths.last + 0.5:
                yield f"“{text}” lies over what {row.row.id} requires"


def _box(mark: Mark) -> tuple[float, float, float, float]:
    return mark.x - mark.width / 2, mark.y - mark.height / 2, mark.x + mark.width / 2, mark.y + mark.height / 2


def _connectors(whole: Planned) -> Iterator[str]:
    """Each arrow that leaves a page comes onto the page that it names, and says from where."""
    pages = {each.number: each for each in whole.pages}
    for page in whole.pages:
        for each in page.connectors:
            for number in each.pages:
                others = [one for one in pages[number].connectors if one.letter == each.letter and one.out != each.out]
                if not any(page.number in one.pages for one in others):
                    yield f"connector {each.letter} of page {page.number} has nothing on page {number}"
            down = all(number > page.number for number in each.pages)
            if (each.y > page.bottom) != down:
                yield f"connector {each.letter} of page {page.number} stands at the wrong end"


def _ways(whole: Planned) -> Iterator[str]:
    """Every way of the form is drawn from its symbol, and every target reached on its page."""
    page_of = {each.row.id: page for page in whole.pages for each in page.rows}
    for row in whole.form.rows:
        for way in row.ways:
            if not any(line.source == row.id and line.target == way.to for line in page_of[row.id].lines):
                yield f"{row.id} → {way.to} does not leave"
            there = page_of[way.to]
            mark = next(each for each in there.marks if each.row == way.to)
            end = (round(mark.x, 3), round(mark.y - mark.height / 2, 3))
            if not any(line.target == way.to and line.points[-1] == end for line in there.lines):
                yield f"{row.id} → {way.to} does not arrive"
