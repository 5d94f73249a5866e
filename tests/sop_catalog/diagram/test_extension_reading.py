"""What our extension says, read from drawings of any editor."""

from __future__ import annotations

import pytest

from engine.domain.release import Activity, Allowance, Clock, Performer, Rung, RungAct, Whose
from engine.notation import read
from sop_catalog.diagram.extension import read_activities, read_procedure
from sop_catalog.procedure import Sheet

FRAME = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:lajur="urn:lajur:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:x">
<bpmn:process id="c3-m05-91" isExecutable="true">
<bpmn:laneSet id="l"><bpmn:lane id="one" name="{lane}"><bpmn:extensionElements>{performer}</bpmn:extensionElements>
<bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/>
<bpmn:userTask id="t" name="Periksa"><bpmn:extensionElements>{said}</bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="b" sourceRef="t" targetRef="g"/><bpmn:exclusiveGateway id="g" default="d2"/>
<bpmn:sequenceFlow id="c" name="Ya" sourceRef="g" targetRef="e"><bpmn:conditionExpression
 xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="d2" sourceRef="g" targetRef="e"/><bpmn:endEvent id="e"/></bpmn:process></bpmn:definitions>"""


TIME = '<lajur:allowance amount="72" clock="running-hours"/>'


def sheet(said: str) -> Sheet:
    text = FRAME.format(lane="", performer="", said="", condition="true")
    whole = f"<bpmn:extensionElements><lajur:sheet>{said}</lajur:sheet></bpmn:extensionElements><bpmn:laneSet"
    return read_procedure(read(text.replace("<bpmn:laneSet", whole).encode()).processes[0]).sheet


def step(lane: str = "x", performer: str = "", said: str = "", condition: str = 'outcome = "ya"') -> Activity:
    text = FRAME.format(lane=lane, performer=performer, said=said, condition=condition)
    return read_activities(read(text.encode()))[0]


@pytest.mark.parametrize("name", ["Pengelola Kasus", "pengelola  kasus", "pengelola-kasus"])
def test_a_lane_named_after_a_post_means_that_post(name: str) -> None:
    assert step(lane=name).performer == Performer("pengelola-kasus")


def test_what_a_lane_says_itself_goes_before_its_name() -> None:
    said = '<lajur:performer post="psikolog" office="origin"/>'

    assert step(lane="Pengelola Kasus", performer=said).performer == Performer("psikolog", Whose.ORIGIN)


def test_a_lane_of_no_post_has_no_performer() -> None:
    assert step(lane="Siapa saja").performer is None


@pytest.mark.parametrize("amount", ["x", "", "nan", "-1", "inf"])
def test_an_allowance_that_cannot_be_counted_is_read_as_missing(amount: str) -> None:
    assert step(said=f'<lajur:allowance amount="{amount}" clock="months"/>').allowance is None


def test_an_allowance_is_a_number_with_its_clock() -> None:
    found = step(said='<lajur:allowance amount="1.5" clock="working-days" basis="x"/>')

    assert found.allowance == Allowance(1.5, Clock.WORKING_DAYS, "x")


@pytest.mark.parametrize("condition", ['outcome = "ya"', '=outcome="ya"', ' outcome  =  "ya" '])
def test_an_exit_that_asks_for_an_outcome_is_one(condition: str) -> None:
    assert [(each.value, each.label) for each in step(condition=condition).outcomes] == [("ya", "Ya")]


@pytest.mark.parametrize("condition", ["jumlah > 3", 'outcome != "ya"', 'outcome = "ya" or tua'])
def test_an_exit_that_asks_for_anything_else_is_no_button(condition: str) -> None:
    assert step(condition=condition).outcomes == ()


def test_a_process_without_a_sheet_is_read_as_a_proposal() -> None:
    drawing = read(FRAME.format(lane="", performer="", said="", condition="true").encode())

    procedure = read_procedure(drawing.processes[0])

    assert (procedure.code, procedure.sheet.owner, procedure.sheet.status) == ("c3-m05-91", "", "usulan")


@pytest.mark.parametrize("time", ["", TIME.replace("running-hours", "hari"), TIME.replace("72", "0")])
def test_a_duty_that_cannot_be_counted_is_read_as_missing(time: str) -> None:
    assert sheet(f'<lajur:duty code="a" title="A">{time}</lajur:duty>').duties == ()


def test_a_duty_that_says_no_more_is_counted_over_the_whole_and_never_extended() -> None:
    (duty,) = sheet(f'<lajur:duty code="a" title="A" times="x">{TIME}</lajur:duty>').duties

    assert (duty.begins, duty.ends, duty.most, duty.times) == ("", "", None, 0)


@pytest.mark.parametrize(
    "said",
    [
        'part="0.75"',
        'part="0.75" act="shout"',
        'part="1.5" act="remind"',
        'part="0" act="remind"',
        'part="x" act="remind"',
        'act="remind"',
        'amount="2" clock="hari" act="remind"',
        'part="1" amount="2" clock="months" act="remind"',
    ],
)
def test_a_rung_that_nobody_could_climb_is_read_as_missing(said: str) -> None:
    assert sheet(f"<lajur:rung {said}/>").ladder == ()


def test_a_ladder_is_read_in_the_order_written() -> None:
    found = sheet('<lajur:rung act="remind" part="0.5"/><lajur:rung act="incident" amount="2" clock="working-days"/>')

    assert found.ladder == (
        Rung(0.5, None, RungAct.REMIND),
        Rung(None, Allowance(2, Clock.WORKING_DAYS), RungAct.INCIDENT),
    )


def test_a_stage_may_say_how_long_a_case_stays_in_it() -> None:
    found = step(said='<lajur:stage amount="3" clock="working-days" basis="x">Ditapis</lajur:stage>')

    assert (found.stage, found.stage_allowance) == ("Ditapis", Allowance(3, Clock.WORKING_DAYS, "x"))
