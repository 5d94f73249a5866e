"""Leads the arrows of a form over its pages: orthogonally, from symbol to symbol, over an off-page connector wherever an
arrow crosses the end of a page. Arrows to the same row run together; others never lie on each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sop_catalog.sheets.form import Form, Symbol
from sop_catalog.sheets.printing.labels import place
from sop_catalog.sheets.printing.paper import Paper, Widths
from sop_catalog.sheets.printing.plan import (
    ENTRY,
    HEIGHTS,
    STRIP,
    Connector,
    Line,
    Mark,
    Measures,
    Page,
    Port,
    columns_of,
    need_of,
    paginate,
    ports,
    turns,
)

CONNECTOR: Final = (5.5, 5.5)
"""How wide and high an off-page connector is."""
SLOT: Final = 13.0
"""From one off-page connector to the next: there are page numbers under or above each."""
BESIDE: Final = 2.9
"""How much of the strip the page numbers take."""
LEVEL: Final = 0.85
"""From one arrow to the next where they turn towards their connectors."""
HIGHEST: Final = 24.0
"""How high a strip may become where many arrows cross the end of a page."""
TRACK: Final = 1.3
"""From one arrow to the next between two columns."""


def plan(form: Form, paper: Paper, widths: Widths, measures: Measures) -> tuple[Page, ...]:
    """Lay a form out on pages."""
    chosen = ports(form, widths)
    strip, pages = STRIP, paginate(form, paper, measures, chosen)
    while True:
        router = _Router(form, widths, measures, chosen, pages)
        drawn = tuple(router.draw(each) for each in pages)
        if router.strip <= strip or strip >= HIGHEST:
            return drawn
        strip = min(router.strip, HIGHEST)
        pages = paginate(form, paper, measures, chosen, strip)


@dataclass(frozen=True, slots=True)
class _Way:
    """A part of an arrow on one page. `source` is None where it comes over a connector, `target` where it leaves over one."""

    source: str | None
    way: int
    to: str
    target: str | None
    up: bool


class _Lanes:
    """Who runs where between the rows of a page: middles of columns and tracks beside them."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, int, int], list[tuple[float, float, str]]] = defaultdict(list)

    def free(self, kind: str, at: int, track: int, span: tuple[float, float], to: str) -> bool:
        """Whether nobody with another target runs there."""
        first, last = span
        taken = self._taken[kind, at, track]
        return all(who == to or last < begins - 0.8 or first > ends + 0.8 for begins, ends, who in taken)

    def shared(self, kind: str, at: int, track: int, to: str) -> bool:
        """Whether somebody with the same target runs there."""
        return any(who == to for _, _, who in self._taken[kind, at, track])

    def take(self, kind: str, at: int, track: int, span: tuple[float, float], to: str) -> None:
        """Note that somebody runs there."""
        self._taken[kind, at, track].append((*span, to))


