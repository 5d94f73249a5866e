"""A tree of XML as text that is the same every time; it knows namespaces and indentation, not BPMN."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from engine.notation.model import BPMN, BPMNDI, COMMENT, DC, DI, LAJUR, XSI, Attributes, Xml

PREFIXES = {
    BPMN: "bpmn",
    BPMNDI: "bpmndi",
    DC: "dc",
    DI: "di",
    XSI: "xsi",
    LAJUR: "lajur",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespaces that have the same prefix in every file we write."""
_CUSTOMARY = {
    "http://bpmn.io/schema/bpmn/biocolor/1.0": "bioc",
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0": "color",
    "http://camunda.org/schema/modeler/1.0": "modeler",
    "http://www.signavio.com": "signavio",
    "http://www.w3.org/2001/XMLSchema": "xsd",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
}
_TYPE = f"{{{XSI}}}type"
_DASHES = re.compile(r"-(?=-|\Z)")
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def to_text(root: Xml, prefixes: Attributes = (), before: Sequence[str] = (), after: Sequence[str] = ()) -> str:
    """Return a whole XML file. `prefixes` are those to keep; others are customary or numbered.

    `before` and `after` are the comments around it. Raises ValueError for characters that XML cannot hold.
    """
    declared, names = _choose_prefixes(root, prefixes)
    text = "".join(_File(names).lines(root, declared))
    text = "".join([*map(_comment, before), text, *map(_comment, after)])
    if illegal := _ILLEGAL.search(text):
        raise ValueError(illegal.group())
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def _comment(text: str) -> str:
    """Return the line of a comment; two dashes in it, which a file cannot hold there, are parted."""
    return "<!--" + _DASHES.sub("- ", text) + "-->\n"


def _choose_prefixes(root: Xml, wanted: Attributes) -> tuple[dict[str, str], dict[str, str]]:
    """Return what to declare (prefix to namespace) and what to write (namespace to prefix)."""
    declared: dict[str, str] = {}
    names = dict(PREFIXES)
    for prefix, namespace in sorted(wanted):
        if prefix and prefix not in PREFIXES.values() and declared.setdefault(prefix, namespace) == namespace:
            names.setdefault(namespace, prefix)
    for namespace in sorted({*_namespaces(root)}):
        prefix = names.get(namespace) or _free_prefix(namespace, declared)
        names[namespace] = prefix
        declared[prefix] = namespace
    declared.pop("xml", None)
    return declared, names


def _free_prefix(namespace: str, taken: Mapping[str, str]) -> str:
    customary = _CUSTOMARY.get(namespace)
    if customary and customary not in taken:
        return customary
    return next(name for name in map("ns{}".format, count(1)) if name not in taken)


def _namespaces(root: Xml) -> Iterator[str]:
    waiting = [root]
    while waiting:
        xml = waiting.pop()
        waiting.extend(xml.children)
        types = [value for name, value in xml.attributes if name == _TYPE]
        for name in (xml.tag, *(name for name, _ in xml.attributes), *types):
            if name.startswith("{"):
                yield name[1:].partition("}")[0]


class _File:
    """One file being put into lines."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def lines(self, xml: Xml, declared: Mapping[str, str] | None = None, indent: str = "") -> Iterator[str]:
        if xml.tag == COMMENT:
            yield indent + _comment(xml.text)
            return
        opening = f"{indent}<{self._name(xml.tag)}{self._attributes(xml, declared or {})}"
        if not xml.children:
            yield f"{opening}>{self._close(xml)}\n" if xml.text else f"{opening} />\n"
        elif _is_mixed(xml):
            yield f"{opening}>{self._inline(xml)}{self._end(xml)}\n"
        else:
            yield f"{opening}>\n"
            for child in xml.children:
                yield from self.lines(child, indent=indent + "  ")
            yield f"{indent}{self._end(xml)}\n"

    def _close(self, xml: Xml) -> str:
        return xml.text.translate(_IN_TEXT) + self._end(xml)

    def _end(self, xml: Xml) -> str:
        return f"</{self._name(xml.tag)}>"

    def _inline(self, xml: Xml) -> str:
        pieces = [xml.text.translate(_IN_TEXT)]
        for child in xml.children:
            if child.tag == COMMENT:
                pieces += [_comment(child.text).rstrip("\n"), child.tail.translate(_IN_TEXT)]
                continue
            opening = f"<{self._name(child.tag)}{self._attributes(child, {})}"
            inside = self._inline(child)
            pieces.append(f"{opening}>{inside}{self._end(child)}" if inside else f"{opening} />")
            pieces.append(child.tail.translate(_IN_TEXT))
        return "".join(pieces)

    def _attributes(self, xml: Xml, declared: Mapping[str, str]) -> str:
        given = [(self._name(name), self._value(name, value)) for name, value in xml.attributes]
        given.sort(key=lambda each: (each[0] != "id", each[0] != "name", each[0]))
        spaces = [(f"xmlns:{prefix}", namespace) for prefix, namespace in sorted(declared.items())]
        return "".join(f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in (*spaces, *given))

    def _value(self, name: str, value: str) -> str:
        return self._name(value) if name == _TYPE else value

    def _name(self, name: str) -> str:
        if not name.startswith("{"):
            return name
        namespace, _, local = name[1:].partition("}")
        return f"{self._names[namespace]}:{local}"


def _is_mixed(xml: Xml) -> bool:
    return bool(xml.text.strip()) or any(child.tail.strip() for child in xml.children)
