"""Where the words on arrows stand: of several places beside its arrow, each takes the one that hides the least. They lie on
no symbol, on no other words and on no text of the table; where they must, they lie over an arrow, which is then interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sop_catalog.sheets.printing.paper import Widths
from sop_catalog.sheets.printing.plan import Line, Page, Placed, Said, Words

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_ABOVE: Final = 0.9
"""From the words to the arrow below or above them."""
_BESIDE: Final = 0.6
_APART: Final = 0.7
"""From words to other words."""
_STEP: Final = 3.0
"""How far along its arrow the next place is."""
_FAR: Final = 40.0
_HIDES: Final = 1000.0
_OVER_LINE: Final = 8.0
_OVER_OWN: Final = 5.0
_OTHER_ROW: Final = 6.0
"""What each millimetre in another row costs."""
_FURTHER: Final = 0.25
"""What each millimetre away from the symbol costs."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Somewhere beside an arrow, so many millimetres from where it begins."""

    far: float
    box: Box
    right: bool


def place(page: Page, labels: Mapping[tuple[str, int], Said], widths: Widths) -> tuple[Words, ...]:
    """Set the words on all arrows that begin on a page."""
    rows = {each.row.id: each for each in page.rows}
    marks = [
        (each.x - each.width / 2, each.y - each.height / 2, each.x + each.width / 2, each.y + each.height / 2)
        for each in page.marks
    ]
    own = [each for each in page.lines if each.source in rows and rows[each.source].row.ways[each.way].label]
    chosen: dict[int, _Place] = {}
    for _ in range(2):  # the second time, all others have their places
        for at, line in enumerate(own):
            taken = [*marks, *(_wider(each.box) for other, each in chosen.items() if other != at)]
            found = list(_places(line, labels.get((line.source, line.way), Said())))
            costs = [
                _cost(each, line, rows[line.source], page, taken) + _HIDES * _over_texts(each.box, page, widths)
                for each in found
            ]
            chosen[at] = found[costs.index(min(costs))]
    return tuple(_words(rows[line.source].row.ways[line.way].label, chosen[at]) for at, line in enumerate(own))


def _words(text: str, there: _Place) -> Words:
    left, top, right, bottom = there.box
    return Words(text, left, top, right - left, bottom - top, right=there.right)


def _cost(there: _Place, line: Line, row: Placed, page: Page, taken: Sequence[Box]) -> float:
    """What words there would spoil."""
    hidden = sum(_meet(there.box, each) for each in taken)
    crossed = sum(_crossed(there.box, each) * (_OVER_OWN if each is line else _OVER_LINE) for each in page.lines)
    outside = max(row.y - there.box[1], 0) + max(there.box[3] - row.y - row.height, 0)
    return hidden * _HIDES + crossed + outside * _OTHER_ROW + there.far * _FURTHER


def _places(line: Line, said: Said) -> Iterator[_Place]:
    """Places beside the first straight parts of an arrow, with the words on many lines or on few."""
    sizes = dict.fromkeys(((said.narrow, said.low), (said.width, said.height)))
    begun = 0.0
    for (x, y), (to_x, to_y) in list(zip(line.points, line.points[1:], strict=False))[:3]:
        for width, height in sizes:
            beside = _level(x, y, to_x, width, height) if y == to_y else _upright(x, y, to_y, width, height)
            for far, left, top, right in beside:
                yield _Place(begun + far, (left, top, left + width, top + height), right)
        begun += abs(to_x - x) + abs(to_y - y)


def _level(x: float, y: float, to_x: float, width: float, height: float) -> Iterator[tuple[float, float, float, bool]]:
    """Above and below a level part."""
    for far in _steps(max(abs(to_x - x) - width, 0)):
        left = x + 0.5 + far if to_x > x else x - 0.5 - far - width
        yield far, left, y - height - _ABOVE, to_x < x
        yield far + 0.5, left, y + _ABOVE, to_x < x


def _upright(
    x: float, y: float, to_y: float, width: float, height: float
) -> Iterator[tuple[float, float, float, bool]]:
    """Right and left of an upright part."""
    for far in _steps(abs(to_y - y)):
        top = y + 0.7 + far if to_y > y else y - 0.7 - far - height
        yield far, x + _BESIDE, top, False
        yield far + 0.5, x - _BESIDE - width, top, True


def _steps(long: float) -> Iterator[float]:
    far = 0.0
    while far <= min(long, _FAR):
        yield far
        far += _STEP


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _wider(box: Box) -> Box:
    return box[0] - _APART, box[1] - _APART, box[2] + _APART, box[3] + _APART


def _crossed(box: Box, line: Line) -> int:
    """How many straight parts of an arrow run through a box."""
    left, top, right, bottom = box[0] - 0.3, box[1] - 0.3, box[2] + 0.3, box[3] + 0.3
    return sum(
        min(x, to_x) < right and max(x, to_x) > left and min(y, to_y) < bottom and max(y, to_y) > top
        for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False)
    )


def _over_texts(box: Box, page: Page, widths: Widths) -> int:
    """Whether words lie out of the rows, or over the columns beside the performers' where something is written."""
    out = box[1] < page.top - 0.1 or box[3] > page.bottom + 0.1
    if box[0] < widths.first + 0.2:
        return 2 + out
    beside = (each for each in page.rows if each.y < box[3] and each.y + each.height > box[1])
    return out + (box[2] > widths.last - 0.2 and any(each.row.requirements for each in beside))
