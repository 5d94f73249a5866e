"""Nothing internal of an SOP reaches the public, wherever in a drawing it stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap

from engine import publish_release
from engine.domain.release import Bound, Choice, Field, FieldKind, Rung, RungAct
from engine.notation import LAJUR, Definitions, Expression, FlowNode, SequenceFlow, Task, Xml, read, write
from engine.queries.catalogue import release_page
from sop_catalog.diagram.extending import write_activity, write_sheet
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.publishing.drawings import read_file
from sop_catalog.publishing.releasing import build_release
from tests.web.office import NOW, Browser
from web.wiring import Wiring

CODE, MARK = "s11-m03-04", "rahasia_dalam"
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


def test_no_internal_word_of_an_sop_is_in_any_answer_to_the_public(wiring: Wiring, browser: Browser) -> None:
    engine = wiring.engine
    with engine.reading(at=NOW) as reader:
        drawing = read(release_page(reader, CODE).release.drawings[CODE])
    made = read_file(write(marked(drawing))).drawing
    assert made is not None
    assert made.text.count(MARK.encode()) > 50
    with engine.begin(at=NOW) as work:
        publish_release(work, build_release(made, {CODE: made}, at=NOW, by="uji"))

    places = ("", "?lang=en", "/2", "/2/picture.svg", "/2/drawing.bpmn", "/2/sop.json")
    answers = {each: browser.client.get(f"/sop/{CODE}{each}") for each in places}

    assert {each: answer.status_code for each, answer in answers.items()} == dict.fromkeys(places, 200)
    assert [each for each, answer in answers.items() if MARK in answer.get_data(as_text=True)] == []
    assert MARK not in browser.get("/sop").response.get_data(as_text=True)


def test_an_edition_that_was_superseded_says_so_and_leads_to_the_one_in_force(wiring: Wiring, browser: Browser) -> None:
    with wiring.engine.reading(at=NOW) as reader:
        drawing = read(release_page(reader, CODE).release.drawings[CODE])
    process = replace(drawing.processes[0], documentation=("Baru.",))
    made = read_file(write(replace(drawing, processes=(process,)))).drawing
    assert made is not None
    with wiring.engine.begin(at=NOW) as work:
        publish_release(work, build_release(made, {CODE: made}, at=NOW, by="uji"))

    page = browser.get(f"/sop/{CODE}/1")

    assert "Edisi ini sudah diganti sejak" in page.text
    assert f"/sop/{CODE}" in [each.get("href") for each in page.tree.xpath("//*[contains(@class, 'said')]//a")]
    assert browser.get(f"/sop/{CODE}/2").status == 200
