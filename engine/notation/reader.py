"""The only reader of BPMN: bytes become elements, or a refusal that names rule, element and line.

It reads what was drawn, not whether that runs: that is for the interpreters and the catalogue's rules to say.
"""

import unicodedata
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from engine.domain.finding import Finding, Severity
from engine.domain.limits import LIMITS, Limits
from engine.notation.checks import check
from engine.notation.gate import Document, NotReadable, open_document
from engine.notation.model import Attributes, Bounds, Definitions, Element, Foreign, Xml
from engine.notation.slots import EXTENSIONS, Box, Claims, Fields, Reading, Slot, without_tail
from engine.notation.vocabulary import FORMS, KINDS, Attribute, Form, bpmn, rank_of
from engine.notation.xml_text import PREFIXES

FINDINGS = 500
"""As many as are told one by one."""
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Examination:
    """A file as it was read, with all that is to be said about it; None where it could not be read at all."""

    definitions: Definitions | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "error")


def read(source: bytes, *, limits: Limits = LIMITS) -> Definitions:
    """Return what a BPMN 2.0 file draws. Raises NotReadable with everything that stands against it."""
    examination = examine(source, limits=limits)
    if examination.definitions is None or examination.errors:
        raise NotReadable(*examination.errors)
    return examination.definitions


def read_kept(source: bytes, *, limits: Limits = LIMITS) -> Definitions:
    """Return what `read` does, remembered for the last 256 drawings (some 80 KB each): many releases hold the same one."""
    with _LOCK:
        known = _KEPT.get((source, limits))
        if known is not None:
            _KEPT.move_to_end((source, limits))
            return known
    definitions = read(source, limits=limits)
    keep(source, definitions, limits=limits)
    return definitions


def keep(source: bytes, definitions: Definitions, *, limits: Limits = LIMITS) -> None:
    """Remember for `read_kept` what has been read of a file just now, without an error."""
    with _LOCK:
        _KEPT[source, limits] = definitions
        _KEPT.move_to_end((source, limits))
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)


_MOST_KEPT = 256
_KEPT: OrderedDict[tuple[bytes, Limits], Definitions] = OrderedDict()
_LOCK = Lock()


def examine(source: bytes, *, limits: Limits = LIMITS) -> Examination:
    """Read a file as far as it can be read, and tell all that was found: errors, warnings and notes. Never raises."""
    try:
        document = open_document(source, limits)
        _expect_bpmn(document.root)
    except NotReadable as refusal:
        return Examination(None, refusal.findings)
    namespace = document.root.get("targetNamespace")
    ours = frozenset(prefix for prefix, uri in document.prefixes if prefix and uri == namespace)
    reading = Reading(ours, _read_element, list(document.findings))
    around = {"comments_before": document.before, "comments_after": document.after}
    definitions = _read_element(document.root, reading, prefixes=_prefixes_worth_keeping(document), **around)
    if not isinstance(definitions, Definitions):
        raise TypeError(definitions)
    findings = sorted([*reading.findings, *check(definitions, reading.claims, limits)], key=lambda each: each.line or 0)
    return Examination(definitions, _not_too_many(findings))


def _not_too_many(findings: list[Finding]) -> tuple[Finding, ...]:
    """Keep the first findings, and one that tells of the others and is as grave as they are."""
    told, others = findings[:FINDINGS], findings[FINDINGS:]
    if not others:
        return tuple(told)
    severity: Severity = "error" if any(each.severity == "error" for each in others) else "warning"
    message = "Expected few findings, but there are {count} more."
    return (*told, Finding(rule="more-findings", message=message, severity=severity, facts={"count": len(others)}))


def _expect_bpmn(root: Xml) -> None:
    if root.tag != bpmn("definitions"):
        message = "Expected the “definitions” of a BPMN 2.0 file, but this file holds “{found}”{namespace}."
        facts = {"found": root.local[:80], "namespace": f" ({root.namespace[:200]})" if root.namespace else ""}
        raise NotReadable(Finding(rule="not-bpmn", message=message, line=root.line, facts=facts))


def _prefixes_worth_keeping(document: Document) -> Attributes:
    """Leave out other names for namespaces of our own, unless something kept speaks of them."""
    foreign = [(prefix, uri) for prefix, uri in document.prefixes if prefix and uri not in PREFIXES]
    aliases = [(prefix, uri) for prefix, uri in document.prefixes if prefix and PREFIXES.get(uri, prefix) != prefix]
    used = _prefixes_in_values(document.root) if aliases else set()
    return tuple(sorted([*foreign, *(each for each in aliases if each[0] in used)]))


def _prefixes_in_values(root: Xml) -> set[str]:
    found = set()
    waiting = [root]
    while waiting:
        xml = waiting.pop()
        waiting.extend(xml.children)
        for text in (xml.text, *(value for _, value in xml.attributes)):
            found.add(text.strip().partition(":")[0])
    return found


