"""Finds what a drawing says and its table does not: the table is drawn again and the two are laid side by side.

Where things stand on the page, the ids of arrows and the order in which elements are written are not compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from engine.domain.finding import Finding
from engine.notation import (
    BoundaryEvent,
    Definitions,
    Element,
    Expression,
    Process,
    Scope,
    SequenceFlow,
    StartEvent,
    SubProcess,
    Xml,
    lanes,
)
from sop_catalog.sheets.groups import end_of
from sop_catalog.sheets.ways import gateway_id

_LEFT_OUT = frozenset({"id", "line", "default", "formal", "documentation_attributes", "nodes", "flows", "lane_sets"})
_REFERENCES = frozenset({"source", "target", "attached_to", "message", "error", "escalation", "process"})
_WORDS = {
    "name": "name",
    "documentation": "documentation",
    "extensions": "extensionElements",
    "foreign_attributes": "attributes",
    "foreign_children": "further elements",
    "definitions": "event definition",
    "loop": "loop",
}


@dataclass(frozen=True, slots=True)
class _Said:
    """What a drawing says at one place, field by field."""

    element: Element
    fields: Mapping[str, object]


def unsaid(drawing: Definitions, again: Definitions, name: Callable[[str], str]) -> tuple[Finding, ...]:
    """Return a finding for all that `drawing` says and `again` does not; `name` is what the table calls an element."""
    old, new = _Sayings(drawing, name), _Sayings(again, str)
    return tuple(old.unsaid_in(new))


class _Sayings:
    """Everything that one drawing says, by place."""

    def __init__(self, drawing: Definitions, name: Callable[[str], str]) -> None:
        self.name = name
        self.declared = {
            each.id: (each.name, getattr(each, "code", None))
            for each in (*drawing.messages, *drawing.errors, *drawing.escalations, *drawing.signals)
        }
        self.at: dict[tuple[str, ...], _Said] = {}
        often: Counter[tuple[str, ...]] = Counter()
        for place, element, said in self._all(drawing):
            self.at[(*place, str(often[place])) if place[0] == "flow" else place] = _Said(element, said)
            often[place] += 1

    def unsaid_in(self, other: _Sayings) -> Iterator[Finding]:
        for place, mine in self.at.items():
            theirs = other.at.get(place)
            if theirs is None:
                yield _finding(mine.element, "A table cannot say this: {what}.", what=_kind(mine.element))
                continue
            differing = [_WORDS.get(key, key) for key, said in mine.fields.items() if theirs.fields.get(key) != said]
            if differing:
                yield _finding(
                    mine.element,
                    "A table cannot say what is drawn of this element: {what}.",
                    what=", ".join(sorted(set(differing))),
                )

    def _all(self, drawing: Definitions) -> Iterator[tuple[tuple[str, ...], Element, dict[str, object]]]:
        for index, foreign in enumerate(drawing.foreign_children):
            yield ("foreign", str(index)), drawing, {"foreign_children": repr(foreign.xml.tag)}
        for process in drawing.processes:
            yield ("process", process.id), process, self._fields(process)
            yield from self._scope(process)
            for lane in lanes(process):
                said = self._fields(lane)
                yield ("lane", self.name(lane.id)), lane, {k: v for k, v in said.items() if k != "node_refs"}
            yield from self._in_lanes(process)
        for collaboration in drawing.collaborations:
            for pool in collaboration.participants:
                if pool.process is None:
                    yield ("pool", self.name(pool.id)), pool, self._fields(pool)
            for flow in collaboration.message_flows:
                place = ("flow", "message", self.name(flow.source), self.name(flow.target))
                yield place, flow, self._fields(flow)

    def _scope(self, scope: Scope) -> Iterator[tuple[tuple[str, ...], Element, dict[str, object]]]:
        for node in scope.nodes:
            said = self._fields(node)
            yield (
                ("node", self.name(node.id)),
                node,
                {**said, "scope": self.name(scope.id), "kind": type(node).__name__},
            )
            if isinstance(node, SubProcess):
                yield from self._scope(node)
        usual = {getattr(node, "default", None) for node in scope.nodes}
        for flow in scope.flows:
            yield self._place_of(flow), flow, {**self._fields(flow), "default": flow.id in usual}

    def _place_of(self, flow: SequenceFlow) -> tuple[str, ...]:
        return ("flow", self.name(flow.source), self.name(flow.target), flow.condition.text if flow.condition else "")

    def _in_lanes(self, process: Process) -> Iterator[tuple[tuple[str, ...], Element, dict[str, object]]]:
        """Whose lane the steps, forks and ends stand in; that of starts, borders, decisions and ends of groups follows from them."""
        found: dict[str, str] = {}
        for lane in lanes(process):
            found |= dict.fromkeys(lane.node_refs, self.name(lane.id))
        yield from self._lanes_of(process, found, "")

    def _lanes_of(
        self, scope: Scope, found: Mapping[str, str], around: str
    ) -> Iterator[tuple[tuple[str, ...], Element, dict[str, object]]]:
        follow = {end_of(scope.id), *(gateway_id(each.id) for each in scope.nodes)}
        for node in scope.nodes:
            lane = found.get(node.id, around)
            if isinstance(node, SubProcess):
                yield from self._lanes_of(node, found, lane)
            elif not isinstance(node, StartEvent | BoundaryEvent) and self.name(node.id) not in follow:
                yield ("stands", self.name(node.id)), node, {"lane": lane}

    def _fields(self, element: Element) -> dict[str, object]:
        return {
            each.name: self._bare(getattr(element, each.name), each.name)
            for each in fields(element)
            if each.name not in _LEFT_OUT
        }

    def _bare(self, value: Any, key: str) -> object:
        """Return a value without ids and lines, and what it refers to under the table's name."""
        if key in _REFERENCES and isinstance(value, str):
            return self.declared.get(value) or self.name(value)
        if key == "documentation":
            return "\n".join(value).strip()
        if key == "extensions":
            return sorted((_bare_xml(each) for each in value), key=repr)
        if isinstance(value, tuple):
            return tuple(self._bare(each, "") for each in value)
        return self._bare_element(value)

    def _bare_element(self, value: Any) -> object:
        if isinstance(value, Expression):
            return value.text.strip()
        if isinstance(value, Xml):
            return _bare_xml(value)
        if is_dataclass(value) and not isinstance(value, type):
            said = {each.name: self._bare(getattr(value, each.name), each.name) for each in fields(value)}
            return (type(value).__name__, *((k, v) for k, v in said.items() if k not in _LEFT_OUT))
        return value


def _bare_xml(xml: Xml) -> tuple[object, ...]:
    return (xml.tag, xml.attributes, xml.text.strip(), tuple(map(_bare_xml, xml.children)))


def _kind(element: Element) -> str:
    name = type(element).__name__
    return name[0].lower() + name[1:]


def _finding(element: Element, message: str, **facts: object) -> Finding:
    return Finding("sop-table", message, element=element.id or None, line=element.line or None, facts=facts)
