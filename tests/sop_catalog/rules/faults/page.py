"""A good drawing as XML, to seed one fault in: what stands in it, and how to draw something more or leave something out.

Read and written by lxml alone, so that nothing of what is tried here says where a fault is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from lxml import etree

Xml = Any
"""An element of lxml."""

NAMESPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "lajur": "urn:lajur:bpmn:1",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
}
OUTCOME = "outcome ="


class NoPlace(Exception):
    """This drawing has no place for the fault."""


class Spot(NamedTuple):
    """Where a fault stands: the id that must be told, and the XML on whose line it must be told."""

    element: str | None
    xml: Xml | None
    others: tuple[str, ...] = ()
    """Ids at which it may be told as well, where several are wrong together."""


Sow = Callable[["Page", Random], Spot]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to spoil a good drawing, and the rule that must say so."""

    name: str
    rule: str
    sow: Sow
    facts: tuple[tuple[str, str], ...] = ()
    """What the finding must say besides."""
    spoil: Callable[[bytes], bytes] | None = None
    """What is done to the text afterwards."""


def tag(name: str) -> str:
    """`bpmn:userTask` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


class Page:
    """One drawing, and its one process that runs."""

    def __init__(self, text: bytes) -> None:
        self.root: Xml = etree.fromstring(text)
        self.process: Xml = next(
            each for each in self.root.iter(tag("bpmn:process")) if each.find(tag("bpmn:startEvent")) is not None
        )
        self.plane: Xml = self.root.find(".//bpmndi:BPMNPlane", NAMESPACES)

    def text(self) -> bytes:
        """The drawing as a file."""
        written: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return written

    def all(self, *names: str) -> list[Xml]:
        """Everything of these kinds in the process, in the order of the file."""
        return list(self.process.iter(*(tag(name) for name in names)))

    def one(self, rng: Random, candidates: Sequence[Xml]) -> Xml:
        """One of them, by the seed; no place where there is none."""
        if not candidates:
            raise NoPlace
        return rng.choice(list(candidates))

    def tasks(self) -> list[Xml]:
        """Steps of officers."""
        return self.all("bpmn:userTask", "bpmn:manualTask")

    def nodes(self) -> list[Xml]:
        """All that arrows lead to."""
        ends = {each.get(end) for each in self.flows() for end in ("sourceRef", "targetRef")}
        return [each for each in self.process if each.get("id") in ends]

    def flows(self) -> list[Xml]:
        return self.all("bpmn:sequenceFlow")

    def find(self, name: str | None) -> Xml:
        """The element of this id."""
        return next(each for each in self.root.iter(etree.Element) if each.get("id") == name)

    def out_of(self, node: Xml) -> list[Xml]:
        return [each for each in self.flows() if each.get("sourceRef") == node.get("id")]

    def into(self, node: Xml) -> list[Xml]:
        return [each for each in self.flows() if each.get("targetRef") == node.get("id")]

    def sheet(self) -> Xml:
        """The cover sheet."""
        return self.process.find("bpmn:extensionElements/lajur:sheet", NAMESPACES)

    def said(self, node: Xml) -> Xml:
        """The extension elements of a node."""
        found = node.find(tag("bpmn:extensionElements"))
        if found is None:
            raise NoPlace
        return found

    def condition(self, flow: Xml) -> Xml:
        """What an arrow asks; None where it asks nothing."""
        return flow.find(tag("bpmn:conditionExpression"))

    def decisions(self, *, by_outcome: bool) -> list[Xml]:
        """Exclusive gateways whose exits all ask for an outcome, or of which some read facts."""
        found = []
        for gateway in self.all("bpmn:exclusiveGateway"):
            asked = [self.condition(flow) for flow in self.out_of(gateway)]
            texts = [each.text for each in asked if each is not None]
            is_outcome = len(texts) > 1 and all(text.startswith(OUTCOME) for text in texts)
            if texts and is_outcome is by_outcome and len(asked) > 1:
                found.append(gateway)
        return found

    def gateway_default(self, flow: Xml) -> Xml | None:
        """What takes this arrow when it takes no other."""
        return next((each for each in self.nodes() if each.get("default") == flow.get("id")), None)

    def shape(self, name: str | None) -> Xml:
        return next(each for each in self.plane.iter(tag("bpmndi:BPMNShape")) if each.get("bpmnElement") == name)

    def edge(self, flow: Xml) -> Xml:
        return next(
            each for each in self.plane.iter(tag("bpmndi:BPMNEdge")) if each.get("bpmnElement") == flow.get("id")
        )

    def bounds(self, name: str | None) -> Xml:
        return self.shape(name).find(tag("dc:Bounds"))

    def box(self, name: str | None) -> tuple[float, float, float, float]:
        """Left, top, width, height."""
        bounds = self.bounds(name)
        return (*(float(bounds.get(each)) for each in ("x", "y", "width", "height")),)  # type: ignore[return-value]  # four

    def lane_of(self, node: Xml) -> Xml:
        return next(lane for lane in self.all("bpmn:lane") if node.get("id") in self.held(lane))

    def held(self, lane: Xml) -> list[str]:
        return [each.text for each in lane.iterchildren(tag("bpmn:flowNodeRef"))]

    # To draw something more.

    def add(
        self,
        parent: Xml,
        kind: str,
        said: Mapping[str, str] | None = None,
        /,
        *,
        at: int | None = None,
        text: str = "",
        **attributes: str,
    ) -> Xml:
        """A new element on a line of its own."""
        new = etree.Element(tag(kind), {**(said or {}), **attributes})
        new.text, new.tail = text or None, "\n      "
        index = len(parent) if at is None else at
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "").rstrip(" ") or "\n"
        parent.insert(index, new)
        return new

    def add_node(self, kind: str, identity: str, *, beside: Xml, label: str = "", **attributes: str) -> Xml:
        """A new node in the lane of another one, drawn a little below the picture's first line."""
        first_flow = list(self.process).index(self.process.find(tag("bpmn:sequenceFlow")))
        new = self.add(self.process, kind, at=first_flow, id=identity, **attributes)
        if label:
            new.set("name", label)
        self.add(self.lane_of(beside), "bpmn:flowNodeRef", text=identity)
        left, top, width, height = self.box(beside.get("id"))
        drawn = self.add(self.plane, "bpmndi:BPMNShape", id=f"{identity}_di", bpmnElement=identity)
        self.add(drawn, "dc:Bounds", x=str(left), y=str(top), width=str(width), height=str(height))
        return new

    def add_task(self, identity: str, *, beside: Xml) -> Xml:
        """A new step that says all that a step must say."""
        new = self.add_node("bpmn:userTask", identity, beside=beside, label=f"Memeriksa {identity}")
        self.add(new, "bpmn:documentation", text="Periksa kembali.")
        said = self.add(new, "bpmn:extensionElements")
        self.add(said, "lajur:allowance", amount="1", clock="working-hours")
        self.add(said, "lajur:requirement", text=f"Lembar {identity}")
        self.add(said, "lajur:output", text=f"Catatan {identity}")
        return new

    def add_group(self, identity: str, *, beside: Xml, kind: str = "bpmn:subProcess") -> Xml:
        """A new group of one step; nothing leads to it."""
        group = self.add_node(kind, identity, beside=beside, label="Memeriksa bersama")
        self.add(group, "bpmn:startEvent", id=f"{identity}_mulai")
        self.add(group, "bpmn:userTask", id=f"{identity}_langkah", name="Memeriksa sendiri")
        self.add(group, "bpmn:endEvent", id=f"{identity}_selesai")
        for source, target in (("mulai", "langkah"), ("langkah", "selesai")):
            ends = {"sourceRef": f"{identity}_{source}", "targetRef": f"{identity}_{target}"}
            self.add(group, "bpmn:sequenceFlow", ends, id=f"{identity}_{source}_{target}")
        return group

    def add_flow(self, source: Xml, target: Xml, *, condition: str = "", label: str = "") -> Xml:
        """A new arrow, drawn from middle to middle."""
        identity = f"{source.get('id')}__ke__{target.get('id')}"
        new = self.add(self.process, "bpmn:sequenceFlow", id=identity, sourceRef=source.get("id"))
        new.set("targetRef", target.get("id"))
        if label:
            new.set("name", label)
        if condition:
            self.add(new, "bpmn:conditionExpression", text=condition)
        edge = self.add(self.plane, "bpmndi:BPMNEdge", id=f"{identity}_di", bpmnElement=identity)
        for node in (source, target):
            left, top, width, height = self.box(node.get("id"))
            self.add(edge, "di:waypoint", x=str(left + width / 2), y=str(top + height / 2))
        return new

    def lead(self, flow: Xml, target: Xml) -> None:
        """Lead an arrow elsewhere."""
        self.drop_flow_claims(flow)
        flow.set("targetRef", target.get("id"))

    def put_between(self, node: Xml, flow: Xml) -> Xml:
        """Lead an arrow to a new node, and a new arrow from there to where it led."""
        target = self.find(flow.get("targetRef"))
        self.lead(flow, node)
        return self.add_flow(node, target)

    # To leave something out.

    def drop(self, node: Xml) -> None:
        """Take an element away, and nothing else."""
        parent = node.getparent()
        before = node.getprevious()
        if before is not None:
            before.tail = node.tail
        parent.remove(node)

    def drop_flow(self, flow: Xml) -> None:
        """Take an arrow away with its line and what its ends say of it."""
        self.drop_flow_claims(flow)
        self.drop(self.edge(flow))
        for node in self.nodes():
            if node.get("default") == flow.get("id"):
                del node.attrib["default"]
        self.drop(flow)

    def drop_node(self, node: Xml) -> None:
        """Take a node away with its shape and its place in a lane; its arrows stay."""
        for each in self.all("bpmn:flowNodeRef"):
            if each.text == node.get("id"):
                self.drop(each)
        self.drop(self.shape(node.get("id")))
        self.drop(node)

    def rename(self, old: str, new: str) -> None:
        """Give an element another id wherever it is named."""
        for each in self.root.iter(etree.Element):
            for name, value in each.attrib.items():
                if value == old:
                    each.set(name, new)
            if each.text == old:
                each.text = new

    def drop_flow_claims(self, flow: Xml) -> None:
        """Take away what the nodes at its ends say of an arrow."""
        for each in self.all("bpmn:incoming", "bpmn:outgoing"):
            if each.text == flow.get("id"):
                self.drop(each)

    def reached(self, begin: Xml, without: Sequence[Xml] = ()) -> list[Xml]:
        """The nodes that a case can come to from one, but not over some."""
        found: dict[str, Xml] = {}
        waiting = [begin]
        while waiting:
            for each in self._onward(waiting.pop()):
                if each.get("id") not in found and each not in without:
                    found[each.get("id")] = each
                    waiting.append(each)
        return list(found.values())

    def _onward(self, node: Xml) -> Iterator[Xml]:
        yield from (self.find(flow.get("targetRef")) for flow in self.out_of(node))
        yield from (each for each in self.all("bpmn:boundaryEvent") if each.get("attachedToRef") == node.get("id"))