def _read_element(xml: Xml, reading: Reading, **more: Any) -> Element:
    kind = KINDS[xml.tag]
    form = FORMS[kind.type]
    fields: Fields = {**dict(kind.fixed), **more, "line": xml.line}
    fields["foreign_attributes"] = _read_attributes(xml, form, fields, reading)
    _read_children(xml, kind.type, form, fields, reading)
    _look_for_stray_text(xml, reading)
    if "name" in fields:
        fields["name"] = _one_way_of_writing(fields["name"], xml, reading)
    return kind.type(**fields)


def _read_attributes(xml: Xml, form: Form, fields: Fields, reading: Reading) -> tuple[tuple[str, str], ...]:
    given = dict(xml.attributes)
    for attribute in form.attributes:
        value = given.pop(attribute.name, None)
        if value is not None:
            fields[attribute.field] = _value(attribute, value, xml, reading)
            if fields[attribute.field] == attribute.absent is not None:
                fields["spelled"] = (*fields.get("spelled", ()), attribute.name)
        elif attribute.required:
            message = "Expected {tag} to say its {name}, but it does not."
            reading.find("missing-reference", message, xml, tag=xml.local, name=attribute.name)
            fields[attribute.field] = ""
        elif attribute.absent is not None:
            fields[attribute.field] = attribute.absent
    return tuple(given.items())


def _value(attribute: Attribute, value: str, xml: Xml, reading: Reading) -> object:
    if attribute.manner == "reference":
        return reading.reference(value)
    if attribute.manner == "flag":
        if value.strip() not in _FLAGS:
            message = "Expected {name} to be true or false, but it is “{value}”."
            reading.find("bad-flag", message, xml, name=attribute.name, value=value[:40])
        return _FLAGS.get(value.strip(), bool(attribute.absent))
    if attribute.choices and value not in attribute.choices:
        message = "Expected {name} to be one of {choices}, but it is “{value}”."
        choices = ", ".join(attribute.choices)
        reading.find("bad-value", message, xml, name=attribute.name, choices=choices, value=value[:40])
        return attribute.absent
    return value


def _read_children(xml: Xml, owner: type[Element], form: Form, fields: Fields, reading: Reading) -> None:
    taken: dict[int, list[Xml]] = {}
    places: list[tuple[Xml, int | None]] = []
    for child in xml.children:
        place = next((index for index, slot in enumerate(form.slots) if slot.takes(child.tag)), None)
        places.append((child, place))
        if place is not None:
            taken.setdefault(place, []).append(child)
    for index, slot in enumerate(form.slots):
        if index in taken:
            reading.owner = xml.get("id")
            fields.update(slot.read(taken[index], reading))
        elif isinstance(slot, Box) and slot.required:
            message = "Expected {tag} to have bounds, but it has none."
            reading.find("missing-bounds", message, xml, tag=xml.local)
            fields["bounds"] = Bounds(0, 0, 0, 0)
    fields["foreign_children"] = _foreign(places, owner, form.slots)


def _foreign(
    places: list[tuple[Xml, int | None]], owner: type[Element], slots: tuple[Slot, ...]
) -> tuple[Foreign, ...]:
    """Put what has no slot in the order in which it is written again."""
    if all(slot is not None for _, slot in places):
        return ()
    keys = [_key(order, xml, slot, slots) for order, (xml, slot) in enumerate(places)]
    written = sorted({key for key in keys if key is not None})
    ranked: list[tuple[int, Foreign]] = []
    placed: list[Foreign] = []
    last = 0
    for (xml, slot), key in zip(places, keys, strict=True):
        last = bisect_right(written, key) if key is not None else last
        if slot is not None:
            continue
        rank = rank_of(owner, xml)
        if rank is None:
            placed.append(Foreign(without_tail(xml), last))
        else:
            ranked.append((rank, Foreign(without_tail(xml))))
    ranked.sort(key=lambda each: each[0])
    placed.sort(key=lambda each: each.place)
    return (*(foreign for _, foreign in ranked), *placed)


def _key(order: int, xml: Xml, slot: int | None, slots: tuple[Slot, ...]) -> tuple[int, int] | None:
    """Return where a typed child is written, or None for what is not written from itself."""
    if slot is None or isinstance(slots[slot], Claims):
        return None
    if xml.tag == EXTENSIONS:
        return (slot, 0) if xml.children else None
    return (slot, order)


def _look_for_stray_text(xml: Xml, reading: Reading) -> None:
    stray = "".join((xml.text, *(child.tail for child in xml.children))).strip()
    if stray:
        message = "Expected only elements in {tag}, but there is the text “{text}”."
        reading.find("stray-text", message, xml, tag=xml.local, text=stray[:40])


def _one_way_of_writing(name: str, xml: Xml, reading: Reading) -> str:
    """Return a name in Unicode's normal form C, so that what looks the same is the same."""
    normal = unicodedata.normalize("NFC", name)
    if normal != name:
        message = "Expected the name “{name}” in Unicode's normal form C, but it is not; it is read as if it were."
        reading.find("name-normalised", message, xml, "note", name=normal)
    return normal
