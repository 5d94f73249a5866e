"""How is shown what a drawing holds without a type here: annotations, data, groups, and steps of other kinds of diagram.

Plain shapes with their names: enough to recognise a stranger's drawing, not the standard's own figures for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from engine.notation import BPMN, Definitions, Edge, Shape, UnknownNode, Xml, nodes
from sop_catalog.diagram.layout.measure import LABEL_SIZE, LINE, wrap

_COLOR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
_BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?")
_MUTED, _INK, _PAPER = "#4C5B68", "#14202B", "#FFFFFF"


def kept_pieces(definitions: Definitions) -> dict[str, Xml]:
    """Find by its id every piece of BPMN that is kept as it is."""
    return {xml.get("id"): xml for top in _tops(definitions) for xml in _within(top) if xml.get("id")}


def _tops(definitions: Definitions) -> Iterator[Xml]:
    yield from (each.xml for each in definitions.foreign_children)
    for collaboration in definitions.collaborations:
        yield from collaboration.artifacts
        yield from (each.xml for each in collaboration.foreign_children)
    for process in definitions.processes:
        for scope in (process, *(node for node, _ in nodes(process))):
            yield from getattr(scope, "data", ())
            yield from getattr(scope, "artifacts", ())
            yield from (each.xml for each in scope.foreign_children)
            if isinstance(scope, UnknownNode):
                yield scope.xml


def _within(xml: Xml) -> Iterator[Xml]:
    if xml.namespace == BPMN:
        yield xml
        for each in xml.children:
            yield from _within(each)


def colours_of(shape: Shape) -> tuple[str, str]:
    """The fill and the stroke that a modeller gave a shape; empty where none, or where it is no plain colour."""
    said = dict(shape.foreign_attributes)

    def colour(*names: str) -> str:
        return next((value for name in names if _COLOUR.fullmatch(value := said.get(name, ""))), "")

    return colour(f"{{{_COLOR}}}background-color", f"{{{_BIOC}}}fill"), colour(
        f"{{{_COLOR}}}border-color", f"{{{_BIOC}}}stroke"
    )


def kept_edge(edge: Edge, xml: Xml) -> str:
    """A line with dots, for an association or whatever else it is; an arrow for a flow."""
    if xml.local == "sequenceFlow":
        points = "L".join(f"{point.x:g} {point.y:g}" for point in edge.waypoints)
        return f'<path data-element={quoteattr(edge.element)} d="M{points}" fill="none" stroke="{_INK}" stroke-width="1.3" marker-end="url(#arrow)"/>'
    way = " ".join(f"{point.x:g},{point.y:g}" for point in edge.waypoints)
    dots = 'fill="none" stroke-dasharray="2 4" stroke-width="1.3"'
    return f'<polyline data-element={quoteattr(edge.element)} points="{way}" stroke="{_MUTED}" {dots}/>'


def kept_shape(xml: Xml, shape: Shape) -> str:
    """A figure with the name or the text of what it stands for."""
    box, local = shape.bounds, xml.local
    text = xml.get("name") or next((each.text.strip() for each in xml.children if each.local == "text"), "")
    x, y, wide, high = box.x, box.y, box.width, box.height
    below = False
    if local == "textAnnotation":
        figure = f'<path d="M{x + 12:g} {y:g}h-12v{high:g}h12" fill="none" stroke="{_INK}"/>'
    elif local == "group":
        figure = _rect(x, y, wide, high, 10, 'fill="none" stroke-dasharray="8 4 2 4"')
    elif local in {"dataObjectReference", "dataObject", "dataInput", "dataOutput"}:
        below = True
        corner = min(10.0, wide / 3)
        figure = f'<path d="M{x:g} {y:g}h{wide - corner:g}l{corner:g} {corner:g}v{high - corner:g}h{-wide:g}zm{wide - corner:g} 0v{corner:g}h{corner:g}" fill="{_PAPER}" stroke="{_INK}"/>'
    elif local in {"dataStoreReference", "dataStore"}:
        below, arc = True, min(8.0, high / 4)
        bend = f"{wide / 2:g} {arc:g} 0 0"
        figure = f'<path d="M{x:g} {y + arc:g}a{bend} 1 {wide:g} 0v{high - 2 * arc:g}a{bend} 1 {-wide:g} 0zm0 0a{bend} 0 {wide:g} 0" fill="{_PAPER}" stroke="{_INK}"/>'
    elif local.endswith("Event"):
        below, heavy = True, 4 if local == "endEvent" else 1.5
        radius = f'r="{min(wide, high) / 2:g}" stroke-width="{heavy:g}"'
        figure = f'<circle cx="{x + wide / 2:g}" cy="{y + high / 2:g}" {radius} fill="{_PAPER}" stroke="{_INK}"/>'
    elif local.endswith(("onversation", "onversationNode")):
        below, side = True, wide / 4
        figure = f'<path d="M{x:g} {y + high / 2:g}l{side:g} {-high / 2:g}h{2 * side:g}l{side:g} {high / 2:g}l{-side:g} {high / 2:g}h{-2 * side:g}z" fill="{_PAPER}" stroke="{_INK}"/>'
    else:
        figure = _rect(x, y, wide, high, 10, f'fill="{_PAPER}"')
    return f'<g class="Kept {escape(local)}" data-element={quoteattr(shape.element)}>{figure}{_words(text, shape, below=below)}</g>'


def _rect(x: float, y: float, wide: float, high: float, radius: float, more: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{radius:g}" stroke="{_INK}" {more}/>'


def _words(text: str, shape: Shape, *, below: bool) -> str:
    box = shape.label.bounds if shape.label and shape.label.bounds else shape.bounds
    lines = wrap(text, max(box.width - 8, 60))[:12]
    labelled = shape.label is not None and shape.label.bounds is not None
    top = box.y + box.height + 4 if below and not labelled else box.y + box.height / 2 - LINE * len(lines) / 2
    middle = box.x + box.width / 2
    return "".join(
        f'<text x="{middle:g}" y="{top + LINE * (at + 0.78):g}" font-size="{LABEL_SIZE:g}" fill="{_INK}" text-anchor="middle">{escape(line)}</text>'
        for at, line in enumerate(lines)
    )