class _Router:
    def __init__(
        self,
        form: Form,
        widths: Widths,
        measures: Measures,
        chosen: Mapping[tuple[str, int], Port],
        pages: Sequence[Page],
    ) -> None:
        self.form = form
        self.widths = widths
        self.labels = measures.labels
        self.chosen = chosen
        self.columns = columns_of(form)
        self.page_of = {each.row.id: page.number for page in pages for each in page.rows}
        self.rows = {each.id: each for each in form.rows}
        self.marks = {each.row.id: self._mark(each.row.id, each.y, each.height) for page in pages for each in page.rows}
        self.letters = self._letters()
        self.strip = STRIP
        """How high the strips must be for all that turns in them."""

    def draw(self, page: Page) -> Page:
        """Add everything drawn to a page."""
        self.lanes = _Lanes()
        lines: list[Line] = []
        ends: dict[tuple[str, bool], list[Line]] = defaultdict(list)
        for each in self._ways(page):
            line = self._line(each, page)
            if each.source is not None and each.target is not None:
                lines.append(line)
            else:
                ends[each.to, each.source is not None].append(line)
        connectors, joined = self._connectors(page, ends)
        marks = tuple(self.marks[each.row.id] for each in page.rows)
        drawn = replace(page, marks=marks, lines=(*lines, *joined), connectors=connectors)
        return replace(drawn, words=place(drawn, self.labels, self.widths))

    def _mark(self, row: str, y: float, height: float) -> Mark:
        symbol = self.rows[row].symbol
        need = need_of(self.rows[row], self.chosen, self.labels)
        own = HEIGHTS[symbol]
        middle = y + (height - need.height) / 2 + need.height - need.below - own / 2
        return Mark(row, symbol, self.widths.middle(self.columns[row]), middle, self.widths.symbol, own)

    def _letters(self) -> Mapping[str, str]:
        """Each row that arrows come to from other pages, in the order in which a reader meets them."""
        crossed = [
            way.to
            for row in self.form.rows
            for way in row.ways
            if way.to in self.page_of and self.page_of[way.to] != self.page_of[row.id]
        ]
        return {each: _letter(at) for at, each in enumerate(dict.fromkeys(crossed))}

    def _ways(self, page: Page) -> list[_Way]:
        """All that runs on this page, short arrows first: they keep to the middle."""
        own = {each.row.id for each in page.rows}
        found: dict[tuple[str | None, int, str], _Way] = {}
        for row in self.form.rows:
            for at, way in enumerate(row.ways):
                if way.to not in self.page_of:
                    continue
                here, there = self.page_of[row.id], self.page_of[way.to]
                if row.id in own:
                    up = there < here or (there == here and self.marks[way.to].y <= self.marks[row.id].y)
                    found[row.id, at, way.to] = _Way(row.id, at, way.to, way.to if way.to in own else None, up)
                elif way.to in own:
                    found[None, int(there < here), way.to] = _Way(None, 0, way.to, way.to, there < here)
        return sorted(found.values(), key=lambda each: (self._length(each, page), str(each.source), each.way, each.to))

    def _length(self, each: _Way, page: Page) -> float:
        begins, ends = self._span(each, page)
        return abs(ends - begins) + (0 if each.source and each.target else 1)

    def _span(self, each: _Way, page: Page) -> tuple[float, float]:
        begins = self._exit(each)[-1][1] if each.source else (page.bottom if each.up else page.top)
        ends = self._entry(each.target) if each.target else (page.top if each.up else page.bottom)
        return begins, ends

    def _entry(self, row: str) -> float:
        mark = self.marks[row]
        return mark.y - mark.height / 2 - ENTRY

    def _exit(self, each: _Way) -> list[tuple[float, float]]:
        """From the border of the symbol to where the arrow turns."""
        mark, port = self.marks[each.source or ""], self.chosen[each.source or "", each.way]
        if port.side:
            return [(mark.x + port.side * mark.width / 2, mark.y)]
        x = mark.x + port.shift
        border = mark.height / 2
        if mark.symbol is Symbol.DECISION:
            border *= 1 - abs(port.shift) / (mark.width / 2)
        low = mark.y + mark.height / 2
        turn = turns(self.rows[mark.row], self.chosen, self.labels).get(each.way, 0.9)
        return [(x, mark.y + border), (x, low + turn)]

    def _line(self, each: _Way, page: Page) -> Line:
        column = self.columns[each.to]
        middle = self.widths.middle(column)
        begins, ends = self._span(each, page)
        span = (min(begins, ends), max(begins, ends))
        points = self._exit(each) if each.source else []
        port = self.chosen[each.source, each.way] if each.source else None
        if self._may_keep_middle(each, page, port, span):
            self.lanes.take("middle", column, 0, span, each.to)
            x = middle
        else:
            x = self._track(each, column, span, port)
        if points:
            points.append((x, points[-1][1]))
        else:
            points.append((x, begins))
        if each.target:
            mark = self.marks[each.target]
            if x != middle:
                points += [(x, ends), (middle, ends)]
            points.append((middle, mark.y - mark.height / 2))
        else:
            points.append((x, ends))
        return Line(each.source or "", each.to, _tidy(points), way=each.way)

    def _may_keep_middle(self, each: _Way, page: Page, port: Port | None, span: tuple[float, float]) -> bool:
        """Whether an arrow may run down the middle of its target's column: downwards, past no symbol, and not over itself."""
        column = self.columns[each.to]
        if each.up or (port and not port.straight and each.source and self.columns[each.source] == column):
            return False
        others = {each.source, each.target}
        marks = [self.marks[one.row.id] for one in page.rows if one.row.id not in others]
        blocked = any(self.columns[one.row] == column and span[0] - 2 < one.y < span[1] + 2 for one in marks)
        return not blocked and self.lanes.free("middle", column, 0, span, each.to)

    def _track(self, each: _Way, column: int, span: tuple[float, float], port: Port | None) -> float:
        """Find a track beside the target's column, on the side that the arrow comes from if there is room."""
        own = self.columns[each.source] if each.source else column
        first = column + 1 if own > column or (own == column and (port is None or port.side >= 0)) else column
        other = 2 * column + 1 - first
        bound = own == column and port is not None and port.side != 0
        tracks = [(first, track) for track in range(self._room(first))]
        if not bound:
            tracks += [(other, track) for track in range(self._room(other))]
            tracks.sort(key=lambda one: (one[1] + 2 * (one[0] == other), one[0] != first))
        tracks.sort(key=lambda one: not self.lanes.shared("gutter", one[0], one[1], each.to))
        found = next((one for one in tracks if self.lanes.free("gutter", one[0], one[1], span, each.to)), tracks[-1])
        self.lanes.take("gutter", found[0], found[1], span, each.to)
        return self._x(*found)

    def _room(self, gutter: int) -> int:
        """How many arrows fit beside each other between two columns."""
        free, gap = self._free(gutter), self._gap(gutter)
        if gutter in {0, self.widths.count}:
            return max(int((free - 0.5) / gap), 1)
        return 2 * max(int((free / 2 - 0.5) / gap + 0.4), 1)

    def _free(self, gutter: int) -> float:
        free = self.widths.performer - self.widths.symbol
        return free / 2 if gutter in {0, self.widths.count} else free

    def _gap(self, gutter: int) -> float:
        return min(TRACK, self._free(gutter) / 9)

    def _x(self, gutter: int, track: int) -> float:
        """Tracks beside the border of two columns, in turns right and left of it; at the outer borders inwards only."""
        border, gap = self.widths.first + gutter * self.widths.performer, self._gap(gutter)
        if gutter == 0:
            return border + gap * (track + 1)
        if gutter == self.widths.count:
            return border - gap * (track + 1)
        return border + gap * (track // 2 + 0.6) * (1 if track % 2 else -1)

    def _connectors(
        self, page: Page, ends: Mapping[tuple[str, bool], Sequence[Line]]
    ) -> tuple[tuple[Connector, ...], list[Line]]:
        """Set the connectors of a page into its strips, side by side, and lead their arrows to them."""
        connectors: list[Connector] = []
        joined: list[Line] = []
        for low in (False, True):
            edge = page.bottom if low else page.top
            groups: dict[tuple[float, str, bool], list[Line]] = defaultdict(list)
            for (to, out), lines in ends.items():
                for line in lines:
                    x, y = line.points[-1 if out else 0]
                    if (abs(y - page.bottom) < abs(y - page.top)) == low:
                        groups[x, to, out].append(line)
            own = [(*key, lines) for key, lines in sorted(groups.items(), key=lambda each: each[0])]
            slots, levels = self._slots([each[0] for each in own])
            most = max(levels, default=0)
            self.strip = max(self.strip, CONNECTOR[1] + BESIDE + 2 + LEVEL * most if most > 1 else 0)
            apart = min(LEVEL, (page.strip - CONNECTOR[1] - BESIDE - 2) / max(most, 1))
            for (x, to, out, lines), at, level in zip(own, slots, levels, strict=True):
                away = 1 if low else -1
                middle = edge + away * (page.strip - CONNECTOR[1] / 2 - BESIDE)
                near = middle - away * CONNECTOR[1] / 2
                pages = self._others(page, to, out=out, low=low)
                connectors.append(Connector(self.letters[to], to, at, middle, pages, out))
                bend = edge + away * (0.4 + level * apart)
                steps = _tidy([(x, edge), (x, bend), (at, bend), (at, near)])
                for line in lines:
                    whole = (*line.points, *steps) if out else (*reversed(steps), *line.points)
                    joined.append(replace(line, points=_tidy(list(whole))))
        return tuple(connectors), joined

    def _others(self, page: Page, to: str, *, out: bool, low: bool) -> tuple[int, ...]:
        if out:
            return (self.page_of[to],)
        sources = {self.page_of[row.id] for row in self.form.rows for way in row.ways if way.to == to}
        return tuple(sorted(each for each in sources if (each > page.number) == low and each != page.number))

    def _slots(self, wished: Sequence[float]) -> tuple[list[float], list[int]]:
        """Push connectors apart, each as little as can be, and tell on which level each arrow turns towards its own."""
        if not wished:
            return [], []
        width = sum(self.widths.all)
        slot = min(SLOT, (width - CONNECTOR[0]) / len(wished))
        least, most = CONNECTOR[0] / 2, width - CONNECTOR[0] / 2
        at = [
            min(max(each + place * slot, least + place * slot), most - (len(wished) - 1 - place) * slot)
            for place, each in enumerate(_rising([each - place * slot for place, each in enumerate(wished)]))
        ]
        return at, _levels(wished, at)


def _rising(values: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours that do are brought to their mean."""
    groups: list[tuple[float, int]] = []
    for value in values:
        groups.append((value, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, few), (other, many) = groups[-2:]
            groups[-2:] = [((one * few + other * many) / (few + many), few + many)]
    return [mean for mean, count in groups for _ in range(count)]


def _levels(wished: Sequence[float], at: Sequence[float]) -> list[int]:
    """On which level each arrow turns, so that none crosses another on the way to its connector."""
    levels = [0] * len(at)
    for one in reversed(range(len(at))):
        if at[one] > wished[one]:
            later = [levels[other] for other in range(one + 1, len(at)) if wished[other] - 1 < at[one]]
            levels[one] = 1 + max(later, default=0)
    for one in range(len(at)):
        if at[one] < wished[one]:
            before = [levels[other] for other in range(one) if wished[other] + 1 > at[one]]
            levels[one] = 1 + max(before, default=0)
    return levels


def _letter(at: int) -> str:
    """A, B … Z, then A2, B2 …"""
    turn, place = divmod(at, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def _tidy(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Without points that are no corners."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) < 1e-6:  # noqa: PLR2004
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return tuple((round(x, 3), round(y, 3)) for x, y in kept)


def _straight(first: tuple[float, float], second: tuple[float, float], third: tuple[float, float]) -> bool:
    upright = abs(first[0] - second[0]) < 1e-6 and abs(second[0] - third[0]) < 1e-6  # noqa: PLR2004
    level = abs(first[1] - second[1]) < 1e-6 and abs(second[1] - third[1]) < 1e-6  # noqa: PLR2004
    return upright or level
