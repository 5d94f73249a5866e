"""What a file held that another does not: the same tree counted piece by piece, but for what `docs/exchange.md` says is
written in one way only (order of siblings, prefixes, arrows told twice, digits of numbers, white space around a text).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from engine.notation import BPMN, BPMNDI, COMMENT, DC, DI, Xml

_TOLD_TWICE = frozenset({f"{{{BPMN}}}incoming", f"{{{BPMN}}}outgoing"})
_BOX = f"{{{BPMN}}}extensionElements"
_OURS = frozenset({BPMN, BPMNDI, DC, DI})
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_PLAIN = frozenset({f"{{{BPMN}}}tExpression", f"{{{DC}}}Point"})
"""Types that say what a thing is anyway."""

Piece = tuple[str, str, tuple[tuple[str, str], ...], str]
"""Where (the ids around it), tag, attributes, text."""


def lost(before: Xml, after: Xml) -> list[Piece]:
    """Return the pieces of one tree that are not in the other, in the order of the first."""
    left = Counter(_pieces(after, ""))
    gone = []
    for piece in _pieces(before, ""):
        if left[piece]:
            left[piece] -= 1
        else:
            gone.append(piece)
    return gone


def _pieces(xml: Xml, where: str) -> Iterator[Piece]:
    if xml.tag in _TOLD_TWICE or (xml.tag == _BOX and not xml.children):
        return
    ours = xml.namespace in _OURS
    attributes = tuple(
        _said(name, value, ours=ours) for name, value in xml.attributes if name != _TYPE or value not in _PLAIN
    )
    texts = [xml.text, *(each.tail for each in xml.children)]
    yield where, xml.tag, tuple(sorted(attributes)), " ".join(each.strip() for each in texts if each.strip())
    inside = f"{where}/{xml.get('id') or xml.tag}" if xml.tag != COMMENT else where
    for each in xml.children:
        yield from _pieces(each, inside)


def _said(name: str, value: str, *, ours: bool) -> tuple[str, str]:
    if not ours:
        return name, value
    if _NUMBER.fullmatch(value.strip()) and name in {"x", "y", "width", "height"}:
        return name, repr(float(value))
    local = value.strip().rpartition(":")[2] if name.endswith("Ref") or name == "bpmnElement" else value
    flags = (
        {"1": "true", "0": "false"} if name.startswith(("is", "cancel", "triggered", "instantiate", "testB")) else {}
    )
    return name, unicodedata.normalize("NFC", flags.get(local.strip(), local))
