"""Where the words on arrows stand: of several places beside its arrow, each takes the one that hides the least. They lie on
no symbol, on no other words and on no text of the table; where they must, they lie over an arrow, which is then interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sop_catalog.sheets.form import FormRow
from sop_catalog.sheets.printing.paper import Widths
from sop_catalog.sheets.printing.plan import Line, Page, Said, Words

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_ABOVE: Final = 0.9
"""From the words to the arrow below or above them."""
_BESIDE: Final = 0.6
_STEP: Final = 3.0
"""How far along its arrow the next place is."""
_HIDES: Final = 1000.0
_OVER_LINE: Final = 8.0
_OVER_OWN: Final = 5.0
_OTHER_ROW: Final = 6.0
_FURTHER: Final = 0.25
"""What each millimetre away from the symbol costs."""


def place(page: Page, labels: Mapping[tuple[str, int], Said], widths: Widths) -> tuple[Words, ...]:
    """Set the words on all arrows that begin on a page."""
    rows = {each.row.id: each for each in page.rows}
    marks = [_box_of_mark(each.x, each.y, each.width, each.height) for each in page.marks]
    own = [each for each in page.lines if each.source in rows and rows[each.source].row.ways[each.way].label]
    chosen: dict[int, tuple[Box, bool]] = {}
    for _ in range(2):
        for at, line in enumerate(own):
            said = labels.get((line.source, line.way), Said())
            others = [box for other, (box, _) in chosen.items() if other != at]
            placed = rows[line.source]
            room = (placed.y, placed.y + placed.height)

            def cost(
                candidate: tuple[float, Box, bool],
                line: Line = line,
                others: Sequence[Box] = others,
                room: tuple[float, float] = room,
            ) -> float:
                far, box, _ = candidate
                hidden = sum(_meet(box, each) for each in (*marks, *others)) + _over_texts(box, page, widths)
                crossed = sum(_crossed(box, each) * (_OVER_OWN if each is line else _OVER_LINE) for each in page.lines)
                outside = max(room[0] - box[1], 0) + max(box[3] - room[1], 0)
                return hidden * _HIDES + crossed + outside * _OTHER_ROW + far * _FURTHER

            _, box, wide = min(_places(line, said), key=cost)
            chosen[at] = box, wide
    return tuple(
        Words(rows[line.source].row.ways[line.way].label, box[0], box[1], box[2] - box[0], box[3] - box[1])
        for line, (box, _) in zip(own, (chosen[at] for at in range(len(own))), strict=True)
    )


def _places(line: Line, said: Said) -> Iterator[tuple[float, Box, bool]]:
    """Places beside the first two straight parts of an arrow: how far along, where, and whether on few lines."""
    begun = 0.0
    for (x, y), (to_x, to_y) in list(zip(line.points, line.points[1:], strict=False))[:3]:
        long = abs(to_x - x) + abs(to_y - y)
        for wide in (False, True):
            width, height = (said.width, said.height) if wide else (said.narrow, said.low)
            if wide and said.width <= said.narrow:
                continue
            for far in _steps(long if y != to_y else max(long - width, 0)):
                if y == to_y:
                    left = x + 0.5 + far if to_x > x else x - 0.5 - far - width
                    tops = (y - height - _ABOVE, y + _ABOVE)
                    yield from (
                        (begun + far + 0.5 * at, (left, top, left + width, top + height), wide)
                        for at, top in enumerate(tops)
                    )
                else:
                    top = y + 0.7 + far if to_y > y else y - 0.7 - far - height
                    lefts = (x + _BESIDE, x - _BESIDE - width)
                    yield from (
                        (begun + far + 0.5 * at, (left, top, left + width, top + height), wide)
                        for at, left in enumerate(lefts)
                    )
        begun += long


def _steps(long: float) -> Iterator[float]:
    far = 0.0
    while far <= min(long, 40):
        yield far
        far += _STEP


def _box_of_mark(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _crossed(box: Box, line: Line) -> int:
    """How many straight parts of an arrow run through a box."""
    left, top, right, bottom = box
    return sum(
        min(x, to_x) < right and max(x, to_x) > left and min(y, to_y) < bottom + 0.3 and max(y, to_y) > top - 0.3
        for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False)
    )


def _over_texts(box: Box, page: Page, widths: Widths) -> int:
    """Whether words lie over the columns left or right of the performers where something is written, or out of the rows."""
    out = box[1] < page.top - 0.1 or box[3] > page.bottom + 0.1
    if box[0] < widths.first + 0.2:
        return 2
    if box[2] > widths.last - 0.2:
        return (
            1 + out
            if any(_written(each.row) and each.y < box[3] and each.y + each.height > box[1] for each in page.rows)
            else out
        )
    return int(out)


def _written(row: FormRow) -> bool:
    return bool(row.requirements)
