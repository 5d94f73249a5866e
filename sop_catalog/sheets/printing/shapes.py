"""The five symbols as DrawingML, which word processors and spreadsheets share: shapes that stay shapes when edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from sop_catalog.sheets.form import Symbol
from sop_catalog.sheets.printing.plan import Line

A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PRESETS: Final = {
    Symbol.TERMINATOR: "flowChartTerminator",
    Symbol.PROCESS: "flowChartProcess",
    Symbol.DECISION: "flowChartDecision",
}
OFF_PAGE: Final = "flowChartOffpageConnector"
_INK: Final = '<a:solidFill><a:srgbClr val="14202B"/></a:solidFill>'
_WHITE: Final = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'

Points = Sequence[tuple[float, float]]


def emu(millimetres: float) -> int:
    """English metric units: 36,000 to the millimetre."""
    return round(millimetres * 36000)


def box_of(points: Points) -> tuple[float, float, float, float]:
    """The left, upper corner of a line, its width and its height."""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top


def frame(x: float, y: float, width: float, height: float, *, mirrored: bool = False) -> str:
    """Where a shape lies, in millimetres; `mirrored` from left to right."""
    flip = ' flipH="1"' if mirrored else ""
    return f'<a:xfrm{flip}><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>'


def solid(preset: str) -> str:
    """A white shape with a line around it."""
    return f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{_WHITE}<a:ln w="10160">{_INK}</a:ln>'


def bare() -> str:
    """A box for words: white, without a line."""
    return f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_WHITE}<a:ln><a:noFill/></a:ln>'


def preset_of(points: Points) -> str:
    """The line that is led anew when a shape at its end is moved, for arrows with at most one corner; else empty."""
    if len(points) == 2:  # noqa: PLR2004 - both ends
        return "straightConnector1"
    falls = points[0][1] == points[1][1] < points[-1][1]
    return "bentConnector2" if len(points) == 3 and falls else ""  # noqa: PLR2004 - both ends and a corner


def led(preset: str, *, headed: bool) -> str:
    """A line of a kind that is led by the program that shows it."""
    return f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom><a:ln w="10160">{_INK}<a:miter lim="800000"/>{_head(headed=headed)}</a:ln>'


def _head(*, headed: bool) -> str:
    return '<a:tailEnd type="triangle" w="med" len="med"/>' if headed else ""


def cut(line: Line, top: float, bottom: float) -> Iterator[tuple[Points, bool]]:
    """The parts of an arrow that lie between two heights, each with whether the arrow's head is at its end."""
    part: list[tuple[float, float]] = []
    for (x, y), (to_x, to_y) in zip(line.points, line.points[1:], strict=False):
        low, high = max(min(y, to_y), top), min(max(y, to_y), bottom)
        level = y == to_y
        if low > high or (level and not top <= y < bottom) or (not level and low == high):
            if len(part) > 1:
                yield part, False
            part = []
            continue
        begin, end = (
            ((x, y), (to_x, to_y)) if level else ((x, low if to_y > y else high), (x, high if to_y > y else low))
        )
        if part and part[-1] != begin:
            yield part, False
            part = []
        part = [*(part or [begin]), end]
    if len(part) > 1:
        yield part, line.headed and part[-1] == line.points[-1]


def polyline(points: Points, *, headed: bool) -> str:
    """A line from corner to corner, with an arrow's head at its end."""
    left, top, width, height = box_of(points)
    steps = "".join(
        f'<a:{"moveTo" if not at else "lnTo"}><a:pt x="{emu(x - left)}" y="{emu(y - top)}"/></a:{"moveTo" if not at else "lnTo"}>'
        for at, (x, y) in enumerate(points)
    )
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{emu(width)}" h="{emu(height)}" fill="none">{steps}</a:path></a:pathLst></a:custGeom>'
        f'<a:noFill/><a:ln w="10160">{_INK}<a:miter lim="800000"/>{_head(headed=headed)}</a:ln>'
    )


def said(text: str) -> str:
    """Text as it stands in an attribute or an element."""
    return escape(text, {'"': "&quot;", "\n": " "})
