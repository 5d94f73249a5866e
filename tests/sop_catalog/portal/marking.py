"""A mark in everything of a drawing that is not for the public."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap

from engine.domain.release import Bound, Choice, Field, FieldKind, Rung, RungAct
from engine.notation import LAJUR, Definitions, Expression, FlowNode, SequenceFlow, SubProcess, Task, Xml, read, write
from sop_catalog.diagram.extending import write_activity, write_sheet
from sop_catalog.diagram.extension import read_activities, read_procedure

MARK = "rahasia_dalam"
FOREIGN = (("{urn:lain}tanda", MARK),)
FORM = (Field(MARK, MARK, FieldKind.CHOICE, False, f'jalan = "{MARK}"', (Choice(MARK, MARK),), Bound.SUBJECT, MARK),)
NOTE = Xml(
    tag="{http://www.omg.org/spec/BPMN/20100524/MODEL}textAnnotation", attributes=(("id", f"{MARK}_1"),), text=MARK
)


def marked(drawing: Definitions) -> Definitions:
    """The drawing with a mark in everything that is not for the public."""
    process = drawing.processes[0]
    steps = {each.element: each for each in read_activities(drawing)}
    sheet = read_procedure(process).sheet
    sheet = replace(sheet, facts=(MARK,), warning=(MARK,), records=(MARK,), ladder=(Rung(0.5, None, RungAct.REMIND),))

    def node(each: FlowNode) -> FlowNode:
        said = (
            write_activity(replace(steps[each.id], note=MARK, stage=MARK, act=MARK, form=FORM))
            if each.id in steps
            else ()
        )
        said = said if isinstance(each, Task) else each.extensions
        own = Xml(tag="{urn:lain}catatan", text=MARK)
        if isinstance(each, SubProcess):
            each = replace(each, nodes=tuple(map(node, each.nodes)), flows=tuple(map(flow, each.flows)))
        return replace(each, documentation=(MARK,), extensions=(*said, own), foreign_attributes=FOREIGN)

    def flow(each: SequenceFlow) -> SequenceFlow:
        condition = each.condition
        if condition is not None:
            condition = Expression(text=f'{condition.text} or outcome = "{MARK}"')
        return replace(each, documentation=(MARK,), condition=condition, foreign_attributes=FOREIGN)

    lane_sets = tuple(
        replace(one, lanes=tuple(replace(each, documentation=(MARK,), name=f"{MARK} Sri") for each in one.lanes))
        for one in process.lane_sets
    )
    process = replace(
        process,
        documentation=(MARK,),
        extensions=(write_sheet(sheet), Xml(tag=f"{{{LAJUR}}}catatan", text=MARK)),
        nodes=tuple(map(node, process.nodes)),
        flows=tuple(map(flow, process.flows)),
        lane_sets=lane_sets,
        artifacts=(NOTE,),
    )
    messages = tuple(starmap(lambda at, each: replace(each, name=f"{MARK}{at}"), enumerate(drawing.messages)))
    made = replace(drawing, processes=(process,), messages=messages, comments_before=(MARK,), documentation=(MARK,))
    first = process.nodes[1].id
    return read(
        write(made)
        .replace(f'"{first}"'.encode(), f'"{MARK}_{first}"'.encode())
        .replace(f">{first}<".encode(), f">{MARK}_{first}<".encode())
    )
