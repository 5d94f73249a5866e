"""What the reader makes of drawings in the manner of well-known modellers."""

from pathlib import Path

import pytest

from engine.domain.limits import LIMITS
from engine.notation import (
    COMMENT,
    LAJUR,
    BoundaryEvent,
    CallActivity,
    CompensateDefinition,
    ComplexGateway,
    Definitions,
    EndEvent,
    ErrorDefinition,
    EventBasedGateway,
    ExclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    LinkDefinition,
    Lookup,
    MessageDefinition,
    MultiInstance,
    NotReadable,
    ReceiveTask,
    ScriptTask,
    StandardLoop,
    StartEvent,
    SubProcess,
    TerminateDefinition,
    TimerDefinition,
    UnknownDefinition,
    UnknownNode,
    UserTask,
    Xml,
    examine,
    keep,
    local_name,
    nodes,
    read,
    read_kept,
)

DRAWINGS = Path(__file__).parent / "drawings"
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
HEAD = f'<definitions xmlns="{MODEL}" xmlns:lajur="{LAJUR}" id="d" targetNamespace="urn:t"'


def drawing(name: str) -> Definitions:
    return read((DRAWINGS / f"{name}.bpmn").read_bytes())


def process(inside: str, beside: str = "") -> Definitions:
    return read(f'{HEAD}><process id="p">{inside}</process>{beside}</definitions>'.encode())


@pytest.mark.parametrize("path", sorted(DRAWINGS.glob("*.bpmn")), ids=lambda path: path.stem)
def test_a_drawing_of_a_well_known_modeller_is_read_without_a_finding(path: Path) -> None:
    assert examine(path.read_bytes()).findings == ()


def test_a_task_is_read_with_its_name_documentation_and_line() -> None:
    task = drawing("bpmn-io").find("Activity_0zt5p3m")

    assert isinstance(task, UserTask)
    assert task.name == "Catat identitas"
    assert task.documentation == ("Catat nama <seperti di paspor>.",)
    assert task.line == 35


def test_a_line_break_in_a_name_stays() -> None:
    start = drawing("bpmn-io").find("StartEvent_1")

    assert start is not None
    assert start.name == "CPMI\ndatang"


def test_arrows_and_lanes_are_found_from_a_node() -> None:
    lookup = Lookup(drawing("bpmn-io"))

    lane = lookup.lane_of("StartEvent_1")

    assert [flow.id for flow in lookup.outgoing("Gateway_0nkw5b1")] == ["Flow_3", "Flow_4"]
    assert [flow.id for flow in lookup.incoming("Event_0b7d3k6")] == ["Flow_4", "Flow_5", "Flow_6"]
    assert lane is not None
    assert lane.name == "Loket"


def test_a_node_in_a_sub_process_has_the_lane_of_the_sub_process() -> None:
    lookup = Lookup(drawing("bpmn-io"))

    lane = lookup.lane_of("Event_in")

    assert lane is not None
    assert lane.name == "Kepala Balai"
    assert lookup.scope_of("Event_in") is lookup.find("Activity_1c2f3y4")
    assert lookup.process_of("Event_in") is lookup.find("Process_1l4ga5h")


def test_a_condition_is_read_with_its_text_alone() -> None:
    flow = Lookup(drawing("bpmn-io")).outgoing("Gateway_0nkw5b1")[0]

    assert flow.condition is not None
    assert flow.condition.text == "lengkap = true and umur >= 18"
    assert flow.condition.language is None
    assert flow.condition.formal


def test_a_boundary_timer_is_read_with_host_kind_and_text() -> None:
    [boundary] = Lookup(drawing("bpmn-io")).boundary_events("Activity_0zt5p3m")
    [timer] = boundary.definitions

    assert isinstance(timer, TimerDefinition)
    assert (timer.kind, timer.text) == ("duration", "P3D")
    assert boundary.interrupting is False


def test_a_gateway_keeps_its_default_flow() -> None:
    gateway = drawing("bpmn-io").find("Gateway_0nkw5b1")

    assert isinstance(gateway, ExclusiveGateway)
    assert gateway.default == "Flow_4"


def test_a_pool_without_a_process_is_a_black_box() -> None:
    pools = drawing("bpmn-io").collaborations[0].participants

    assert [pool.process for pool in pools] == ["Process_1l4ga5h", None]


def test_the_picture_is_read_with_bounds_labels_waypoints_and_colours() -> None:
    plane = drawing("bpmn-io").diagrams[0].plane
    start = plane.shapes[1]

    assert (start.bounds.x, start.bounds.width) == (222.5, 36)
    assert start.label is not None
    assert start.label.bounds is not None
    assert start.foreign_attribute("{http://bpmn.io/schema/bpmn/biocolor/1.0}fill") == "#bbdefb"
    assert [(point.x, point.y) for point in plane.edges[0].waypoints] == [(258, 160), (310, 160)]
    assert [shape.is_horizontal for shape in plane.shapes] == [True, None, None]


