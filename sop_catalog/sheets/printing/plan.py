"""Where everything of a form stands on its pages: rows, symbols, arrows and off-page connectors, in millimetres from
the upper left corner of each page's table. It draws nothing and knows no file format: PDF, DOCX and XLSX draw what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sop_catalog.sheets.form import Form, FormRow, Symbol
from sop_catalog.sheets.printing.paper import Paper, Widths

HEIGHTS: Final = {Symbol.TERMINATOR: 6.0, Symbol.PROCESS: 7.0, Symbol.DECISION: 10.0}
ABOVE: Final = 4.6
"""Above a symbol: room for arrows that come in from the side, and for the head of the arrow."""
ENTRY: Final = 2.9
"""So far above a symbol arrows come in from the side."""
BELOW: Final = 2.4
CHANNEL: Final = 1.7
"""Below a symbol, from one arrow that leaves sideways to the next."""
STRIP: Final = 11.0
"""At a page's end and beginning: room for off-page connectors."""
PADDING: Final = 1.3
"""Above and below the text of a cell."""
LETTER: Final = 1.15
"""About how wide a letter on an arrow is."""
SIDE_LABEL: Final = 22.0
"""How wide the words on an arrow that leaves sideways may be."""


@dataclass(frozen=True, slots=True)
class Said:
    """The words on an arrow, measured: at most `width` wide where it leaves sideways, `narrow` where it leaves below."""

    height: float = 0
    low: float = 0
    """Its height where it leaves below."""
    width: float = 0
    """How wide it really is, sideways."""
    narrow: float = 0
    """How wide it really is, below."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What only the typesetter knows: how high texts are."""

    head: float
    texts: Mapping[str, float]
    """Row → the height of its highest cell."""
    labels: Mapping[tuple[str, int], Said] = field(default_factory=dict)
    """(row, place of the way) → its words."""
    before: int = 1
    """How many pages the identity block takes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol on a page."""

    row: str
    symbol: Symbol
    x: float
    """Its middle."""
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow from corner to corner; its head is at the last of them."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    headed: bool = True
    way: int = 0
    """Which of the ways of its source it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on an arrow; `x` and `y` are its left, upper corner."""

    text: str
    x: float
    y: float
    width: float
    height: float
    right: bool = False
    """Whether its lines end at the right, beside the arrow."""


@dataclass(frozen=True, slots=True)
class Connector:
    """An off-page connector: where an arrow leaves a page or comes onto it. The letter is that of the row it leads to."""

    letter: str
    target: str
    x: float
    """Its middle."""
    y: float
    pages: tuple[int, ...]
    """Where the arrow goes on or comes from, counted as printed."""
    out: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A row on a page."""

    row: FormRow
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the table."""

    number: int
    """As printed: the identity block is page 1."""
    rows: tuple[Placed, ...]
    top: float
    """Where the rows begin: below the head and the strip."""
    bottom: float
    """Where they end; the strip below comes after it."""
    strip: float = STRIP
    """How high the strips are."""
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    words: tuple[Words, ...] = ()
    connectors: tuple[Connector, ...] = ()


@dataclass(frozen=True, slots=True)
class Port:
    """Where an arrow leaves its symbol: a side (-1, 1), or below (0) at `shift` from the middle, turning at `channel`."""

    side: int
    shift: float = 0
    channel: int = 0
    straight: bool = False
    """It runs down in the column without turning."""


@dataclass(frozen=True, slots=True)
class Need:
    """How much of a row its symbol and arrows need, from top to bottom."""

    height: float
    below: float


def ports(form: Form, widths: Widths) -> Mapping[tuple[str, int], Port]:
    """Choose for every way where it leaves its symbol: straight down where it can, else the side that its target lies on."""
    places = {each.id: at for at, each in enumerate(form.rows)}
    columns = columns_of(form)
    found: dict[tuple[str, int], Port] = {}
    for at, row in enumerate(form.rows):
        taken: set[int] = set()
        left = []
        for way, each in enumerate(row.ways):
            target = places.get(each.to)
            if target is None:
                continue
            same = columns[row.id] == columns[each.to]
            between = form.rows[at + 1 : target]
            if same and target > at and 0 not in taken and all(columns[one.id] != columns[each.to] for one in between):
                found[row.id, way] = Port(0, straight=True)
                taken.add(0)
            else:
                left.append((way, target))
        channel = 0
        for way, target in sorted(left, key=lambda each: (abs(each[1] - at), each[0])):
            own, other = columns[row.id], columns[form.rows[target].id]
            side = _side(own, other, back=target <= at, taken=taken, last=widths.count - 1)
            if own == other and not _has_room(row, way, side, own, widths) and -side not in taken:
                side = -side
            if side not in taken and _has_room(row, way, side, own, widths):
                taken.add(side)
                found[row.id, way] = Port(side)
                continue
            channel += 1
            shift = 0.0 if 0 not in taken else side * widths.symbol * (0.25 if channel < 3 else 0.13 * (channel - 2))  # noqa: PLR2004
            taken.add(0)
            found[row.id, way] = Port(0, shift, channel)
    return found


