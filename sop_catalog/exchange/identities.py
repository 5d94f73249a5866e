"""Ids of a stranger's file made well-formed and unique, with every reference that can mean only one thing; a tree in, a
tree out. What a reference to an id that stands twice means is not guessed: it stays with the first.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from engine.domain.finding import Finding
from engine.notation import BPMN, BPMNDI, DC, DI, Xml
from engine.notation.checks import DRAWN_ID, ID, RESERVED

_PICTURE = frozenset({BPMNDI, DC, DI})
_STEPS = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask"}
    | {"callActivity", "subProcess", "transaction", "adHocSubProcess"}
    | {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
    | {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
_DECLARED = _STEPS | {
    *("process", "sequenceFlow", "lane", "participant", "messageFlow", "message", "error", "escalation", "signal")
}
"""Elements that nothing can be said of without an id."""
_NOT_REFERENCES = frozenset({"structureRef"})
_REFERENCES = frozenset(
    {"default", "bpmnElement", "calledElement", "choreographyActivityShape", "labelStyle", "sourceElement"}
    | {"targetElement", "incoming", "outgoing", "source", "target"}
)
LONGEST = 64


def rebuilt(xml: Xml, change: Callable[[Xml], Xml]) -> Xml:
    """Return a tree in which each piece was put through `change`, children first."""
    children = tuple(rebuilt(each, change) for each in xml.children)
    same = all(new is old for new, old in zip(children, xml.children, strict=True))
    return change(xml if same else replace(xml, children=children))


def with_attribute(xml: Xml, name: str, value: str) -> Xml:
    """Return the same piece saying this."""
    return replace(xml, attributes=tuple(sorted({**dict(xml.attributes), name: value}.items())))


def own(xml: Xml) -> Iterator[Xml]:
    """Walk what is BPMN's own, in the order of the file; what vendors keep in their extensions is theirs."""
    if xml.namespace == BPMN or xml.namespace in _PICTURE:
        yield xml
        if xml.local != "extensionElements":
            for each in xml.children:
                yield from own(each)


def mend_ids(root: Xml) -> tuple[Xml, list[Finding]]:
    """Give every element that needs one an id of its own, and tell which and where."""
    plan = _Plan(root)
    if not plan.fresh:
        return root, []
    return _renamed(root, plan.fresh, plan.moved), plan.repairs


def rename(root: Xml, old: str, new: str) -> Xml:
    """Give one element another id, and make its references follow; another one of the new id gives way."""
    known = {each.get("id") for each in own(root)}
    moved = {old: new}
    if new in known and new != old:
        moved[new] = _free(f"{new}_1", known, {})
    fresh = {id(each): moved[each.get("id")] for each in own(root) if each.get("id") in moved}
    return _renamed(root, fresh, moved)


class _Plan:
    """Which elements get which id."""

    def __init__(self, root: Xml) -> None:
        self.fresh: dict[int, str] = {}
        self.moved: dict[str, str] = {}
        self.repairs: list[Finding] = []
        everything = list(own(root))
        self._known = {each.get("id") for each in everything}
        self._onward: dict[str, int] = {}
        self._seen: set[str] = set()
        for each in sorted(everything, key=lambda xml: xml.namespace in _PICTURE):
            self._look_at(each)

    def _look_at(self, xml: Xml) -> None:
        old = xml.get("id")
        form = DRAWN_ID if xml.namespace in _PICTURE else ID
        if not old:
            if xml.namespace == BPMN and xml.local in _DECLARED:
                self._give(xml, xml.local, "Gave {tag} “{name}” the id {id}, for it had none.")
        elif old in self._seen:
            self._give(xml, old, "Gave {tag} “{name}” the id {id}, for {old} stands twice; references keep the first.")
        elif not form.fullmatch(old) or (xml.namespace == BPMN and RESERVED.fullmatch(old)):
            self.moved[old] = self._give(xml, old, "Gave {tag} “{name}” the id {id} instead of “{old}”.")
        self._seen.add(old)

    def _give(self, xml: Xml, wish: str, message: str) -> str:
        new = _free(well_formed(wish), self._known, self._onward)
        self._known.add(new)
        self.fresh[id(xml)] = new
        facts = {"tag": xml.local, "name": xml.get("name")[:80], "id": new, "old": wish[:80]}
        found = Finding("id", message, severity="note", element=new, line=xml.line, facts=facts)
        self.repairs.append(found)
        return new


def well_formed(wish: str) -> str:
    """Return an id as near to the wish as an id can be."""
    plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9_.-]+", "_", plain.strip()).strip("_") or "id"
    kept = kept if re.match(r"[A-Za-z_]", kept) else f"id_{kept}"
    if len(kept) > LONGEST - 4:
        kept = f"{kept[: LONGEST - 14]}_{hashlib.sha256(wish.encode()).hexdigest()[:8]}"
    return f"{kept}_1" if RESERVED.fullmatch(kept) else kept


def _free(wish: str, known: set[str], onward: dict[str, int]) -> str:
    """The id itself, or with a number; `onward` keeps where to go on, for thousands of elements may have one id."""
    if wish not in known:
        return wish
    onward[wish] = next(each for each in count(onward.get(wish, 2)) if f"{wish}_{each}" not in known) + 1
    return f"{wish}_{onward[wish] - 1}"


def _renamed(root: Xml, fresh: Mapping[int, str], moved: Mapping[str, str]) -> Xml:
    """Write the new ids, and the references to those that moved. `fresh` knows pieces of this very tree."""

    def changed(xml: Xml) -> Xml:
        children = tuple(changed(each) for each in xml.children)
        if xml.namespace != BPMN and xml.namespace not in _PICTURE:
            return xml
        attributes = tuple((name, _follow(name, value, moved)) for name, value in xml.attributes)
        text = xml.text
        if not xml.children and _is_reference(xml.local):
            text = _target(xml.text.strip(), moved) or xml.text
        made = replace(xml, attributes=attributes, text=text, children=children)
        return with_attribute(made, "id", fresh[id(xml)]) if id(xml) in fresh else made

    return changed(root)


def _follow(name: str, value: str, moved: Mapping[str, str]) -> str:
    return (_target(value.strip(), moved) or value) if _is_reference(name) else value


def _target(value: str, moved: Mapping[str, str]) -> str | None:
    return moved.get(value) or (moved.get(value.partition(":")[2]) if ":" in value else None)


def _is_reference(name: str) -> bool:
    return (name in _REFERENCES or name.endswith(("Ref", "Refs"))) and name not in _NOT_REFERENCES
