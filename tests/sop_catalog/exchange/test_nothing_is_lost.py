"""Files in the manner of other tools, brought in: all that was not repaired by name is there, in the order in which it came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from sop_catalog.exchange import Imported, Incoming
from sop_catalog.exchange.importing import mend
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.sop_catalog.exchange.foreign_pieces import DI, MODEL, XSI

each_file = pytest.mark.parametrize("name", FOREIGN)
_TYPE = f"{{{XSI}}}type"


def brought(name: str) -> Imported:
    return mend(Incoming(f"{name}.bpmn", FOREIGN[name]))


def parsed(source: bytes) -> Any:
    """Letters are read as they are meant where a file says otherwise."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        source = source.decode("utf-16").encode()
    declared = re.sub(rb'(?i)encoding="utf-16"', b'encoding="UTF-8"', source[:100])
    return etree.fromstring(
        declared.replace(b"UTF-16", b"UTF-8") + source[100:], etree.XMLParser(resolve_entities=False)
    )


def elements(root: Any, *, picture: bool) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every element in order, with its attributes and its own text; comments in a text do not part it."""
    for each in root.iter(etree.Element):
        drawn = any(up.tag == f"{{{DI}}}BPMNDiagram" for up in (each, *each.iterancestors()))
        if picture or not drawn:
            texts = [each.text, *(child.tail for child in each)]
            text = "".join(text for text in texts if text)
            yield each.tag, _attributes(each), text if text.strip() else ""


def _attributes(each: Any) -> dict[str, str]:
    """Types are told with their namespace: prefixes may be other ones."""
    said = {str(name): str(value) for name, value in each.attrib.items()}
    if _TYPE in said:
        prefix, _, local = said[_TYPE].rpartition(":")
        said[_TYPE] = f"{{{each.nsmap.get(prefix or None)}}}{local}"
    return said


def asides(root: Any) -> Counter[str]:
    """Comments, and instructions as the comments that are made of them."""
    around = [*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()]
    told = [str(each.text) for each in around if each.tag is etree.Comment]
    told += [f"?{each.target} {each.text or ''}".rstrip() + "?" for each in around if each.tag is etree.PI]
    return Counter(re.sub(r"-(?=-)", "- ", " ".join(each.split())) for each in told)


def told_changes(one: Imported) -> set[str]:
    """What the repairs say was written anew."""
    facts = [each.facts for each in one.repairs]
    return {str(said[name]) for said in facts for name in ("id", "new", "code") if name in said} | {"true"}


@each_file
def test_every_element_attribute_and_text_comes_out_in_its_place(name: str) -> None:
    one = brought(name)
    picture = "layout" not in {each.rule for each in one.repairs}

    before, after = (elements(parsed(text), picture=picture) for text in (FOREIGN[name], one.text))

    changed = set()
    for (tag, said, text), (tag_now, said_now, text_now) in zip(before, after, strict=True):
        old_namespace = tag.replace("http://schema.omg.org/spec/BPMN/2.0", MODEL)
        assert tag_now == old_namespace
        assert said.keys() <= said_now.keys()
        changed |= {value for key, value in said_now.items() if said.get(key) != value}
        changed |= {text_now} if text_now != text else set()
    assert changed <= told_changes(one)


@each_file
def test_every_comment_and_instruction_comes_out(name: str) -> None:
    one = brought(name)

    assert asides(parsed(one.text)) == asides(parsed(FOREIGN[name]))


@each_file
def test_what_was_brought_in_is_brought_in_again_as_it_is(name: str) -> None:
    one = brought(name)

    again = mend(Incoming(f"{name}.bpmn", one.text))

    assert (again.repairs, again.text) == ((), one.text)
