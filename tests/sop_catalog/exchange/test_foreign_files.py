"""Files in the manner of other tools: what is in them comes out again, and they can be shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from lxml import etree

from engine.notation import examine, write
from sop_catalog.exchange import Incoming, bring_in
from sop_catalog.exchange.incoming import readable
from sop_catalog.exchange.pictures import drawing_in, svg_of
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.sop_catalog.exchange.foreign_pieces import DC, DD, DI, MODEL, XSI

each_file = pytest.mark.parametrize("name", FOREIGN)
OURS = {MODEL, DI, DC, DD}


def canonical(source: bytes) -> str:
    """The file as C14N 2.0 writes it, but for what docs/exchange.md says is written in one way only."""
    root: Any = etree.fromstring(source, etree.XMLParser(resolve_entities=False, remove_pis=True, strip_cdata=True))
    target = {prefix for prefix, uri in root.nsmap.items() if uri == root.get("targetNamespace") and prefix}
    for each in list(root.iter(f"{{{MODEL}}}incoming", f"{{{MODEL}}}outgoing")):
        each.getparent().remove(each)
    for each in list(root.iter(f"{{{MODEL}}}extensionElements")):
        if len(each) == 0:
            each.getparent().remove(each)
    for each in root.iter(etree.Element):
        if etree.QName(each).namespace in OURS:
            _one_way(each, target)
    around = [*root.itersiblings(preceding=True), *root.itersiblings()]
    beside = [str(each.text) for each in around if each.tag is etree.Comment]
    text = etree.tostring(_sorted(root)).decode()
    told = str(etree.canonicalize(text, strip_text=True, rewrite_prefixes=True, with_comments=True))
    return told + "".join(sorted(beside))


def _one_way(each: Any, target: set[str | None]) -> None:
    kind = each.get(f"{{{XSI}}}type")
    if kind and kind.rpartition(":")[2] == "Point":
        del each.attrib[f"{{{XSI}}}type"]
    elif kind:
        each.set(f"{{{XSI}}}type", kind.rpartition(":")[2])
    for name, value in each.attrib.items():
        plain = unicodedata.normalize("NFC", str(value))
        if name in {"x", "y", "width", "height"} and re.fullmatch(r"-?[0-9.e+]+", plain):
            plain = repr(float(plain))
        if (name.endswith("Ref") or name == "bpmnElement") and plain.partition(":")[0] in target:
            plain = plain.partition(":")[2]
        each.set(name, plain)


def _sorted(root: Any) -> Any:
    """Siblings of BPMN's own in the order of what they say: the schema lets them stand in any."""
    for each in list(root.iter(etree.Element)):
        if etree.QName(each).namespace not in OURS or not len(each):
            continue
        if etree.QName(each).localname in {"extensionElements", "BPMNEdge"}:
            continue
        each[:] = sorted(each, key=_of_itself)
        each.text = None
        for child in each:
            child.tail = None
    return root


def _of_itself(each: Any) -> tuple[str, ...]:
    if not isinstance(each.tag, str):
        return ("comment", each.text or "")
    said = sorted(f"{name}={value}" for name, value in each.attrib.items())
    return (each.tag, *said, "".join(str(text).strip() for text in each.itertext()))


@pytest.mark.parametrize(
    "name", sorted(FOREIGN.keys() - {"instructions-and-comments"})
)  # comments amid text move before it
def test_what_is_in_a_file_comes_out_again(name: str) -> None:
    source, _ = readable(FOREIGN[name])
    drawing = examine(source).definitions
    assert drawing is not None

    written = write(drawing)

    assert canonical(written) == canonical(source)


@each_file
def test_writing_again_changes_nothing(name: str) -> None:
    drawing = drawing_in(FOREIGN[name])

    once = write(drawing)

    assert write(drawing_in(once)) == once


@each_file
def test_it_can_be_kept_as_it_came(name: str) -> None:
    [one] = bring_in([Incoming(f"{name}.bpmn", FOREIGN[name])])

    assert one.can_be_kept
    assert one.source == FOREIGN[name]
    assert not [each for each in one.findings if each.rule == "not-carried"]


@each_file
def test_it_can_be_shown(name: str) -> None:
    svg = svg_of(drawing_in(FOREIGN[name]))

    etree.fromstring(svg.encode())
    assert svg.count("data-element") >= 1
