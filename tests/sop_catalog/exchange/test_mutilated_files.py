"""Files of other tools with pieces taken out, doubled, renamed and moved: told of and shown or refused, never a breakdown."""

from __future__ import annotations

import copy
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from engine.notation import NotReadable
from sop_catalog.exchange import Imported, Incoming, bring_in
from sop_catalog.exchange.importing import mend
from sop_catalog.exchange.pictures import drawing_in, svg_of
from tests.sop_catalog.exchange.foreign import FOREIGN
from tests.sop_catalog.exchange.foreign_pieces import MODEL

_KINDS = ("subProcess", "task", "boundaryEvent", "lane", "laneSet", "process", "exclusiveGateway", "sequenceFlow")
_ODD = ("", "nan", "-1", "a b", "é", "1e999")


def mutilated(source: bytes, rng: Random) -> bytes:
    """The same file after one to four accidents."""
    root: Any = etree.fromstring(source)
    for _ in range(rng.randint(1, 4)):
        every = [each for each in root.iter(etree.Element) if each is not root]
        if not every:
            break
        each, other = rng.choice(every), rng.choice(every)
        accident = rng.randrange(6)
        if accident == 0:
            each.getparent().remove(each)
        elif accident == 1 and each.attrib:
            del each.attrib[rng.choice(list(each.attrib))]
        elif accident == 2 and each.attrib:
            each.set(rng.choice(list(each.attrib)), rng.choice([*other.attrib.values(), *_ODD]))
        elif accident == 3:
            other.append(copy.deepcopy(each))
        elif accident == 4:
            each.tag = f"{{{MODEL}}}{rng.choice(_KINDS)}"
        else:
            each.text = rng.choice(["x", "", "P3D", "9" * 20])
    return bytes(etree.tostring(root))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300))
def test_whatever_happened_to_a_file_it_is_told_of_and_a_second_run_changes_nothing(seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - accidents, not secrets
    shipped = [path.read_bytes() for path in sorted(Path("bpmn").rglob("*.bpmn"))[::20]]
    parsed = [FOREIGN[name] for name in sorted(FOREIGN) if not name.startswith(("utf-16-said", "modelio"))]
    source = mutilated(rng.choice([*parsed, *shipped]), rng)

    [one] = bring_in([Incoming("a.bpmn", source)], persons=True)

    assert one.accepted or one.findings
    assert not one.text or _as_it_is(one)
    with suppress(NotReadable, ValueError):
        assert svg_of(drawing_in(source)).startswith("<svg")


def _as_it_is(one: Imported) -> bool:
    again = mend(Incoming("a.bpmn", one.text), persons=True)
    return (again.repairs, again.text) == ((), one.text)
