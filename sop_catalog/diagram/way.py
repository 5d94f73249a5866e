"""A way through a drawing as a picture: where each thing happens is numbered, and below stands what happens there.

The way itself comes with a finding; nothing is looked for here. It can be read without colours: what is gone over is
drawn thick, numbers stand in discs, and where it goes wrong stands a cross.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.sax.saxutils import escape

from engine.domain.finding import Finding
from engine.notation import Bounds, Definitions, Plane, Point
from sop_catalog.diagram.drawing import draw_svg
from sop_catalog.diagram.layout.measure import wrap

INK, PAPER, WRONG = "#14202B", "#FFFFFF", "#A31621"
_FRAME: Final = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)" width="\S+" height="\S+"')
_SIZE, _LINE, _MARGIN = 14.0, 20.0, 20.0


def draw_way(definitions: Definitions, found: Finding, translate: Callable[[str], str] = str) -> str:
    """Return one SVG document of a drawing with the way of a finding over it, and its parts in words below.

    Raises ValueError where the drawing has no picture.
    """
    plain = draw_svg(definitions)
    plane = next(each.plane for each in definitions.diagrams if each.plane.shapes)
    frame = _FRAME.search(plain)
    if frame is None:
        raise LookupError("viewBox")
    x, y, width, height = (float(each) for each in frame.groups())
    lines = list(_words(found, translate, max(width - 2 * _MARGIN, 320)))
    tall = height + _LINE * len(lines) + 2 * _MARGIN
    words = "".join(
        f'<text x="{x + _MARGIN:g}" y="{y + height + _MARGIN + _LINE * at:g}" font-size="{_SIZE:g}" fill="{INK}">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
    wide = max(width, 360)
    ground = f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{tall:g}" fill="{PAPER}"/>'
    sized = f'viewBox="{x:g} {y:g} {wide:g} {tall:g}" width="{wide:g}" height="{tall:g}"'
    start, _, rest = plain.replace(frame.group(), sized, 1).partition("\n")
    marks = "".join(_marks(plane, found))
    body = rest.removesuffix("</svg>\n")
    return f'{start}\n{ground}\n{body}<g class="way">{marks}</g>\n{words}\n</svg>\n'


def _marks(plane: Plane, found: Finding) -> Iterator[str]:
    gone = dict.fromkeys(element for leg in found.way for element in leg.elements)
    for edge in plane.edges:
        if edge.element in gone and len(edge.waypoints) > 1:
            yield f'<path d="{_line(edge.waypoints)}" fill="none" stroke="{INK}" stroke-width="5" stroke-opacity="0.75" stroke-linejoin="round"/>'
    boxes = {each.element: each.bounds for each in plane.shapes}
    for element, numbers in _numbers(found).items():
        if element in boxes:
            yield _disc(boxes[element], ", ".join(map(str, numbers)))
    if found.element in boxes:
        yield _cross(boxes[found.element])


def _numbers(found: Finding) -> dict[str, list[int]]:
    """Where each part of the way happens."""
    numbers: dict[str, list[int]] = {}
    for number, leg in enumerate(found.way, 1):
        if leg.elements:
            numbers.setdefault(leg.elements[0], []).append(number)
    return numbers


def _line(points: tuple[Point, ...]) -> str:
    return f"M{points[0].x:g} {points[0].y:g}" + "".join(f"L{each.x:g} {each.y:g}" for each in points[1:])


def _disc(box: Bounds, text: str) -> str:
    wide = max(24.0, 9.0 * len(text) + 10)
    return (
        f'<g transform="translate({box.x:g} {box.y:g})"><rect x="{-wide / 2:g}" y="-12" width="{wide:g}" height="24" rx="12" fill="{INK}" stroke="{PAPER}" stroke-width="2"/>'
        f'<text y="5" font-size="{_SIZE:g}" font-weight="700" fill="{PAPER}" text-anchor="middle">{text}</text></g>'
    )


def _cross(box: Bounds) -> str:
    return (
        f'<g transform="translate({box.x + box.width:g} {box.y:g})"><circle r="13" fill="{WRONG}" stroke="{PAPER}" stroke-width="2"/>'
        f'<path d="M-5-5L5 5M5-5L-5 5" stroke="{PAPER}" stroke-width="3"/></g>'
    )


def _words(found: Finding, translate: Callable[[str], str], width: float) -> Iterator[str]:
    for number, leg in enumerate(found.way, 1):
        yield from wrap(f"{number}.  {leg.said.sentence(translate)}", width, _SIZE)
    wrong = translate(str(found.facts.get("property") or found.rule))
    yield from wrap(f"✕  “{found.facts.get('name') or found.element}”: {wrong}", width, _SIZE)
