"""Shows a laid-out drawing as SVG: for pages without scripts, for print, and for whoever wants to look.

It shows what stands in the picture and lays nothing out. Colours are attributes with classes beside them, so that a
page may restyle it and nothing needs a style sheet; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from engine.notation import (
    Activity,
    Bounds,
    Definitions,
    Edge,
    Element,
    Event,
    Gateway,
    Lane,
    Lookup,
    MessageFlow,
    Participant,
    SequenceFlow,
    Shape,
    SubProcess,
)
from sop_catalog.diagram.kept import colours_of, kept_edge, kept_pieces, kept_shape
from sop_catalog.diagram.layout.measure import LABEL_SIZE, LINE, TASK_SIZE, wrap
from sop_catalog.diagram.marks import event_mark, gateway_mark, loop_mark, task_mark
from sop_catalog.diagram.unplaced import place_of_name

INK, MUTED, LINE_COLOUR, PAPER, GROUND, SEA = "#14202B", "#4C5B68", "#D5DCE2", "#FFFFFF", "#F5F7F9", "#0A5A9C"


_PLAIN_LINES = 3
"""A task's name that takes more lines is set smaller."""


class State(StrEnum):
    """How far a case is with one element."""

    DONE = "done"
    CURRENT = "current"
    LATE = "late"
    NEVER = "never"


_FILL = {State.DONE: "#EEF1F4", State.CURRENT: "#E3EFF8", State.LATE: "#FBE6E7"}
_STROKE = {State.CURRENT: SEA, State.LATE: "#A31621", State.DONE: MUTED}


def draw_svg(definitions: Definitions, states: Mapping[str, State] | None = None) -> str:
    """Return one SVG document of the first picture in a drawing, with the state of a case over it if there is one.

    What has no type here (annotations, data, groups, elements of other kinds of diagram) is drawn plainly with its name.

    An element without a state is drawn plainly; where states are given, `never` fades it. Raises ValueError where the
    drawing has no picture.
    """
    if not any(each.plane.shapes for each in definitions.diagrams):
        raise ValueError("Expected a drawing with a picture, but it has none; lay it out first.")
    return _Sheet(definitions, states or {}).text()