def test_what_a_vendor_adds_is_kept_whole() -> None:
    task = drawing("camunda-7").find("periksa")

    assert isinstance(task, UserTask)
    assert task.foreign_attribute("{http://camunda.org/schema/1.0/bpmn}candidateGroups") == "petugas"
    script = task.extensions[1].children[0]
    assert script.text == 'print("a" < "b");\n  // kept as it stands'


def test_several_instances_are_read_with_number_and_end() -> None:
    task = drawing("camunda-7").find("periksa")

    assert isinstance(task, UserTask)
    assert isinstance(task.loop, MultiInstance)
    assert task.loop.sequential
    assert task.loop.cardinality is not None
    assert task.loop.cardinality.text == "3"
    assert task.loop.completion_condition is not None


def test_several_instances_over_a_list_are_read_with_list_and_item() -> None:
    task = process(
        '<userTask id="t"><multiInstanceLoopCharacteristics><loopDataInputRef>orang</loopDataInputRef>'
        '<inputDataItem id="i" name="satu"/></multiInstanceLoopCharacteristics></userTask>'
    ).find("t")

    assert isinstance(task, UserTask)
    assert isinstance(task.loop, MultiInstance)
    assert task.loop.collection == "orang"
    assert task.loop.item is not None
    assert task.loop.item.name == "satu"


def test_a_script_is_typed_to_be_refused_and_its_text_is_only_kept() -> None:
    task = drawing("camunda-7").find("skrip")

    assert isinstance(task, ScriptTask)
    assert [foreign.xml.local for foreign in task.foreign_children] == ["script"]


def test_events_tell_what_they_wait_for_and_announce() -> None:
    camunda = drawing("camunda-8")
    start, end = camunda.find("start_pesan"), camunda.find("habis")

    assert isinstance(start, StartEvent)
    assert isinstance(start.definitions[0], MessageDefinition)
    assert start.definitions[0].message == "Message_1"
    assert isinstance(end, EndEvent)
    assert isinstance(end.definitions[0], TerminateDefinition)
    assert isinstance(camunda.find("tunggu"), EventBasedGateway)


def test_errors_and_escalations_have_codes() -> None:
    camunda = drawing("camunda-7")
    end = camunda.find("akhir")

    assert isinstance(end, EndEvent)
    assert isinstance(end.definitions[0], ErrorDefinition)
    assert end.definitions[0].error == "Error_0a"
    assert camunda.errors[0].code == "TIDAK_LENGKAP"
    assert camunda.escalations[0].code == "LAPOR"


def test_a_call_says_what_it_calls() -> None:
    call = drawing("camunda-7").find("panggil")

    assert isinstance(call, CallActivity)
    assert call.called == "c3-m05-02"


def test_links_are_read_by_name() -> None:
    signavio = drawing("signavio")
    links = [node for node, _ in nodes(signavio.processes[0]) if node.name == "A"]

    assert [type(link) for link in links] == [IntermediateThrowEvent, IntermediateCatchEvent]
    assert [type(link.definitions[0]) for link in links if hasattr(link, "definitions")] == [LinkDefinition] * 2


def test_documentation_keeps_its_format() -> None:
    task = drawing("signavio").find("sid-00000000-0000-0000-0000-000000000007")

    assert task is not None
    assert task.documentation == ("<b>Penting</b>",)
    assert ("textFormat", "text/html") in task.documentation_attributes[0]


def test_a_reference_with_the_prefix_of_the_file_itself_means_the_same_id() -> None:
    task = drawing("bizagi").find("Id_t")

    assert isinstance(task, ReceiveTask)
    assert task.message == "Id_m"


def test_data_and_artifacts_are_kept_beside_the_nodes() -> None:
    bpmn_io = drawing("bpmn-io")

    assert [xml.local for xml in bpmn_io.processes[0].data] == ["dataObjectReference", "dataObject"]
    assert [xml.local for xml in bpmn_io.collaborations[0].artifacts] == ["textAnnotation", "association"]


def test_sub_processes_know_their_kind_and_their_depth_is_told() -> None:
    drawn = process(
        '<subProcess id="a"><transaction id="b"><adHocSubProcess id="c"/></transaction></subProcess>'
        '<subProcess id="e" triggeredByEvent="true"/>'
    )

    walked = [(node.id, depth, node.kind) for node, depth in nodes(drawn.processes[0]) if isinstance(node, SubProcess)]

    assert walked == [("a", 0, "embedded"), ("b", 1, "transaction"), ("c", 2, "adhoc"), ("e", 0, "embedded")]


def test_an_element_without_a_type_becomes_an_unknown_node_with_tag_and_line() -> None:
    drawn = process(
        '\n<startEvent id="s"/>\n<choreographyTask id="k" name="Lain"><incoming>x</incoming></choreographyTask>'
    )

    unknown = drawn.processes[0].nodes[1]

    assert isinstance(unknown, UnknownNode)
    assert (unknown.tag, unknown.id, unknown.name, unknown.line) == (f"{{{MODEL}}}choreographyTask", "k", "Lain", 3)


