"""What an SOP adds to the notation: our extension elements, read from a drawing and written into one.

They are BPMN's own way of carrying more (`extensionElements`), so any editor keeps them. Nothing here changes how a
drawing runs: order, decisions and waiting are said in BPMN alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, TypeVar

from engine.domain.release import (
    Activity,
    Allowance,
    Bound,
    Choice,
    Clock,
    Duty,
    Field,
    FieldKind,
    LegalBasis,
    Performer,
    Rung,
    RungAct,
    Whose,
)
from engine.notation import LAJUR, Definitions, Lane, Lookup, Process, Task, Xml, nodes
from engine.notation import Activity as Node
from sop_catalog.diagram.outcomes import outcomes_of
from sop_catalog.procedure import (
    Generality,
    Level,
    Nature,
    Occasion,
    Procedure,
    Scope,
    ServicePart,
    ServiceText,
    Sheet,
    Shown,
    Status,
)
from sop_catalog.registers import posts

PREFIX = ("lajur", LAJUR)
"""The prefix that our namespace has in every file we write."""

PART: Final = re.compile(r"[01](\.[0-9]{1,4})?")
"""How the part of a time is written: `0.75`, at most 1."""
_DIGITS: Final = 6
"""Of the number of an edition."""
TIMES: Final = re.compile(r"[0-9]{1,2}")
"""How often something may be done."""

_Word = TypeVar("_Word", bound=StrEnum)


# Reading


def read_procedure(process: Process) -> Procedure:
    """Read what a process says of itself: its code, its title, its cover sheet."""
    return Procedure(code=process.id, title=process.name, sheet=_sheet(process.extension(_tag("sheet"))))


def is_sop(process: Process) -> bool:
    """Whether a process says that it is an SOP: it carries a cover sheet. Another drawing may run all the same."""
    return process.extension(_tag("sheet")) is not None


def read_activities(definitions: Definitions) -> tuple[Activity, ...]:
    """Read every task and call activity of a drawing, in document order, with what the sheet says of it."""
    lookup = Lookup(definitions)
    return tuple(
        read_activity(node, process, lookup)
        for process in definitions.processes
        for node, _ in nodes(process)
        if isinstance(node, Node) and (isinstance(node, Task) or type(node).__name__ == "CallActivity")
    )


def read_activity(node: Node, process: Process, lookup: Lookup) -> Activity:
    """Read one activity: words and numbers that do not fit are read as missing, and a rule reports them."""
    kind = type(node).__name__
    return Activity(
        process=process.id,
        element=node.id,
        name=node.name,
        kind=kind[0].lower() + kind[1:],
        line=node.line,
        instruction="\n".join(node.documentation).strip(),
        performer=read_performer(lookup.lane_of(node.id)),
        allowance=_allowance(node.extension(_tag("allowance"))),
        requirements=_texts(node.extensions, "requirement"),
        output=next(iter(_texts(node.extensions, "output")), ""),
        legal=_legal(node.extensions),
        note=next(iter(_texts(node.extensions, "note")), ""),
        form=_form(node.extension(_tag("form"))),
        outcomes=outcomes_of(node, lookup),
        stage=next(iter(_texts(node.extensions, "stage")), ""),
        stage_allowance=_allowance(node.extension(_tag("stage"))),
        act=next(iter(_texts(node.extensions, "act")), ""),
    )


def read_performer(lane: Lane | None) -> Performer | None:
    """Read which post, in whose office, a lane stands for: as it says itself, or else as it is named.

    A lane drawn in another editor has only its name; where that is the name or the code of a registered post, it is meant.
    """
    found = lane.extension(_tag("performer")) if lane else None
    if lane is not None and (found is None or not found.get("post")):
        post = _post_named(lane.name)
        return Performer(post) if post else None
    if found is None:
        return None
    return Performer(post=found.get("post"), whose=_word(Whose, found.get("office")) or Whose.CASE)


def _post_named(name: str) -> str | None:
    wanted = " ".join(name.casefold().split())
    return next((each.code for each in posts() if wanted in {each.code.casefold(), each.name.casefold()}), None)


def _sheet(xml: Xml | None) -> Sheet:
    if xml is None:
        return Sheet()
    return Sheet(
        level=_word(Level, xml.get("level")) or Level.MICRO,
        area=xml.get("area"),
        owner=xml.get("owner"),
        status=_word(Status, xml.get("status")) or Status.PROPOSED,
        nature=_word(Nature, xml.get("nature")),
        scope=_word(Scope, xml.get("scope")),
        generality=_word(Generality, xml.get("generality")),
        promised=_allowance(next(_named(xml.children, "promised"), None)),
        duties=tuple(filter(None, map(_duty, _named(xml.children, "duty")))),
        ladder=tuple(filter(None, map(_rung, _named(xml.children, "rung")))),
        legal=_legal(xml.children),
        qualification=_texts(xml.children, "qualification"),
        related=_texts(xml.children, "related"),
        equipment=_texts(xml.children, "equipment"),
        warning=_texts(xml.children, "warning"),
        records=_texts(xml.children, "record"),
        facts=_texts(xml.children, "fact"),
        occasion=_word(Occasion, xml.get("occasion")),
        shown=_word(Shown, xml.get("shown")),
        standard=tuple(filter(None, map(_service_text, _named(xml.children, "standard")))),
        office=xml.get("office"),
        variant_of=xml.get("variantOf"),
        variant_edition=_edition(xml.get("variantEdition")),
    )


def _edition(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _service_text(xml: Xml) -> ServiceText | None:
    part, text = _word(ServicePart, xml.get("part")), xml.text.strip()
    return ServiceText(part, text) if part and text else None


def _duty(xml: Xml) -> Duty | None:
    allowance = _allowance(next(_named(xml.children, "allowance"), None))
    if allowance is None:
        return None
    return Duty(
        code=xml.get("code"),
        title=xml.get("title"),
        allowance=allowance,
        begins=xml.get("begins"),
        ends=xml.get("ends"),
        most=_allowance(next(_named(xml.children, "most"), None)),
        times=int(xml.get("times")) if TIMES.fullmatch(xml.get("times")) else 0,
        legal=_legal(xml.children),
    )


def _rung(xml: Xml) -> Rung | None:
    act, part, after = _word(RungAct, xml.get("act")), xml.get("part"), _allowance(xml)
    if act is None or PART.fullmatch(part) is None:
        return Rung(None, after, act) if act and after and not part else None
    return Rung(float(part), None, act) if 0 < float(part) <= 1 and after is None else None


def _allowance(xml: Xml | None) -> Allowance | None:
    if xml is None or (clock := _word(Clock, xml.get("clock"))) is None:
        return None
    try:
        amount = float(xml.get("amount"))
    except ValueError:
        return None
    return Allowance(amount, clock, xml.get("basis")) if 0 < amount < math.inf else None


def _legal(places: Iterable[Xml]) -> tuple[LegalBasis, ...]:
    return tuple(LegalBasis(each.get("instrument"), each.get("article")) for each in _named(places, "legalBasis"))


def _form(xml: Xml | None) -> tuple[Field, ...]:
    return tuple(_field(each) for each in _named(xml.children, "field")) if xml else ()


def _field(xml: Xml) -> Field:
    return Field(
        name=xml.get("name"),
        label=xml.get("label"),
        kind=_word(FieldKind, xml.get("kind")) or FieldKind.TEXT,
        required=xml.get("required") == "true",
        when=xml.get("when"),
        choices=tuple(Choice(each.get("value"), each.get("label")) for each in _named(xml.children, "choice")),
        bound=_word(Bound, xml.get("bound")) or Bound.FACT,
        help=xml.get("help"),
        alone=xml.get("alone") == "true",
    )


def _texts(places: Iterable[Xml], name: str) -> tuple[str, ...]:
    return tuple(each.text.strip() for each in _named(places, name) if each.text.strip())


def _named(places: Iterable[Xml], name: str) -> Iterator[Xml]:
    return (each for each in places if each.tag == _tag(name))


def _word(words: type[_Word], text: str) -> _Word | None:
    return words(text) if text in set(words) else None


def _tag(name: str) -> str:
    return f"{{{LAJUR}}}{name}"
