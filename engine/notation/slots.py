"""Where the fields of an element stand in its XML: one small class per manner, each reading and writing alike.

A slot knows one place of one element; which element has which slots is said in `vocabulary`.
"""

# ruff: noqa: ARG002 - every slot is asked in the same way, and some need less to answer

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.domain.finding import Finding, Severity
from engine.notation.model import (
    BPMN,
    DC,
    DI,
    XSI,
    Attributes,
    Bounds,
    Element,
    Expression,
    FlowNode,
    Point,
    SequenceFlow,
    Xml,
)

Fields = dict[str, Any]
EXTENSIONS = f"{{{BPMN}}}extensionElements"
DOCUMENTATION = f"{{{BPMN}}}documentation"
_FORMAL = f"{{{BPMN}}}tFormalExpression"
_PLAIN = f"{{{BPMN}}}tExpression"
FARTHEST = 1_000_000
"""How far from the origin anything may be drawn, in pixels."""
_DIGITS = 40
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a node says of its own arrows; the arrows themselves are what counts."""

    node: str
    way: str
    flow: str
    line: int


@dataclass(slots=True)
class Reading:
    """One file being read: what was found against it so far."""

    target_prefixes: frozenset[str]
    read_element: Callable[[Xml, "Reading"], Element]
    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    owner: str = ""
    """The id of the element whose children are being read."""

    def find(
        self, rule: str, message: str, xml: Xml, severity: Severity = "error", *, within: str = "", **facts: object
    ) -> None:
        """Note that something stands against the file at this element; what has no id may be told by what it is within."""
        element = xml.get("id") or within or None
        self.findings.append(
            Finding(rule=rule, message=message, severity=severity, element=element, line=xml.line, facts=facts)
        )

    def reference(self, text: str) -> str:
        """Return the id in a reference, without a prefix that means this very file."""
        prefix, colon, local = text.strip().partition(":")
        return local if colon and prefix in self.target_prefixes else text.strip()

    def leaf(self, xml: Xml) -> str:
        """Return the text of an element that holds text only, and tell what else it held."""
        if xml.attributes or xml.children:
            message = "Expected only text in {tag}, but there is more; it is not kept."
            self.find("not-kept", message, xml, "warning", tag=xml.local)
        return xml.text.strip()


@dataclass(slots=True)
class Writing:
    """One file being written: the arrows of every node, and the hand that writes elements."""

    write_element: Callable[[Element, str, "Writing"], Xml]
    incoming: dict[str, list[str]] = field(default_factory=dict)
    outgoing: dict[str, list[str]] = field(default_factory=dict)

    def enter(self, flows: Sequence[SequenceFlow]) -> None:
        """Note which arrows leave and reach which node."""
        for flow in flows:
            self.outgoing.setdefault(flow.source, []).append(flow.id)
            self.incoming.setdefault(flow.target, []).append(flow.id)


class Slot(Protocol):
    """A place among the children of an element."""

    @property
    def rank(self) -> int:
        """Slots of one element are written in this order, which is that of the BPMN schema."""
        ...

    def takes(self, tag: str) -> bool:
        """Say whether a child with this tag belongs here."""
        ...

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        """Return the fields of the parent that these children hold."""
        ...

    def write(self, element: Any, writing: Writing) -> list[Xml]:
        """Return the children that hold these fields, without children of their own left out."""
        ...


def _only(pieces: Sequence[Xml], reading: Reading) -> Xml:
    for extra in pieces[1:]:
        message = "Expected one {tag}, but there is another."
        reading.find("more-than-one", message, extra, within=reading.owner, tag=extra.local)
    return pieces[0]


@dataclass(frozen=True, slots=True)
class Documentation:
    rank: int = 0

    def takes(self, tag: str) -> bool:
        return tag == DOCUMENTATION

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        for each in pieces:
            if each.children:
                message = "Expected only text in {tag}, but there is more; it is not kept."
                reading.find("not-kept", message, each, "warning", tag=each.local)
        attributes = tuple(each.attributes for each in pieces)
        kept = attributes if any(attributes) else ()
        return {"documentation": tuple(each.text for each in pieces), "documentation_attributes": kept}

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        known: list[Attributes] = [*element.documentation_attributes]
        known += [()] * (len(element.documentation) - len(known))
        return [
            Xml(DOCUMENTATION, attributes, text) for text, attributes in zip(element.documentation, known, strict=False)
        ]


@dataclass(frozen=True, slots=True)
class Extensions:
    rank: int = 1

    def takes(self, tag: str) -> bool:
        return tag == EXTENSIONS

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        for each in pieces:
            if each.attributes or each.text.strip():
                message = "Expected only elements in {tag}, but there is more; it is not kept."
                reading.find("not-kept", message, each, "warning", tag=each.local)
        return {"extensions": tuple(without_tail(child) for each in pieces for child in each.children)}

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        return [Xml(EXTENSIONS, children=element.extensions)] if element.extensions else []


@dataclass(frozen=True, slots=True)
class Claims:
    """`incoming` and `outgoing`: written from the arrows, read only to be compared with them."""

    rank: int = 5

    def takes(self, tag: str) -> bool:
        return tag in {f"{{{BPMN}}}incoming", f"{{{BPMN}}}outgoing"}

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        for each in pieces:
            flow = reading.reference(reading.leaf(each))
            reading.claims.append(Claim(reading.owner, each.local, flow, each.line))
        return {}

    def write(self, element: FlowNode, writing: Writing) -> list[Xml]:
        return [
            Xml(f"{{{BPMN}}}{way}", text=flow)
            for way, flows in (("incoming", writing.incoming), ("outgoing", writing.outgoing))
            for flow in flows.get(element.id, ())
        ]


@dataclass(frozen=True, slots=True)
class Elements:
    """Any number of typed elements, or at most one where `single`."""

    field: str
    rank: int
    tags: Callable[[str], bool]
    tag_of: Callable[[Element], str]
    single: bool = False
    unknown: Callable[[Xml], Element | None] | None = None
    """Makes an element of what is expected here but has no type."""

    def takes(self, tag: str) -> bool:
        return self.tags(tag)

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        if self.single:
            return {self.field: self._read(_only(pieces, reading), reading)}
        return {self.field: tuple(self._read(each, reading) for each in pieces)}

    def _read(self, piece: Xml, reading: Reading) -> Element:
        unknown = self.unknown(piece) if self.unknown else None
        return unknown or reading.read_element(piece, reading)

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        value = getattr(element, self.field)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        return [writing.write_element(each, self.tag_of(each), writing) for each in values]


@dataclass(frozen=True, slots=True)
class Kept:
    """Children kept as they are."""

    field: str
    rank: int
    tags: frozenset[str]

    def takes(self, tag: str) -> bool:
        return tag in self.tags

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        return {self.field: tuple(without_tail(each) for each in pieces)}

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        return list(getattr(element, self.field))


@dataclass(frozen=True, slots=True)
class References:
    """Ids as the texts of children."""

    field: str
    rank: int
    tag: str
    single: bool = False

    def takes(self, tag: str) -> bool:
        return tag == self.tag

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        if self.single:
            return {self.field: reading.reference(reading.leaf(_only(pieces, reading)))}
        return {self.field: tuple(reading.reference(reading.leaf(each)) for each in pieces)}

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        value = getattr(element, self.field)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        return [Xml(self.tag, text=each) for each in values]


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression in a child of its own."""

    field: str
    rank: int
    tag: str

    def takes(self, tag: str) -> bool:
        return tag == self.tag

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        return {self.field: read_expression(_only(pieces, reading))}

    def write(self, element: Element, writing: Writing) -> list[Xml]:
        value: Expression | None = getattr(element, self.field)
        return [] if value is None else [write_expression(value, self.tag)]