def test_an_event_definition_without_a_type_is_not_taken_for_none() -> None:
    event = process('<startEvent id="s"><moonEventDefinition id="x"/></startEvent>').find("s")

    assert isinstance(event, StartEvent)
    assert isinstance(event.definitions[0], UnknownDefinition)


def test_a_message_inside_a_process_is_an_unknown_node() -> None:
    [node] = process('<message id="m"/>').processes[0].nodes

    assert isinstance(node, UnknownNode)


def test_our_own_extension_is_found_by_its_tag() -> None:
    task = process(
        '<userTask id="t"><extensionElements><lajur:allowance amount="3" clock="working-days"/></extensionElements></userTask>'
    ).find("t")

    assert isinstance(task, UserTask)
    assert task.extension(f"{{{LAJUR}}}allowance") == Xml(
        f"{{{LAJUR}}}allowance", (("amount", "3"), ("clock", "working-days"))
    )


def test_loops_compensation_and_complex_gateways_are_typed_for_the_profile_to_refuse() -> None:
    drawn = process(
        '<task id="t" isForCompensation="1"><standardLoopCharacteristics testBefore="true" loopMaximum="3">'
        "<loopCondition>x</loopCondition></standardLoopCharacteristics></task>"
        '<boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent><complexGateway id="g"/>'
    )
    task, boundary = drawn.find("t"), drawn.find("b")

    assert isinstance(task, UserTask | type(task))
    assert task is not None
    assert local_name(task) == "task"
    assert getattr(task, "is_for_compensation", False) is True
    assert isinstance(getattr(task, "loop", None), StandardLoop)
    assert isinstance(boundary, BoundaryEvent)
    assert isinstance(boundary.definitions[0], CompensateDefinition)
    assert isinstance(drawn.find("g"), ComplexGateway)


def test_utf_16_is_read_like_utf_8() -> None:
    source = (DRAWINGS / "bpmn-io.bpmn").read_text(encoding="utf-8")

    wide = source.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")

    assert read(wide) == read(source.encode())


def test_lines_do_not_count_in_comparisons() -> None:
    assert process('\n\n<task id="t"/>') == process('<task id="t"/>')


def test_a_comment_amid_text_stands_before_it_and_that_is_told() -> None:
    task = '<task id="t"><documentation>satu<!-- catatan --> dua</documentation></task>'

    examination = examine(f'{HEAD}><process id="p">{task}</process></definitions>'.encode())

    assert [(each.rule, each.severity) for each in examination.findings] == [("comment", "note")]
    assert examination.definitions is not None
    node = examination.definitions.processes[0].nodes[0]
    assert node.documentation == ("satu dua",)
    assert [(each.xml.tag, each.xml.text) for each in node.foreign_children] == [(COMMENT, " catatan ")]


def test_a_comment_amid_the_text_of_a_text_stands_before_the_outer_one() -> None:
    kept = '<x:t xmlns:x="urn:x">a<x:b>c<!-- catatan -->d</x:b>e</x:t>'
    task = f'<task id="t"><extensionElements>{kept}</extensionElements></task>'

    examination = examine(f'{HEAD}><process id="p">{task}</process></definitions>'.encode())

    assert examination.definitions is not None
    comment, outer = examination.definitions.processes[0].nodes[0].extensions
    assert (comment.tag, comment.text, comment.tail) == (COMMENT, " catatan ", "")
    assert (outer.text, [(each.text, each.tail) for each in outer.children]) == ("a", [("cd", "e")])


def test_a_name_is_read_in_normal_form_c_and_that_is_told() -> None:
    examination = examine(f'{HEAD}><process id="p"><task id="t" name="e\u0301"/></process></definitions>'.encode())

    assert examination.definitions is not None
    task = examination.definitions.find("t")
    assert task is not None
    assert task.name == "é"
    assert [each.rule for each in examination.findings] == ["name-normalised"]


def test_all_findings_are_told_at_once_in_the_order_of_lines() -> None:
    with pytest.raises(NotReadable) as refusal:
        process('<task id="t" isForCompensation="maybe"/>\n<task/>\n<sequenceFlow id="f" sourceRef="t" targetRef="x"/>')

    assert [each.rule for each in refusal.value.findings] == ["bad-flag", "missing-id", "dangling-flow"]
    assert [each.line for each in refusal.value.findings] == [1, 2, 3]


def test_a_drawing_is_kept_once_whoever_asks_and_what_is_refused_is_not() -> None:
    text = next(DRAWINGS.glob("*.bpmn")).read_bytes()

    assert read_kept(text) is read_kept(bytes(bytearray(text)), limits=LIMITS)
    assert read_kept(text) == read(text)
    for _ in range(2):
        with pytest.raises(NotReadable):
            read_kept(b"<no")


def test_what_somebody_has_read_is_not_read_again_and_the_oldest_is_forgotten() -> None:
    drawings = [process(f'<task id="t{number}" />') for number in range(300)]
    for number, each in enumerate(drawings):
        keep(b"drawing %d" % number, each)

    assert read_kept(b"drawing 299") is drawings[299]
    with pytest.raises(NotReadable):
        read_kept(b"drawing 0")
