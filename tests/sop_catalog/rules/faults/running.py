"""Faults after which the engine would not run a drawing as BPMN 2.0 says: each rule of the house profile."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.sop_catalog.rules.faults.page import Fault, NoPlace, Page, Sow, Spot, Xml, tag


def _only_a_picture(page: Page, rng: Random) -> Spot:
    page.process.set("isExecutable", "false")
    return Spot(page.process.get("id"), page.process)


def _another_kind(page: Page, rng: Random) -> Spot:
    name, kinds = rng.choice(
        [
            ("bpmn:userTask", ("task", "scriptTask", "businessRuleTask")),
            ("bpmn:exclusiveGateway", ("complexGateway",)),
        ]
    )
    node = page.one(rng, page.all(name))
    node.tag = tag(f"bpmn:{rng.choice(kinds)}")
    return Spot(node.get("id"), node)


def _signal(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:intermediateCatchEvent", "bpmn:boundaryEvent"))
    page.drop(event[-1])
    page.add(event, "bpmn:signalEventDefinition", id="isyarat")
    return Spot(event.get("id"), event)


def _group(page: Page, rng: Random, name: str, **attributes: str) -> Xml:
    flow = page.one(rng, page.flows())
    group = page.add_group("kelompok", beside=page.find(flow.get("targetRef")), kind=name)
    for each, value in attributes.items():
        group.set(each, value)
    page.put_between(group, flow)
    return group


def _special_group(page: Page, rng: Random) -> Spot:
    name = rng.choice(["bpmn:transaction", "bpmn:adHocSubProcess", "bpmn:subProcess"])
    group = _group(page, rng, name, **({"triggeredByEvent": "true"} if name == "bpmn:subProcess" else {}))
    return Spot("kelompok", group)


def _two_definitions(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:intermediateCatchEvent", "bpmn:boundaryEvent"))
    page.add(event, "bpmn:messageEventDefinition", id="isyarat_kedua")
    return Spot(event.get("id"), event)


def _standard_loop(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    page.add(task, "bpmn:standardLoopCharacteristics")
    return Spot(task.get("id"), task)


def _for_compensation(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    task.set("isForCompensation", "true")
    return Spot(task.get("id"), task)


def _foreign_code(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    if rng.random() < 0.5:
        task.set(tag("camunda:expression"), "#{kirim.surat()}")
        return Spot(task.get("id"), task)
    listener = page.add(page.said(task), "camunda:taskListener", event="create")
    return Spot(task.get("id"), listener)


def _foreign_words(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    task.set(tag(f"camunda:{rng.choice(['assignee', 'priority'])}"), "siapa")
    return Spot(task.get("id"), task)


def _what_is_not_run(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    extra = page.add(task, "bpmn:script", text="kirim()")
    return Spot(task.get("id"), extra)


def _no_start(page: Page, rng: Random) -> Spot:
    start = page.one(rng, page.all("bpmn:startEvent"))
    for flow in page.out_of(start):
        page.drop_flow(flow)
    page.drop_node(start)
    return Spot(page.process.get("id"), page.process)


def _two_starts_in_a_group(page: Page, rng: Random) -> Spot:
    group = _group(page, rng, "bpmn:subProcess")
    page.add(group, "bpmn:startEvent", at=0, id="kelompok_mulai_kedua")
    ends = {"sourceRef": "kelompok_mulai_kedua", "targetRef": "kelompok_langkah"}
    page.add(group, "bpmn:sequenceFlow", ends, id="kelompok_kedua_langkah")
    return Spot("kelompok", group)


def _back_to_the_start(page: Page, rng: Random) -> Spot:
    start = page.one(rng, page.all("bpmn:startEvent"))
    page.add_flow(page.one(rng, page.tasks()), start)
    return Spot(start.get("id"), start)


def _beyond_the_end(page: Page, rng: Random) -> Spot:
    end = page.one(rng, page.all("bpmn:endEvent"))
    page.add_flow(end, page.one(rng, page.tasks()))
    return Spot(end.get("id"), end)


def _boundary_to_nowhere(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    for flow in page.out_of(event):
        page.drop_flow(flow)
    return Spot(event.get("id"), event)


def _into_a_boundary(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    page.add_flow(page.one(rng, page.tasks()), event)
    return Spot(event.get("id"), event)


def _patient_error(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    page.drop(event[-1])
    page.add(page.root, "bpmn:error", at=0, id="galat", name="Gagal", errorCode="gagal")
    page.add(event, "bpmn:errorEventDefinition", id="galat_di_sini", errorRef="galat")
    event.set("cancelActivity", "false")
    return Spot(event.get("id"), event)


def _condition_of_nobody(page: Page, rng: Random) -> Spot:
    start = page.one(rng, page.all("bpmn:startEvent", "bpmn:intermediateCatchEvent", "bpmn:boundaryEvent"))
    flow = page.one(rng, page.out_of(start))
    page.add(flow, "bpmn:conditionExpression", text="1 = 1")
    return Spot(flow.get("id"), flow)


def _only_way_with_a_condition(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, [each for each in page.flows() if page.condition(each) is None])
    gateway = page.add_node("bpmn:exclusiveGateway", "simpul", beside=page.find(flow.get("targetRef")))
    onward = page.put_between(gateway, flow)
    page.add(onward, "bpmn:conditionExpression", text="1 = 1")
    return Spot(onward.get("id"), onward)


def _exit_without_condition(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True))
    flow = page.one(rng, [each for each in page.out_of(gateway) if page.condition(each) is not None])
    page.drop(page.condition(flow))
    return Spot(flow.get("id"), flow)


def _default_with_condition(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True))
    flow = page.one(rng, page.out_of(gateway))
    gateway.set("default", flow.get("id"))
    return Spot(flow.get("id"), flow)


def _condition(page: Page, rng: Random) -> tuple[Xml, Xml]:
    flow = page.one(rng, [each for each in page.flows() if page.condition(each) is not None])
    return flow, page.condition(flow)


def _another_language(page: Page, rng: Random) -> Spot:
    flow, condition = _condition(page, rng)
    condition.set("language", "http://www.java.com/java")
    return Spot(flow.get("id"), condition)


def _java(page: Page, rng: Random) -> Spot:
    flow, condition = _condition(page, rng)
    condition.text = "${" + condition.text.replace(" = ", " == ") + "}"
    return Spot(flow.get("id"), condition)


def _half_an_expression(page: Page, rng: Random) -> Spot:
    flow, condition = _condition(page, rng)
    condition.text = rng.choice([f"{condition.text} and", f"({condition.text}", condition.text.replace("=", "==")])
    return Spot(flow.get("id"), condition)


def _timer(page: Page, rng: Random, *kinds: str) -> tuple[Xml, Xml]:
    event = page.one(
        rng, [each for each in page.all(*kinds) if each.find(tag("bpmn:timerEventDefinition")) is not None]
    )
    return event, event.find(tag("bpmn:timerEventDefinition"))[0]


def _cycle_once(page: Page, rng: Random) -> Spot:
    event, time = _timer(page, rng, "bpmn:intermediateCatchEvent")
    time.tag, time.text = tag("bpmn:timeCycle"), "R3/P1D"
    return Spot(event.get("id"), event)


def _unreadable_time(page: Page, rng: Random) -> Spot:
    event, time = _timer(page, rng, "bpmn:intermediateCatchEvent", "bpmn:boundaryEvent")
    time.text = rng.choice(["tiga hari", "P3", "3 hari kerja", "P3X"])
    return Spot(event.get("id"), time.getparent())


def _message_without_name(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:intermediateCatchEvent", "bpmn:boundaryEvent"))
    page.drop(event[-1])
    page.add(event, "bpmn:messageEventDefinition", id="pesan_tanpa_nama")
    return Spot(event.get("id"), event)


def _error_without_code(page: Page, rng: Random) -> Spot:
    end = page.one(rng, page.all("bpmn:endEvent"))
    page.add(end, "bpmn:errorEventDefinition", id="galat_tanpa_kode")
    return Spot(end.get("id"), end)


def _half_a_link(page: Page, rng: Random) -> Spot:
    end = page.one(rng, page.all("bpmn:endEvent"))
    end.tag = tag("bpmn:intermediateThrowEvent")
    page.add(end, "bpmn:linkEventDefinition", id="penghubung", name="Halaman 2")
    return Spot(end.get("id"), end)


def _waiting_for_a_task(page: Page, rng: Random) -> Spot:
    targets = {each.get("id") for each in page.tasks()}
    flow = page.one(rng, [each for each in page.flows() if each.get("targetRef") in targets])
    gateway = page.add_node("bpmn:eventBasedGateway", "menunggu", beside=page.find(flow.get("targetRef")))
    page.put_between(gateway, flow)
    return Spot("menunggu", gateway)


def _as_often_as_nobody_says(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    loop = page.add(task, "bpmn:multiInstanceLoopCharacteristics")
    return Spot(task.get("id"), loop)


def _unreached(page: Page, rng: Random) -> Spot:
    starts = page.all("bpmn:startEvent", "bpmn:boundaryEvent")
    node = page.one(rng, [each for each in page.nodes() if len(page.into(each)) == 1 and each not in starts])
    flow = page.into(node)[0]
    page.drop_flow(flow)
    return Spot(node.get("id"), node)


def _round_without_rest(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, [each for each in page.flows() if page.condition(each) is None])
    target = page.find(flow.get("targetRef"))
    first = page.add_node("bpmn:exclusiveGateway", "simpul", beside=target, label="Sekali lagi?")
    onward = page.put_between(first, flow)
    onward.set("name", "Tidak")
    first.set("default", onward.get("id"))
    second = page.add_node("bpmn:exclusiveGateway", "simpul_balik", beside=target)
    page.add_flow(first, second, condition="1 = 2", label="Ya")
    page.add_flow(second, first)
    return Spot("simpul", first, ("simpul_balik",))


def _outcome_too_late(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True))
    flow = page.one(rng, page.into(gateway))
    wait = page.add_node("bpmn:intermediateCatchEvent", "menunggu", beside=gateway, label="Menunggu sehari")
    timer = page.add(wait, "bpmn:timerEventDefinition", id="menunggu_waktu")
    page.add(timer, "bpmn:timeDuration", text="P1D")
    page.put_between(wait, flow)
    return Spot(gateway.get("id"), gateway)


def _needs_a_caller(page: Page) -> None:
    if not page.all("bpmn:callActivity"):
        raise NoPlace


def _call_of_what_is_not_there(page: Page, rng: Random) -> Spot:
    _needs_a_caller(page)
    call = page.one(rng, page.all("bpmn:callActivity"))
    call.set("calledElement", f"{page.process.get('id').rpartition('-')[0]}-m99-77")
    return Spot(call.get("id"), call)


def _call_of_itself(page: Page, rng: Random) -> Spot:
    _needs_a_caller(page)
    call = page.one(rng, page.all("bpmn:callActivity"))
    call.set("calledElement", page.process.get("id"))
    return Spot(call.get("id"), call)


def _call_that_comes_back(page: Page, rng: Random) -> Spot:
    """A micro that calls the macro which calls it."""
    code = page.process.get("id")
    if code.count("-") != 2 or code.startswith("p-"):
        raise NoPlace
    task = page.one(rng, page.tasks())
    page.drop(page.said(task))
    task.tag = tag("bpmn:callActivity")
    task.set("calledElement", code.rpartition("-")[0])
    return Spot(task.get("id"), task)


SOWN: Mapping[str, tuple[str, Sow]] = {
    "a process that is only a picture": ("executable", _only_a_picture),
    "an element that nothing runs": ("element-outside-profile", _another_kind),
    "an event of a kind that nothing runs": ("element-outside-profile", _signal),
    "a transaction, ad-hoc or event sub-process": ("special-sub-process", _special_group),
    "an event that waits for two things": ("one-definition", _two_definitions),
    "a loop in a task": ("tokens-one-at-a-time", _standard_loop),
    "a task for compensation": ("tokens-one-at-a-time", _for_compensation),
    "code of another engine": ("code-of-other-engines", _foreign_code),
    "words of another tool": ("foreign-ignored", _foreign_words),
    "a child that would not be run": ("untyped-children", _what_is_not_run),
    "no start event": ("start-of-a-process", _no_start),
    "a group with two start events": ("one-none-start", _two_starts_in_a_group),
    "an arrow to the start": ("start-is-the-start", _back_to_the_start),
    "an arrow out of an end": ("end-is-the-end", _beyond_the_end),
    "a boundary event that leads nowhere": ("boundary-leads-on", _boundary_to_nowhere),
    "an arrow to a boundary event": ("boundary-leads-on", _into_a_boundary),
    "an error that does not interrupt": ("error-interrupts", _patient_error),
    "a condition where none is asked": ("condition-where-none-is-asked", _condition_of_nobody),
    "a condition on the only way": ("join-is-not-conditional", _only_way_with_a_condition),
    "an exit without a condition": ("choice-has-conditions", _exit_without_condition),
    "a default exit with a condition": ("default-without-condition", _default_with_condition),
    "an expression in another language": ("feel-only", _another_language),
    "an expression of a Java engine": ("feel-only", _java),
    "half an expression": ("feel-readable", _half_an_expression),
    "a cycle where it fires once": ("timer-of-its-kind", _cycle_once),
    "a time that cannot be read": ("timer-readable", _unreadable_time),
    "an event without a message": ("message-has-a-name", _message_without_name),
    "an error without a code": ("thrown-code", _error_without_code),
    "half a link": ("links-in-pairs", _half_a_link),
    "an event-based gateway before a task": ("event-gateway-waits-for-events", _waiting_for_a_task),
    "several instances of no number": ("multi-instance-over-a-list", _as_often_as_nobody_says),
    "a node to which nothing leads": ("reachable-nodes", _unreached),
    "a round without rest": ("rest-in-every-loop", _round_without_rest),
    "an outcome asked too late": ("outcome-within-reach", _outcome_too_late),
    "a call of what is not there": ("calls-resolve", _call_of_what_is_not_there),
    "a call of itself": ("calls-resolve", _call_of_itself),
    "a call that comes back": ("calls-resolve", _call_that_comes_back),
}
FAULTS = tuple(Fault(name, rule, sow) for name, (rule, sow) in SOWN.items())
