"""The five symbols as DrawingML, which word processors and spreadsheets share: shapes that stay shapes when edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from sop_catalog.sheets.form import Symbol

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


def frame(x: float, y: float, width: float, height: float) -> str:
    """Where a shape lies, in millimetres."""
    return f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>'


def solid(preset: str) -> str:
    """A white shape with a line around it."""
    return f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{_WHITE}<a:ln w="10160">{_INK}</a:ln>'


def bare() -> str:
    """A box for words: white, without a line."""
    return f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_WHITE}<a:ln><a:noFill/></a:ln>'


def polyline(points: Points, *, headed: bool) -> str:
    """A line from corner to corner, with an arrow's head at its end."""
    left, top, width, height = box_of(points)
    steps = "".join(
        f'<a:{"moveTo" if not at else "lnTo"}><a:pt x="{emu(x - left)}" y="{emu(y - top)}"/></a:{"moveTo" if not at else "lnTo"}>'
        for at, (x, y) in enumerate(points)
    )
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if headed else ""
    return (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{emu(width)}" h="{emu(height)}" fill="none">{steps}</a:path></a:pathLst></a:custGeom>'
        f'<a:noFill/><a:ln w="10160">{_INK}<a:miter lim="800000"/>{head}</a:ln>'
    )


def said(text: str) -> str:
    """Text as it stands in an attribute or an element."""
    return escape(text, {'"': "&quot;", "\n": " "})
