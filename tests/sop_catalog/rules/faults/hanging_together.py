"""Faults after which a drawing no longer hangs together: XML, ids, references, lanes, the picture's own references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.sop_catalog.rules.faults.page import Fault, Page, Sow, Spot, tag


def _same_id(page: Page, rng: Random) -> Spot:
    first, second = sorted(rng.sample(page.flows(), 2), key=page.flows().index)
    page.drop_flow_claims(second)
    second.set("id", first.get("id"))
    return Spot(first.get("id"), second)


def _bad_id(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    new = f"1 {flow.get('id')}"[:60]
    page.rename(flow.get("id"), new)
    return Spot(new, flow)


def _no_id(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, [each for each in page.flows() if page.gateway_default(each) is None])
    page.drop_flow_claims(flow)
    page.drop(page.edge(flow))
    del flow.attrib["id"]
    return Spot(None, flow)


def _reserved_id(page: Page, rng: Random) -> Spot:
    end = page.one(rng, page.all("bpmn:endEvent"))
    page.rename(end.get("id"), "Root")
    return Spot("Root", end)


def _loose_flow(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    page.drop_flow_claims(flow)
    flow.set(rng.choice(["sourceRef", "targetRef"]), "tiada_di_sini")
    return Spot(flow.get("id"), flow)


def _flow_to_a_lane(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    page.drop_flow_claims(flow)
    flow.set("targetRef", page.one(rng, page.all("bpmn:lane")).get("id"))
    return Spot(flow.get("id"), flow)


def _flow_into_a_group(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    group = page.add_group("kelompok", beside=page.find(flow.get("targetRef")))
    page.drop_flow_claims(flow)
    flow.set("targetRef", "kelompok_langkah")
    del group
    return Spot(flow.get("id"), flow)


def _strange_default(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.all("bpmn:exclusiveGateway"))
    others = [each for each in page.flows() if each.get("sourceRef") != gateway.get("id")]
    gateway.set("default", page.one(rng, others).get("id"))
    return Spot(gateway.get("id"), gateway)


def _strange_host(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    event.set("attachedToRef", page.one(rng, page.all("bpmn:startEvent", "bpmn:endEvent")).get("id"))
    return Spot(event.get("id"), event)


def _strange_pool(page: Page, rng: Random) -> Spot:
    pool = page.one(rng, [each for each in page.root.iter(tag("bpmn:participant")) if each.get("processRef")])
    pool.set("processRef", "tiada-di-sini")
    return Spot(pool.get("id"), pool)


def _message_without_a_message(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:intermediateCatchEvent"))
    page.drop(event[-1])
    told = page.add(event, "bpmn:messageEventDefinition", id="pesan_tanpa_isi", messageRef="tiada_di_sini")
    return Spot("pesan_tanpa_isi", told)


def _strange_lane_member(page: Page, rng: Random) -> Spot:
    lane = page.one(rng, page.all("bpmn:lane"))
    page.add(lane, "bpmn:flowNodeRef", text="tiada_di_sini")
    return Spot(lane.get("id"), lane)


def _arrow_in_a_lane(page: Page, rng: Random) -> Spot:
    lane = page.one(rng, page.all("bpmn:lane"))
    page.add(lane, "bpmn:flowNodeRef", text=page.one(rng, page.flows()).get("id"))
    return Spot(lane.get("id"), lane)


def _in_two_lanes(page: Page, rng: Random) -> Spot:
    lanes = page.all("bpmn:lane")
    node = page.one(rng, page.held(lanes[0]))
    other = page.one(rng, lanes[1:])
    page.add(other, "bpmn:flowNodeRef", text=node)
    return Spot(other.get("id"), other)


def _picture_of_nothing(page: Page, rng: Random) -> Spot:
    shape = page.shape(page.one(rng, page.nodes()).get("id"))
    shape.set("bpmnElement", "tiada_di_sini")
    return Spot(shape.get("id"), shape)


def _call_of_nothing(page: Page, rng: Random) -> Spot:
    call = page.one(rng, page.all("bpmn:callActivity"))
    del call.attrib["calledElement"]
    return Spot(call.get("id"), call)


def _timer_without_time(page: Page, rng: Random) -> Spot:
    timer = page.one(rng, page.all("bpmn:timerEventDefinition"))
    page.drop(timer[0])
    return Spot(timer.get("id"), timer)


def _long_name(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    task.set("name", (task.get("name") + " ") * 60)
    return Spot(task.get("id"), task)


def _hidden_character(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    task.set("name", task.get("name")[:4] + rng.choice("\u202e\u2028\u2066") + task.get("name")[4:])
    return Spot(task.get("id"), task)


def _flow_to_nowhere(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    page.drop_flow_claims(flow)
    del flow.attrib[rng.choice(["sourceRef", "targetRef"])]
    return Spot(flow.get("id"), flow)


def _neither_true_nor_false(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    event.set("cancelActivity", rng.choice(["ya", "tidak", "TRUE", "2"]))
    return Spot(event.get("id"), event)


def _strange_word(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    target = page.find(flow.get("targetRef"))
    gateway = page.add_node("bpmn:eventBasedGateway", "menunggu", beside=target, eventGatewayType="sometimes")
    page.put_between(gateway, flow)
    return Spot("menunggu", gateway)


def _stray_text(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.nodes())
    node.tail = " catatan di luar \n    "
    return Spot(page.process.get("id"), page.process)


def _two_conditions(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, [each for each in page.flows() if page.condition(each) is not None])
    extra = page.add(flow, "bpmn:conditionExpression", text='outcome = "lain"')
    return Spot(flow.get("id"), extra)


def _loose_message_flow(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, list(page.root.iter(tag("bpmn:messageFlow"))))
    flow.set("targetRef", "tiada_di_sini")
    return Spot(flow.get("id"), flow)


def _negative_size(page: Page, rng: Random) -> Spot:
    shape = page.shape(page.one(rng, page.nodes()).get("id"))
    shape.find(tag("dc:Bounds")).set("width", "-100")
    return Spot(shape.get("id"), shape)


def _no_bounds(page: Page, rng: Random) -> Spot:
    shape = page.shape(page.one(rng, page.nodes()).get("id"))
    page.drop(shape.find(tag("dc:Bounds")))
    return Spot(shape.get("id"), shape)


def _false_claim(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.tasks())
    other = page.one(rng, [each for each in page.flows() if each.get("sourceRef") != node.get("id")])
    node.find(tag("bpmn:outgoing")).text = other.get("id")
    return Spot(node.get("id"), node)


def _second_process(page: Page, rng: Random) -> Spot:
    second = page.add(page.root, "bpmn:process", id="proses_kedua", isExecutable="true")
    page.add(second, "bpmn:startEvent", id="proses_kedua_mulai")
    return Spot(None, None)


def _untouched(page: Page, rng: Random) -> Spot:
    return Spot(None, None)


def _cut_off(text: bytes) -> bytes:
    return text[: len(text) * 2 // 3]


def _with_doctype(text: bytes) -> bytes:
    head, _, rest = text.partition(b"\n")
    return head + b'\n<!DOCTYPE definitions [<!ENTITY a "b">]>\n' + rest


def _with_instruction(text: bytes) -> bytes:
    head, _, rest = text.partition(b"\n")
    return head + b'\n<?xml-stylesheet href="gaya.xsl"?>\n' + rest


def _no_bpmn(text: bytes) -> bytes:
    return text.replace(b"20100524/MODEL", b"20990101/LAIN")


SOWN: Mapping[str, tuple[str, Sow]] = {
    "an id given twice": ("duplicate-id", _same_id),
    "an id that is none": ("bad-id", _bad_id),
    "an arrow without an id": ("missing-id", _no_id),
    "an id that another interpreter keeps": ("reserved-id", _reserved_id),
    "an arrow from or to nothing": ("dangling-flow", _loose_flow),
    "an arrow to a lane": ("dangling-flow", _flow_to_a_lane),
    "an arrow into a group": ("flow-leaves-scope", _flow_into_a_group),
    "another node's arrow as default": ("bad-default", _strange_default),
    "a boundary event on an event": ("bad-host", _strange_host),
    "a pool of a process that is not there": ("dangling-reference", _strange_pool),
    "a message that is not there": ("dangling-reference", _message_without_a_message),
    "a lane with a node that is not there": ("dangling-lane", _strange_lane_member),
    "an arrow in a lane": ("lane-holds-other", _arrow_in_a_lane),
    "a node in two lanes": ("two-lanes", _in_two_lanes),
    "a shape of nothing": ("draws-nothing", _picture_of_nothing),
    "a call of nothing": ("missing-called-element", _call_of_nothing),
    "a timer without a time": ("timer-without-time", _timer_without_time),
    "a name without end": ("too-long", _long_name),
    "a hidden character in a name": ("hidden-character", _hidden_character),
    "an arrow without one end": ("missing-reference", _flow_to_nowhere),
    "a flag that is neither true nor false": ("bad-flag", _neither_true_nor_false),
    "a word that the standard does not know": ("bad-value", _strange_word),
    "text between the elements": ("stray-text", _stray_text),
    "two conditions on one arrow": ("more-than-one", _two_conditions),
    "a message flow to nothing": ("dangling-message-flow", _loose_message_flow),
    "a shape of negative width": ("bad-number", _negative_size),
    "a shape without bounds": ("missing-bounds", _no_bounds),
    "a node that claims another's arrow": ("false-claim", _false_claim),
    "two processes to run": ("one-process", _second_process),
}
SPOILT: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a file that was cut off": ("not-xml", _cut_off),
    "a DOCTYPE": ("doctype", _with_doctype),
    "a processing instruction": ("processing-instruction", _with_instruction),
    "another vocabulary": ("not-bpmn", _no_bpmn),
}
FAULTS = (
    *(Fault(name, rule, sow) for name, (rule, sow) in SOWN.items()),
    *(Fault(name, rule, _untouched, spoil=spoil) for name, (rule, spoil) in SPOILT.items()),
)