@dataclass(frozen=True, slots=True)
class Timer:
    """The time of a timer, whose tag says of which kind it is."""

    rank: int
    kinds: Mapping[str, str]

    def takes(self, tag: str) -> bool:
        return tag in self.kinds

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        piece = _only(pieces, reading)
        return {"kind": self.kinds[piece.tag], "expression": read_expression(piece)}

    def write(self, element: Any, writing: Writing) -> list[Xml]:
        tags = [tag for tag, kind in self.kinds.items() if kind == element.kind]
        return [write_expression(element.expression, tag) for tag in tags]


@dataclass(frozen=True, slots=True)
class Box:
    """The bounds of a shape or label."""

    required: bool
    rank: int = 5

    def takes(self, tag: str) -> bool:
        return tag == f"{{{DC}}}Bounds"

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        piece = _only(pieces, reading)
        x, y, width, height = (number(piece, name, reading) for name in ("x", "y", "width", "height"))
        return {"bounds": Bounds(x, y, width, height)}

    def write(self, element: Any, writing: Writing) -> list[Xml]:
        box: Bounds | None = element.bounds
        if box is None:
            return []
        sides = (("height", box.height), ("width", box.width), ("x", box.x), ("y", box.y))
        return [Xml(f"{{{DC}}}Bounds", tuple((name, write_number(value)) for name, value in sides))]


