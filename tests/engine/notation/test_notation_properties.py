"""Any drawing whatever, made up by the machine, comes through writing and reading unchanged."""

import string
import unicodedata
from collections.abc import Callable
from itertools import count
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import notation as n
from engine.notation.gate import HIDDEN

letters = st.text(string.ascii_letters, min_size=1, max_size=6)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: HIDDEN.sub("", text))
names = anything.map(lambda text: unicodedata.normalize("NFC", text))
trimmed = anything.map(str.strip)
namespaces = st.sampled_from(["urn:vendor:a", "urn:vendor:b", n.LAJUR])
tags = st.builds("{{{}}}{}".format, namespaces, letters)
foreign_attributes = st.dictionaries(st.one_of(tags, letters.map("x-".__add__)), anything, max_size=3).map(
    lambda given: tuple(sorted(given.items()))
)
numbers = st.one_of(st.integers(-5_000, 5_000), st.floats(-1e6, 1e6).map(lambda value: round(value, 6)))


def elements_only(children: st.SearchStrategy[n.Xml]) -> st.SearchStrategy[n.Xml]:
    several = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.builds(n.Xml, tags, foreign_attributes, st.just(""), several)


def mixed(children: st.SearchStrategy[n.Xml]) -> st.SearchStrategy[n.Xml]:
    def with_tail(xml: n.Xml, tail: str) -> n.Xml:
        return n.Xml(xml.tag, xml.attributes, xml.text, xml.children, tail)

    several = st.lists(st.builds(with_tail, children, anything), min_size=1, max_size=3).map(tuple)
    return st.builds(n.Xml, tags, foreign_attributes, anything.map("a".__add__), several)


leaves = st.builds(n.Xml, tags, foreign_attributes, anything)
xml = st.recursive(leaves, lambda children: st.one_of(elements_only(children), mixed(children)), max_leaves=6)
expressions = st.builds(
    n.Expression,
    text=trimmed,
    language=st.none() | names,
    formal=st.booleans(),
    foreign_attributes=foreign_attributes,
)
conditions = st.none() | expressions


@st.composite
def drawings(draw: st.DrawFn) -> n.Definitions:
    """Make up a whole file in which every id is new and every reference resolves."""
    return _Maker(draw).definitions()


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count()
        self.messages = [n.Message(**self.common()) for _ in range(draw(st.integers(0, 2)))]

    def new_id(self) -> str:
        return f"{self.draw(letters)}_{next(self.numbers)}"

    def common(self) -> dict[str, Any]:
        return {
            "id": self.new_id(),
            "name": self.draw(names),
            "documentation": self.draw(st.lists(anything, max_size=2).map(tuple)),
            "extensions": self.draw(st.lists(xml, max_size=2).map(tuple)),
            "foreign_attributes": self.draw(foreign_attributes),
        }

    def message(self) -> str | None:
        return self.draw(st.sampled_from([None, *(message.id for message in self.messages)]))

    def definition(self) -> n.EventDefinition:
        timer: Callable[[], n.EventDefinition] = lambda: n.TimerDefinition(  # noqa: E731 - one of three, chosen below
            **self.common(),
            kind=self.draw(st.sampled_from(["date", "duration", "cycle"])),
            expression=self.draw(expressions),
        )
        message: Callable[[], n.EventDefinition] = lambda: n.MessageDefinition(**self.common(), message=self.message())  # noqa: E731
        link: Callable[[], n.EventDefinition] = lambda: n.LinkDefinition(**self.common())  # noqa: E731
        return self.draw(st.sampled_from([timer, message, link]))()

    def loop(self) -> n.Loop:
        if self.draw(st.booleans()):
            return None
        return n.MultiInstance(
            **self.common(),
            sequential=self.draw(st.booleans()),
            cardinality=self.draw(conditions),
            collection=self.draw(st.none() | letters),
            item=n.DataItem(**self.common()),
            completion_condition=self.draw(conditions),
        )

    def node(self, depth: int) -> n.FlowNode:
        kind = self.draw(st.sampled_from(["event", "task", "gateway", "call"] + ["sub"] * (depth < 2)))
        if kind == "event":
            return n.StartEvent(
                **self.common(),
                definitions=tuple(self.definition() for _ in range(self.draw(st.integers(0, 2)))),
                interrupting=self.draw(st.booleans()),
            )
        if kind == "task":
            return n.ReceiveTask(**self.common(), message=self.message(), loop=self.loop())
        if kind == "gateway":
            return n.EventBasedGateway(**self.common(), kind=self.draw(st.sampled_from(["exclusive", "parallel"])))
        if kind == "call":
            return n.CallActivity(**self.common(), called=self.draw(letters))
        way: Literal["embedded", "transaction", "adhoc"] = self.draw(
            st.sampled_from(["embedded", "transaction", "adhoc"])
        )
        return n.SubProcess(**self.common(), **self.inside(depth + 1), kind=way)

    def inside(self, depth: int) -> dict[str, Any]:
        nodes = [self.node(depth) for _ in range(self.draw(st.integers(0, 3)))]
        ends = st.sampled_from([node.id for node in nodes] or [""])
        flows = [
            n.SequenceFlow(
                **self.common(), source=self.draw(ends), target=self.draw(ends), condition=self.draw(conditions)
            )
            for _ in range(self.draw(st.integers(0, 3)) if nodes else 0)
        ]
        held = tuple(node.id for node in nodes if self.draw(st.booleans()))
        lanes = (n.Lane(**self.common(), node_refs=held, child_set=n.LaneSet(lanes=(n.Lane(**self.common()),))),)
        return {
            "nodes": tuple(nodes),
            "flows": tuple(flows),
            "lane_sets": (n.LaneSet(lanes=lanes),) if self.draw(st.booleans()) else (),
        }

    def box(self) -> n.Bounds:
        width, height = abs(self.draw(numbers)), abs(self.draw(numbers))
        return n.Bounds(self.draw(numbers), self.draw(numbers), width, height)

    def picture(self, process: n.Process) -> n.Diagram:
        shapes = tuple(
            n.Shape(id=self.new_id(), element=node.id, bounds=self.box(), label=n.Label(bounds=self.box()))
            for node in process.nodes
        )
        edges = tuple(
            n.Edge(id=self.new_id(), element=flow.id, waypoints=(n.Point(self.draw(numbers), self.draw(numbers)),))
            for flow in process.flows
        )
        return n.Diagram(id=self.new_id(), plane=n.Plane(element=process.id, shapes=shapes, edges=edges))

    def definitions(self) -> n.Definitions:
        process = n.Process(**self.common(), **self.inside(0), executable=self.draw(st.booleans()))
        participant = n.Participant(**self.common(), process=process.id)
        return n.Definitions(
            **self.common(),
            target_namespace="urn:t",
            collaborations=(n.Collaboration(**self.common(), participants=(participant,)),),
            processes=(process,),
            messages=tuple(self.messages),
            diagrams=(self.picture(process),),
        )