def _has_room(row: FormRow, way: int, side: int, column: int, widths: Widths) -> bool:
    """Whether the words on an arrow that leaves at a side do not come to lie on the text of another column."""
    wide = min(len(row.ways[way].label) * LETTER, SIDE_LABEL)
    inner = (widths.performer - widths.symbol) / 2 - 0.6
    if side < 0:
        return wide <= inner + column * widths.performer
    return row.symbol is Symbol.DECISION or wide <= inner + (widths.count - 1 - column) * widths.performer


def _side(own: int, other: int, *, back: bool, taken: set[int], last: int) -> int:
    """Left or right, as the target lies; in one's own column the side that is free, back up on the left."""
    if own != other:
        return 1 if other > own else -1
    wished = -1 if back else 1
    if own == 0 and last > 0:
        wished = 1
    if own == last and last > 0:
        wished = -1
    return wished if wished not in taken else -wished


def columns_of(form: Form) -> Mapping[str, int]:
    """Row → the place of its performer's column."""
    places = {each.key: at for at, each in enumerate(form.performers)}
    return {each.id: places.get(each.performer, 0) for each in form.rows}


def turns(
    row: FormRow, chosen: Mapping[tuple[str, int], Port], labels: Mapping[tuple[str, int], Said]
) -> Mapping[int, float]:
    """Way → how far below the symbol an arrow that leaves below turns aside; each below the words on the one before."""
    found: dict[int, float] = {}
    low = CHANNEL
    below = {way: port for way in range(len(row.ways)) if (port := chosen.get((row.id, way))) and port.channel}
    for way in sorted(below, key=lambda each: below[each].channel):
        found[way] = low
        said = labels.get((row.id, way), Said())
        low += CHANNEL if not said.low else said.low + 2.6
    return found


def need_of(row: FormRow, chosen: Mapping[tuple[str, int], Port], labels: Mapping[tuple[str, int], Said]) -> Need:
    """Tell how high a row must be for its symbol, and how much of that is below it."""
    below = BELOW
    above = ABOVE
    half = HEIGHTS[row.symbol] / 2
    turned = turns(row, chosen, labels)
    for way in range(len(row.ways)):
        port, said = chosen.get((row.id, way)), labels.get((row.id, way), Said())
        if port is None:
            continue
        if port.side == 0:
            below = max(below, turned.get(way, 0) + said.low + 2)
        else:
            above = max(above, said.height - half + 1.8)
    return Need(above + HEIGHTS[row.symbol] + below, below)


def paginate(
    form: Form, paper: Paper, measures: Measures, chosen: Mapping[tuple[str, int], Port], strip: float = STRIP
) -> tuple[Page, ...]:
    """Cut the rows into pages: as many on each as fit between its strips. A row that is higher than a page is cut off by nobody."""
    heights = {
        each.id: max(need_of(each, chosen, measures.labels).height, measures.texts.get(each.id, 0) + 2 * PADDING)
        for each in form.rows
    }
    pages: list[Page] = []
    left = list(form.rows)
    while left or not pages:
        top = measures.head + (strip if pages else 0)
        room = paper.tall - top
        if sum(heights[each.id] for each in left) > room:
            room -= strip
        count, used = 0, 0.0
        while count < len(left) and (not count or used + heights[left[count].id] <= room):
            used += heights[left[count].id]
            count += 1
        count = _not_alone(left, count)
        pages.append(replace(_page(len(pages) + measures.before + 1, left[:count], heights, top), strip=strip))
        left = left[count:]
    return tuple(pages)


def _not_alone(rows: Sequence[FormRow], count: int) -> int:
    """Take an end along with the step before it rather than leave it on a page of its own."""
    rest = rows[count:]
    alone = rest and all(each.symbol is Symbol.TERMINATOR for each in rest)
    return count - 1 if alone and count > 1 else count


def _page(number: int, rows: Sequence[FormRow], heights: Mapping[str, float], top: float) -> Page:
    placed, y = [], top
    for each in rows:
        placed.append(Placed(each, y, heights[each.id]))
        y += heights[each.id]
    return Page(number, tuple(placed), top, y)