class _Sheet:
    """One picture on its way to text."""

    def __init__(self, definitions: Definitions, states: Mapping[str, State]) -> None:
        self.plane = next(each.plane for each in definitions.diagrams if each.plane.shapes)
        self.kept = kept_pieces(definitions)
        self.states = states
        self.lookup = Lookup(definitions)
        self.title = next((each.name for each in definitions.processes if each.name), "")

    def text(self) -> str:
        x, y, width, height = self._frame()
        body = "\n".join(self._parts())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" aria-label={quoteattr(self.title)} '
            f'viewBox="{x:g} {y:g} {width:g} {height:g}" width="{width:g}" height="{height:g}" '
            f'font-family="Inter, Arial, Helvetica, sans-serif" font-size="{LABEL_SIZE:g}">\n{_ARROWS}\n{body}\n</svg>\n'
        )

    def _frame(self) -> tuple[float, float, float, float]:
        boxes = [each.bounds for each in self.plane.shapes]
        drawn: tuple[Shape | Edge, ...] = (*self.plane.shapes, *self.plane.edges)
        boxes += [place for each in drawn if (place := place_of_name(each, self.lookup.find(each.element)))]
        points = [point for each in self.plane.edges for point in each.waypoints]
        left = min([b.x for b in boxes] + [p.x for p in points]) - 20
        top = min([b.y for b in boxes] + [p.y for p in points]) - 20
        right = max([b.x + b.width for b in boxes] + [p.x for p in points]) + 20
        bottom = max([b.y + b.height for b in boxes] + [p.y for p in points]) + 20
        return left, top, right - left, bottom - top

    def _parts(self) -> Iterator[str]:
        shapes = [(each, self.lookup.find(each.element)) for each in self.plane.shapes]
        for shape, element in shapes:
            if isinstance(element, Participant | Lane | SubProcess):
                yield self._group(element, shape, "".join(self._frame_of(shape, element)))
        yield from self._kept_parts()
        edges = [(each, found) for each in self.plane.edges if (found := self.lookup.find(each.element))]
        for edge, element in edges:
            if not isinstance(element, MessageFlow):
                yield self._group(element, edge, "".join(self._flow(edge, element)))
        for shape, element in shapes:
            if element is not None and not isinstance(element, Participant | Lane | SubProcess):
                yield self._group(element, shape, "".join(self._node(shape, element)))
        for edge, element in edges:
            if isinstance(element, MessageFlow):
                yield self._group(element, edge, "".join(self._flow(edge, element)))

    def _kept_parts(self) -> Iterator[str]:
        """What is drawn but has no type: below everything that has one."""
        for edge in self.plane.edges:
            if (xml := self.kept.get(edge.element)) and self.lookup.find(edge.element) is None:
                yield kept_edge(edge, xml)
        for shape in self.plane.shapes:
            if (xml := self.kept.get(shape.element)) and not self._is_drawn(shape.element):
                yield kept_shape(xml, shape)

    def _is_drawn(self, element: str) -> bool:
        """Whether it has a shape of its own kind."""
        return isinstance(self.lookup.find(element), Participant | Lane | Gateway | Event | Activity)

    def _group(self, element: Element, drawn: Shape | Edge, content: str) -> str:
        state = self.states.get(element.id)
        kind = type(element).__name__
        faded = ' opacity="0.35"' if state is State.NEVER else ""
        classes = f"{kind} {state}" if state else kind
        name = f"<title>{escape(element.name)}</title>" if element.name else ""
        label = self._label(drawn, element)
        identity = quoteattr(element.id)
        return f'<g class="{classes}" data-element={identity}{faded}>{name}{content}{label}</g>'

    def _label(self, drawn: Shape | Edge, element: Element) -> str:
        bounds = place_of_name(drawn, element)
        if bounds is None:
            return ""
        lines = wrap(element.name, max(bounds.width, 1) + 1)
        middle = bounds.x + bounds.width / 2
        return _lines(lines, middle, bounds.y + bounds.height / 2, LABEL_SIZE, INK)

    def _frame_of(self, shape: Shape, element: Element) -> Iterator[str]:
        box = shape.bounds
        if isinstance(element, SubProcess):
            yield _rect(box, 10, self._fill(element), self._stroke(element), 1.5)
            if shape.is_expanded is False:
                yield self._task_name(element, box, marked=False, footed=True)
                x, y = box.x + box.width / 2 - 7, box.y + box.height - 16
                yield f'<path d="M{x:g} {y:g}h14v14h-14zm7 3v8m-4-4h8" fill="none" stroke="{INK}"/>'
                return
            yield _text(element.name, box.x + 12, box.y + 17, TASK_SIZE, INK, "start")
            yield loop_mark(element, box)
            return
        ground = PAPER if isinstance(element, Lane) else GROUND
        yield _rect(box, 0, ground, MUTED, 1.0 if isinstance(element, Lane) else 1.5)
        if isinstance(element, Participant) and element.process is None:
            yield _lines(
                wrap(element.name, box.width - 20, TASK_SIZE),
                box.x + box.width / 2,
                box.y + box.height / 2,
                TASK_SIZE,
                INK,
            )
            return
        weight = ' font-weight="600"' if isinstance(element, Participant) else ""
        if shape.is_horizontal is False:
            name = _lines(
                wrap(element.name, box.width - 8, TASK_SIZE)[:2], box.x + box.width / 2, box.y + 15, TASK_SIZE, INK
            )
            yield f"<g{weight}>{name}</g>"
            return
        lines = wrap(element.name, box.height - 8, TASK_SIZE)[:2]
        x, y = box.x + 15, box.y + box.height / 2
        yield f'<g transform="rotate(-90 {x:g} {y:g})"{weight}>{_lines(lines, x, y, TASK_SIZE, INK)}</g>'
        if isinstance(element, Participant):
            yield f'<path d="M{box.x + 30:g} {box.y:g}v{box.height:g}" stroke="{MUTED}" fill="none"/>'

    def _flow(self, edge: Edge, element: Element) -> Iterator[str]:
        points = edge.waypoints
        if len(points) < 2:  # noqa: PLR2004 - a line has two ends
            return
        way = f"M{points[0].x:g} {points[0].y:g}" + "".join(f"L{p.x:g} {p.y:g}" for p in points[1:])
        if isinstance(element, MessageFlow):
            yield f'<path d="{way}" fill="none" stroke="{MUTED}" stroke-dasharray="6 4" marker-start="url(#tells)" marker-end="url(#told)"/>'
            return
        done = self.states.get(element.id) is State.DONE
        colour = SEA if done else INK
        arrow = "walked" if done else "arrow"
        start = ' marker-start="url(#otherwise)"' if self._is_default(element) else ""
        yield f'<path d="{_rounded(edge)}" fill="none" stroke="{colour}" stroke-width="{2 if done else 1.3:g}"{start} marker-end="url(#{arrow})"/>'

    def _is_default(self, element: Element) -> bool:
        if not isinstance(element, SequenceFlow):
            return False
        source = self.lookup.find(element.source)
        return getattr(source, "default", None) == element.id

    def _node(self, shape: Shape, element: Element) -> Iterator[str]:
        given = ("", "") if element.id in self.states else colours_of(shape)
        box, fill, stroke = shape.bounds, given[0] or self._fill(element), given[1] or self._stroke(element)
        if isinstance(element, Gateway):
            yield gateway_mark(element, box, fill, stroke)
        elif isinstance(element, Event):
            yield event_mark(element, box, fill, stroke)
        elif isinstance(element, Activity):
            yield from self._task(element, box, fill, stroke)
        yield self._badge(element, box)

    def _task(self, element: Activity, box: Bounds, fill: str, stroke: str) -> Iterator[str]:
        called = type(element).__name__ == "CallActivity"
        current = self.states.get(element.id) in {State.CURRENT, State.LATE}
        yield _rect(box, 8, fill, stroke, 4.0 if called else 2.5 if current else 1.5)
        mark = task_mark(element, box)
        yield mark
        yield self._task_name(element, box, marked=bool(mark), footed=bool(loop_mark(element, box)))
        yield loop_mark(element, box)

    def _task_name(self, element: Activity, box: Bounds, *, marked: bool, footed: bool) -> str:
        """Write the name into a task: smaller if it is long, clear of the signs at its top and foot."""
        size, line = TASK_SIZE, LINE
        lines = wrap(element.name, box.width - 10, size)
        broken = any(line.endswith("-") and line not in element.name for line in lines)
        if len(lines) > _PLAIN_LINES or broken:
            size, line = LABEL_SIZE, LINE - 1.5
            lines = wrap(element.name, box.width - 4, size)
        foot = 16.0 if footed else 3.0
        room = max(int((box.height - foot) // line), 1)
        if len(lines) > room:
            lines = [*lines[: room - 1], lines[room - 1].rstrip("-") + "…"]
        seated = any(self._sits_below(each.id, box) for each in self.lookup.boundary_events(element.id))
        head = 17.0 if marked and len(lines) >= _PLAIN_LINES and not seated else 3.0
        high = line * len(lines)
        top = min(max((box.height - high) / 2, head), box.height - foot - high)
        return _lines(lines, box.x + box.width / 2, box.y + top + high / 2, size, INK, line)

    def _sits_below(self, event: str, box: Bounds) -> bool:
        drawn = next((each.bounds for each in self.plane.shapes if each.element == event), None)
        return drawn is not None and drawn.y > box.y + box.height / 2

    def _badge(self, element: Element, box: Bounds) -> str:
        state = self.states.get(element.id)
        x, y = box.x + box.width, box.y
        if state is State.DONE and isinstance(element, Activity):
            return f'<g transform="translate({x:g} {y:g})"><circle r="9" fill="{MUTED}"/><path d="M-4 0l3 3l5-6" fill="none" stroke="#FFF" stroke-width="2"/></g>'
        if state is State.LATE:
            return f'<g transform="translate({x:g} {y:g})"><circle r="10" fill="#A31621"/><path d="M0-5v5l4 3" fill="none" stroke="#FFF" stroke-width="2"/></g>'
        return ""

    def _fill(self, element: Element) -> str:
        state = self.states.get(element.id)
        return _FILL.get(state, PAPER) if state else PAPER

    def _stroke(self, element: Element) -> str:
        state = self.states.get(element.id)
        return _STROKE.get(state, INK) if state else INK


def _rounded(edge: Edge) -> str:
    """Return a path through the points of an edge, its corners slightly rounded."""
    points = edge.waypoints
    parts = [f"M{points[0].x:g} {points[0].y:g}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        into, out = _step(here, before), _step(here, after)
        parts.append(f"L{into[0]:g} {into[1]:g}Q{here.x:g} {here.y:g} {out[0]:g} {out[1]:g}")
    return "".join([*parts, f"L{points[-1].x:g} {points[-1].y:g}"])


def _step(here: object, there: object) -> tuple[float, float]:
    x, y, to_x, to_y = here.x, here.y, there.x, there.y  # type: ignore[attr-defined]
    length = max(abs(to_x - x) + abs(to_y - y), 1e-9)
    part = min(5.0, length / 2) / length
    return x + (to_x - x) * part, y + (to_y - y) * part


def _rect(box: Bounds, radius: float, fill: str, stroke: str, width: float) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{radius:g}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="{width:g}"/>'
    )


def _lines(lines: list[str], x: float, y: float, size: float, colour: str, height: float = LINE) -> str:
    top = y - height * len(lines) / 2 + height * 0.78
    return "".join(_text(line, x, top + height * at, size, colour, "middle") for at, line in enumerate(lines))


def _text(text: str, x: float, y: float, size: float, colour: str, anchor: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
    )


_ARROWS = f"""<defs>
<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z" fill="{INK}"/></marker>
<marker id="walked" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z" fill="{SEA}"/></marker>
<marker id="told" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M1 1L9 5L1 9z" fill="#FFF" stroke="{MUTED}"/></marker>
<marker id="tells" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse"><circle cx="5" cy="5" r="4" fill="#FFF" stroke="{MUTED}"/></marker>
<marker id="otherwise" viewBox="0 0 12 12" refX="-4" refY="6" markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse" orient="auto"><path d="M2 11L7 1" stroke="{INK}" stroke-width="1.4"/></marker>
</defs>"""