@given(drawings())
@settings(max_examples=60, deadline=None)
def test_any_drawing_is_read_as_it_was_written(drawn: n.Definitions) -> None:
    assert n.read(n.write(drawn)) == drawn


@given(drawings())
@settings(max_examples=30, deadline=None)
def test_any_drawing_is_written_twice_alike(drawn: n.Definitions) -> None:
    once = n.write(drawn)

    assert n.write(n.read(once)) == once


@given(st.binary(max_size=300))
def test_any_bytes_are_examined_without_an_exception(source: bytes) -> None:
    assert n.examine(source).errors


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_drawing_is_examined_without_an_exception(data: st.DataObject) -> None:
    source = bytearray(n.write(n.Definitions(processes=(n.Process(id="p", nodes=(n.Task(id="t", name="x"),)),))))
    for _ in range(data.draw(st.integers(1, 4))):
        source[data.draw(st.integers(0, len(source) - 1))] = data.draw(st.integers(0, 255))

    examination = n.examine(bytes(source))

    assert examination.definitions is not None or examination.errors


PIECES = [
    "<x:vendor/>",
    "<y:other>text</y:other>",
    "<documentation>text</documentation>",
    "<extensionElements/>",
    "<extensionElements><x:inside/></extensionElements>",
    '<property id="{id}"/>',
    "<ioSpecification/>",
    '<performer id="{id}"/>',
    '<laneSet id="{id}"><x:vendor/><lane id="{id}l"/></laneSet>',
    '<task id="{id}"><x:vendor/><incoming>f</incoming><x:second/></task>',
    '<sequenceFlow id="{id}" sourceRef="t0" targetRef="t0"/>',
    '<dataObject id="{id}"/>',
    '<group id="{id}"/>',
    '<choreographyTask id="{id}"/>',
    '<subProcess id="{id}"><incoming>f</incoming><x:vendor/><completionCondition/><task id="{id}t"/><x:late/></subProcess>',
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=200, deadline=None)
def test_children_in_any_order_come_through(pieces: list[str]) -> None:
    inside = "".join(piece.replace("{id}", f"e{place}") for place, piece in enumerate(pieces))
    spaces = f'xmlns="{n.BPMN}" xmlns:x="urn:x" xmlns:y="urn:y"'
    source = f'<definitions {spaces}><process id="p">{inside}<task id="t0"/></process></definitions>'

    drawn = n.read(source.encode())

    once = n.write(drawn)
    assert n.read(once) == drawn
    assert n.write(n.read(once)) == once
    assert once.count(b"<ns") + once.count(b"<x:") + once.count(b"<y:") == source.count("<x:") + source.count("<y:")