@dataclass(frozen=True, slots=True)
class Waypoints:
    """The bends of an edge, its two ends included."""

    rank: int = 5

    def takes(self, tag: str) -> bool:
        return tag == f"{{{DI}}}waypoint"

    def read(self, pieces: Sequence[Xml], reading: Reading) -> Fields:
        points = (Point(number(each, "x", reading), number(each, "y", reading)) for each in pieces)
        return {"waypoints": tuple(points)}

    def write(self, element: Any, writing: Writing) -> list[Xml]:
        return [
            Xml(f"{{{DI}}}waypoint", (("x", write_number(point.x)), ("y", write_number(point.y))))
            for point in element.waypoints
        ]


def without_tail(xml: Xml) -> Xml:
    """Return the same piece without the text behind it."""
    return Xml(xml.tag, xml.attributes, xml.text, xml.children, "", xml.line) if xml.tail else xml


def read_expression(xml: Xml) -> Expression:
    """Return an expression with all that the drawing says of it; its text is not parsed."""
    attributes = dict(xml.attributes)
    kind = attributes.get(f"{{{XSI}}}type")
    if kind in {_FORMAL, _PLAIN}:
        del attributes[f"{{{XSI}}}type"]
    return Expression(
        text="".join([xml.text, *(child.tail for child in xml.children)]).strip(),
        language=attributes.pop("language", None),
        formal=kind == _FORMAL,
        id=attributes.pop("id", ""),
        foreign_attributes=tuple(sorted(attributes.items())),
        foreign_children=tuple(without_tail(child) for child in xml.children),
        line=xml.line,
    )


def write_expression(expression: Expression, tag: str) -> Xml:
    """Return the element of an expression; children that are not its text come first."""
    attributes = dict(expression.foreign_attributes)
    if expression.formal:
        attributes[f"{{{XSI}}}type"] = _FORMAL
    if expression.language is not None:
        attributes["language"] = expression.language
    if expression.id:
        attributes["id"] = expression.id
    named = tuple(sorted(attributes.items()))
    if not expression.foreign_children:
        return Xml(tag, named, expression.text)
    *first, last = expression.foreign_children
    last = Xml(last.tag, last.attributes, last.text, last.children, expression.text, last.line)
    return Xml(tag, named, "", (*first, last))


def number(xml: Xml, name: str, reading: Reading) -> float:
    """Return a finite number from an attribute, or 0 with a finding."""
    text = xml.get(name).strip()
    value = float(text) if _NUMBER.fullmatch(text) and len(text) <= _DIGITS else math.nan
    if math.isfinite(value) and abs(value) <= FARTHEST:
        return value
    message = "Expected {name} to be a number of at most {limit}, but it is “{text}”."
    reading.find("bad-number", message, xml, name=name, limit=FARTHEST, text=text[:40])
    return 0.0


def write_number(value: float) -> str:
    """Return the shortest text that reads back as the same number."""
    if not math.isfinite(value):
        raise ValueError(value)
    return str(int(value)) if value == int(value) else repr(float(value))
