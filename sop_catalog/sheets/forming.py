"""Makes the form of a drawing: which rows there are, in which order, and what is said beside them of all that has no
symbol of the five. The rule is told in docs/sheet.md. It cuts no pages and draws nothing.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engine.notation import (
    Activity,
    Definitions,
    EndEvent,
    Event,
    FlowNode,
    Gateway,
    Lane,
    Lookup,
    Process,
    StartEvent,
    TimerDefinition,
    lanes,
)
from sop_catalog.diagram.extension import read_activity, read_performer, read_procedure
from sop_catalog.procedure import Procedure
from sop_catalog.sheets.form import Column, Form, FormRow, FormWay, Identity, Related, Signatory, Symbol
from sop_catalog.sheets.passages import Passages
from sop_catalog.sheets.remarks import Remarks
from sop_catalog.sheets.table import lane_key
from sop_catalog.sheets.wording import AGENCY, legal_text, timer_text

NOBODY = Column("", "Belum ditentukan")
"""Where rows stand that no lane names."""


@dataclass(frozen=True, slots=True)
class Known:
    """What no drawing knows of its sheet. What is empty is left empty on the paper."""

    agency: str = AGENCY
    unit: str = ""
    """The owner that the drawing names, where this is empty."""
    number: str = ""
    made_on: date | None = None
    revised_on: date | None = None
    effective_on: date | None = None
    approved_by: Signatory = field(default_factory=Signatory)


def form_of(
    definitions: Definitions, known: Known | None = None, titles: Mapping[str, str] | None = None, code: str = ""
) -> Form:
    """Return the form of a drawing's process; `titles` are those of other SOPs, by code.

    Of several processes it is that with the code, else the first that is executable, else the first; ValueError where
    the drawing has none.
    """
    process = _process(definitions, code)
    lookup = Lookup(definitions)
    passages = Passages(process, lookup)
    order = in_order(passages, lookup)
    procedure = read_procedure(process)
    columns, column_of = _columns(process, order, lookup)
    return Form(
        code=procedure.code,
        title=procedure.title,
        identity=_identity(procedure, known or Known(), titles or {}),
        performers=columns,
        rows=tuple(_rows(order, process, passages, lookup, column_of, titles or {})),
    )


def in_order(passages: Passages, lookup: Lookup) -> tuple[FlowNode, ...]:
    """Put rows under each other so that arrows run down wherever they can: a decision right under its step, then as drawn."""
    nodes = {each.id: each for each in passages.rows}
    places = {each: at for at, each in enumerate(nodes)}
    onward: dict[str, list[str]] = defaultdict(list)
    for arrow in passages.arrows:
        onward[arrow.source].append(arrow.target)
    back = _back(passages.rows, onward)
    waits = dict.fromkeys(nodes, 0)
    for source, targets in onward.items():
        for target in dict.fromkeys(targets):
            waits[target] += (source, target) not in back

    def key(each: str, after: str) -> tuple[int, int, str]:
        node = nodes[each]
        follows = isinstance(node, Gateway) and any(flow.source == after for flow in lookup.incoming(each))
        return (
            0 if isinstance(node, StartEvent) or follows else 2 if isinstance(node, EndEvent) else 1,
            places[each],
            each,
        )

    ready = [key(each, "") for each, count in waits.items() if not count]
    heapq.heapify(ready)
    done: list[FlowNode] = []
    while ready:
        each = heapq.heappop(ready)[2]
        done.append(nodes[each])
        for target in dict.fromkeys(onward[each]):
            if (each, target) in back:
                continue
            waits[target] -= 1
            if not waits[target]:
                heapq.heappush(ready, key(target, each))
    return tuple(done)


def _back(rows: Iterable[FlowNode], onward: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """The arrows that run back up: those to a row that is still being gone through, beginning at the starts."""
    back: set[tuple[str, str]] = set()
    state: dict[str, int] = {}
    first = sorted(rows, key=lambda each: not isinstance(each, StartEvent))
    for row in first:
        waiting = [(row.id, iter(dict.fromkeys(onward.get(row.id, ()))))] if row.id not in state else []
        state.setdefault(row.id, 1)
        while waiting:
            at, targets = waiting[-1]
            target = next(targets, None)
            if target is None:
                state[at] = 2
                waiting.pop()
            elif target not in state:
                state[target] = 1
                waiting.append((target, iter(dict.fromkeys(onward.get(target, ())))))
            elif state[target] == 1:
                back.add((at, target))
    return back


def _process(definitions: Definitions, code: str) -> Process:
    wanted = [each for each in definitions.processes if each.id == code] if code else []
    runs = [each for each in definitions.processes if each.executable and each.nodes]
    found = next(iter([*wanted, *runs, *definitions.processes]), None)
    if found is None:
        raise ValueError("no process")
    return found


def _columns(process: Process, order: Sequence[FlowNode], lookup: Lookup) -> tuple[tuple[Column, ...], dict[str, str]]:
    """The performers from left to right as their lanes lie, and whose each row is."""
    keys = _keys([each for each in lanes(process) if not each.children])
    names = {lane.id: lane.name or keys[lane.id] for lane in lanes(process) if lane.id in keys}
    column_of = {row.id: _key(lookup.lane_of(row.id), keys) for row in order}
    used = set(column_of.values())
    columns = tuple(Column(key, names[lane]) for lane, key in keys.items() if key in used)
    return (*columns, *([NOBODY] if NOBODY.key in used or not columns else [])), column_of


def _key(lane: Lane | None, keys: Mapping[str, str]) -> str:
    return keys.get(lane.id, NOBODY.key) if lane else NOBODY.key


def _keys(found: Sequence[Lane]) -> dict[str, str]:
    """Lane → the key that a table calls it by: the post, with the office behind it where the post has two lanes."""
    performers = {lane.id: read_performer(lane) for lane in found}
    known = [each for each in performers.values() if each]
    keys: dict[str, str] = {}
    for lane, who in performers.items():
        key = lane_key(who, known) if who else lane
        keys[lane] = lane if key in keys.values() or not key else key
    return keys


def _identity(procedure: Procedure, known: Known, titles: Mapping[str, str]) -> Identity:
    sheet = procedure.sheet
    return Identity(
        agency=known.agency,
        unit=known.unit or sheet.owner,
        number=known.number,
        made_on=known.made_on,
        revised_on=known.revised_on,
        effective_on=known.effective_on,
        approved_by=known.approved_by,
        legal=sheet.legal,
        qualification=sheet.qualification,
        related=tuple(Related(each, titles.get(each, "")) for each in sheet.related),
        equipment=sheet.equipment,
        warning=sheet.warning,
        records=sheet.records,
        level=sheet.level,
        area=sheet.area,
        status=sheet.status,
        nature=sheet.nature,
        scope=sheet.scope,
        generality=sheet.generality,
        promised=sheet.promised,
    )


def _rows(
    order: Sequence[FlowNode],
    process: Process,
    passages: Passages,
    lookup: Lookup,
    column_of: Mapping[str, str],
    titles: Mapping[str, str],
) -> Iterable[FormRow]:
    numbers = _numbers(order)
    names = {each.id: _activity(each) for each in order}
    remarks = Remarks(passages, lookup, numbers, names, titles)
    ways: dict[str, list[FormWay]] = defaultdict(list)
    for arrow in passages.arrows:
        ways[arrow.source].append(FormWay(arrow.target, arrow.label))
    for node in order:
        row = FormRow(
            id=node.id,
            symbol=_symbol(node),
            activity=names[node.id],
            performer=column_of[node.id],
            number=numbers[node.id],
            note="\n".join(remarks.of(node)),
            ways=tuple(ways[node.id]),
        )
        yield _with_standard(row, node, process, lookup)


def _with_standard(row: FormRow, node: FlowNode, process: Process, lookup: Lookup) -> FormRow:
    """Add what a step says of itself: *mutu baku*, its remark and the law behind it."""
    if not isinstance(node, Activity):
        return row
    step = read_activity(node, process, lookup)
    law = f"Dasar: {'; '.join(map(legal_text, step.legal))}." if step.legal else ""
    return replace(
        row,
        requirements=step.requirements,
        allowance=step.allowance,
        output=step.output,
        note="\n".join(filter(None, (step.note, row.note, law))),
        instruction=step.instruction,
    )


def _numbers(order: Sequence[FlowNode]) -> dict[str, int | None]:
    numbered = [each.id for each in order if _symbol(each) is not Symbol.TERMINATOR]
    places = {each: at for at, each in enumerate(numbered, 1)}
    return {each.id: places.get(each.id) for each in order}


def _symbol(node: FlowNode) -> Symbol:
    if isinstance(node, StartEvent | EndEvent):
        return Symbol.TERMINATOR
    return Symbol.DECISION if isinstance(node, Gateway) else Symbol.PROCESS


def _activity(node: FlowNode) -> str:
    """What is written in the column *Kegiatan*, also where the drawing has no name."""
    if node.name:
        return node.name
    if isinstance(node, StartEvent):
        return "Mulai"
    if isinstance(node, EndEvent):
        return "Selesai"
    if isinstance(node, Gateway):
        return "Bagaimana kelanjutannya?"
    if isinstance(node, Event):
        timers = [timer_text(each.text) for each in node.definitions if isinstance(each, TimerDefinition)]
        return f"Menunggu {timers[0]}" if timers and timers[0] else "Menunggu"
    return f"(belum diberi nama: {node.id})"
