"""Faults in how a drawing decides and what it asks: questions, exits, facts, outputs and forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.sop_catalog.rules.faults.page import NAMESPACES, Fault, NoPlace, Page, Sow, Spot, Xml, tag


def _no_question(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True) + page.decisions(by_outcome=False))
    del gateway.attrib["name"]
    return Spot(gateway.get("id"), gateway)


def _no_label(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True) + page.decisions(by_outcome=False))
    flow = page.one(rng, page.out_of(gateway))
    flow.attrib.pop("name", None)
    return Spot(flow.get("id"), flow)


def _one_label_twice(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True))
    one, other = rng.sample(page.out_of(gateway), 2)
    one.set("name", other.get("name"))
    return Spot(gateway.get("id"), gateway)


def _one_outcome_twice(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=True))
    one, other = rng.sample([each for each in page.out_of(gateway) if page.condition(each) is not None], 2)
    page.condition(one).text = page.condition(other).text
    return Spot(gateway.get("id"), gateway)


def _nobody_decides(page: Page, rng: Random) -> Spot:
    """A question that asks for an outcome straight behind the start."""
    gateway = page.one(rng, page.decisions(by_outcome=True))
    for flow in page.into(gateway):
        wait = page.add_node("bpmn:intermediateCatchEvent", f"menunggu_{flow.get('sourceRef')}", beside=gateway)
        page.add(page.add(wait, "bpmn:timerEventDefinition"), "bpmn:timeDuration", text="P1D")
        page.put_between(wait, flow)
    return Spot(gateway.get("id"), gateway)


def _no_default(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, [each for each in page.decisions(by_outcome=False) if each.get("default")])
    flow = page.find(gateway.get("default"))
    page.add(flow, "bpmn:conditionExpression", text="1 = 1")
    del gateway.attrib["default"]
    return Spot(gateway.get("id"), gateway)


def _unknown_fact(page: Page, rng: Random) -> Spot:
    gateway = page.one(rng, page.decisions(by_outcome=False))
    flow = page.one(rng, [each for each in page.out_of(gateway) if page.condition(each) is not None])
    page.condition(flow).text = "fakta_yang_tidak_ditanyakan = true"
    return Spot(flow.get("id"), flow)


def _chosen(page: Page, rng: Random) -> tuple[Xml, Xml, str]:
    """A step behind which a decision about one of its own choices fits, that choice, and its name."""
    written = [each.get("name") for each in page.process.iter(tag("lajur:field"))]
    brought = {each.text for each in page.sheet().iterchildren(tag("lajur:fact"))}
    fields = [
        (task, field)
        for task in page.tasks()
        for field in task.iter(tag("lajur:field"))
        if field.get("kind") == "choice" and written.count(field.get("name")) == 1 and field.get("name") not in brought
        if field.get("bound", "fact") == "fact" and len(page.out_of(task)) == 1
    ]
    if not fields:
        raise NoPlace
    task, field = rng.choice(fields)
    return task, field, field.get("name")


def _decided_by_choice(page: Page, rng: Random, *conditions: Callable[[str, Xml], str]) -> tuple[Xml, list[Xml]]:
    """A decision right behind the step that asks, of which every exit leads where the step led."""
    task, field, name = _chosen(page, rng)
    gateway = page.add_node("bpmn:exclusiveGateway", "memilih", beside=task, label="Apa yang dipilih?")
    default = page.put_between(gateway, page.out_of(task)[0])
    default.set("name", "Lainnya")
    gateway.set("default", default.get("id"))
    exits = []
    for number, condition in enumerate(conditions, start=1):
        step = page.add_task(f"pilihan_{number}", beside=task)
        label = f"Pilihan {number}"
        exits.append(page.add_flow(gateway, step, condition=condition(name, field), label=label))
        page.add_flow(step, page.find(default.get("targetRef")))
    return gateway, exits


def _first(name: str, field: Xml) -> str:
    return f'{name} = "{field[0].get("value")}"'


def _nobody_answers_so(page: Page, rng: Random) -> Spot:
    _, exits = _decided_by_choice(page, rng, lambda name, _: f'{name} = "tidak_ditawarkan"')
    return Spot(exits[0].get("id"), exits[0])


def _two_exits_fit(page: Page, rng: Random) -> Spot:
    gateway, _ = _decided_by_choice(page, rng, _first, lambda name, _: f'{name} != "tidak_ditawarkan"')
    return Spot(gateway.get("id"), gateway)


def _no_way_of_several(page: Page, rng: Random) -> Spot:
    """A gateway that opens several ways by what is typed in freely, and none for everything else."""
    fields = [each for each in page.process.iter(tag("lajur:field")) if each.get("kind", "text") == "text"]
    task = page.one(rng, [each for each in page.tasks() if len(page.out_of(each)) == 1])
    name = page.one(rng, fields).get("name")
    flow = page.out_of(task)[0]
    target = page.find(flow.get("targetRef"))
    split = page.add_node("bpmn:inclusiveGateway", "membuka", beside=task)
    join = page.add_node("bpmn:inclusiveGateway", "menutup", beside=task)
    page.lead(flow, split)
    for number in (1, 2):
        step = page.add_task(f"pilihan_{number}", beside=task)
        page.add_flow(split, step, condition=f'{name} = "{number}"', label=f"Pilihan {number}")
        page.add_flow(step, join)
    page.add_flow(join, target)
    return Spot("membuka", split)


def _left_out(page: Page, rng: Random) -> Spot:
    """A gateway that opens several ways, but none for one of the answers."""
    task, field, name = _chosen(page, rng)
    values = [each.get("value") for each in field.iterchildren(tag("lajur:choice"))]
    if len(values) < 3:
        raise NoPlace
    flow = page.out_of(task)[0]
    split = page.add_node("bpmn:inclusiveGateway", "membuka", beside=task)
    target = page.find(flow.get("targetRef"))
    page.lead(flow, split)
    join = page.add_node("bpmn:inclusiveGateway", "menutup", beside=task)
    for number, value in enumerate(rng.sample(values, 2), start=1):
        step = page.add_task(f"pilihan_{number}", beside=task)
        page.add_flow(split, step, condition=f'{name} = "{value}"', label=f"Pilihan {number}")
        page.add_flow(step, join)
    page.add_flow(join, target)
    return Spot("membuka", split)


def _misspelt_time(page: Page, rng: Random) -> Spot:
    """What was meant as three days reads as the name of a fact."""
    event = page.one(rng, page.all("bpmn:intermediateCatchEvent", "bpmn:boundaryEvent"))
    time = page.one(rng, list(event.iter(tag("bpmn:timeDuration"))))
    time.text = rng.choice(["PD3", "PD7", "P_3D"])
    return Spot(event.get("id"), event)


# Outputs.


def _needed_before_it_is_made(page: Page, rng: Random) -> Spot:
    tasks = page.tasks()
    pairs = [
        (early, late)
        for early in tasks
        for late in tasks
        if early is not late
        and early not in page.reached(late)
        and late in page.reached(early)
        and [each.text for each in page.process.iter(tag("lajur:output"))].count(_output(late)) == 1
    ]
    if not pairs:
        raise NoPlace
    early, late = rng.choice(pairs)
    page.add(page.said(early), "lajur:requirement", text=_output(late))
    return Spot(early.get("id"), early)


def _output(task: Xml) -> str:
    found = task.find("bpmn:extensionElements/lajur:output", NAMESPACES)
    return "" if found is None else str(found.text)


def _spelt_otherwise(page: Page, rng: Random) -> Spot:
    made = {_output(each): each for each in page.tasks()}
    wanted = [
        (task, each)
        for task in page.tasks()
        for each in task.iter(tag("lajur:requirement"))
        if len(each.text) > 15 and each.text in made and task in page.reached(made[each.text])
    ]
    if not wanted:
        raise NoPlace
    task, requirement = rng.choice(wanted)
    requirement.text = requirement.text[:6] + requirement.text[7:]
    return Spot(task.get("id"), task)


def _asked_only_afterwards(page: Page, rng: Random) -> Spot:
    """A decision right behind the start about what a form asks for later."""
    _, _, name = _chosen(page, rng)
    start = page.all("bpmn:startEvent")[0]
    flow = page.out_of(start)[0]
    first = page.find(flow.get("targetRef"))
    gateway = page.add_node("bpmn:exclusiveGateway", "memilih", beside=start, label="Apa yang dipilih?")
    default = page.put_between(gateway, flow)
    default.set("name", "Lainnya")
    gateway.set("default", default.get("id"))
    step = page.add_task("pilihan", beside=start)
    page.add_flow(gateway, step, condition=f'{name} = "a"', label="Pilihan")
    page.add_flow(step, first)
    return Spot("memilih", gateway)


# Forms.


def _field(name: str, *values: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        task = page.one(rng, [each for each in page.tasks() if list(each.iter(tag("lajur:field")))])
        field = page.one(rng, list(task.iter(tag("lajur:field"))))
        field.set(name, rng.choice(values))
        return Spot(task.get("id"), field)

    return sow


def _field_twice(page: Page, rng: Random) -> Spot:
    task = page.one(rng, [each for each in page.tasks() if list(each.iter(tag("lajur:field")))])
    field = next(task.iter(tag("lajur:field")))
    page.add(field.getparent(), "lajur:field", name=field.get("name"), label="Sekali lagi")
    return Spot(task.get("id"), task)


def _nothing_to_choose(page: Page, rng: Random) -> Spot:
    task = page.one(rng, [each for each in page.tasks() if list(each.iter(tag("lajur:choice")))])
    field = next(task.iter(tag("lajur:choice"))).getparent()
    for each in list(field):
        page.drop(each)
    return Spot(task.get("id"), field)


def _two_equal_choices(page: Page, rng: Random) -> Spot:
    task = page.one(rng, [each for each in page.tasks() if list(each.iter(tag("lajur:choice")))])
    field = next(task.iter(tag("lajur:choice"))).getparent()
    page.add(field, "lajur:choice", label="Sekali lagi", value=field[0].get("value"))
    return Spot(task.get("id"), field)


SOWN: Mapping[str, tuple[str, Sow]] = {
    "a decision without a question": ("decision-decidable", _no_question),
    "an exit without a label": ("decision-decidable", _no_label),
    "two exits with one label": ("decision-decidable", _one_label_twice),
    "two exits for one outcome": ("decision-decidable", _one_outcome_twice),
    "a decision that nobody takes": ("decision-decidable", _nobody_decides),
    "a decision without a default": ("decision-decidable", _no_default),
    "a condition on a fact that nobody writes": ("condition-reads-known-fact", _unknown_fact),
    "a time that reads as a fact": ("condition-reads-known-fact", _misspelt_time),
    "a condition that no answer meets": ("condition-can-be-met", _nobody_answers_so),
    "two exits for one answer": ("condition-can-be-met", _two_exits_fit),
    "an answer for which nothing comes": ("condition-can-be-met", _left_out),
    "several ways without a default": ("decision-decidable", _no_way_of_several),
    "an output needed before it is made": ("output-comes-in-time", _needed_before_it_is_made),
    "an output spelt otherwise": ("output-comes-in-time", _spelt_otherwise),
    "a fact asked for only afterwards": ("output-comes-in-time", _asked_only_afterwards),
    "a field of an unknown kind": ("form-fields-well-formed", _field("kind", "teks", "angka")),
    "a field with a name that is none": ("form-fields-well-formed", _field("name", "Nomor Surat", "2nomor", "true")),
    "a field without a label": ("form-fields-well-formed", _field("label", "")),
    "a field kept nowhere": ("form-fields-well-formed", _field("bound", "berkas", "orang")),
    "a field that is required perhaps": ("form-fields-well-formed", _field("required", "ya", "mungkin")),
    "a field asked when nobody knows": ("form-fields-well-formed", _field("when", "a = ", "(b")),
    "a field twice in a form": ("form-fields-well-formed", _field_twice),
    "a choice of nothing": ("form-fields-well-formed", _nothing_to_choose),
    "two choices of one value": ("form-fields-well-formed", _two_equal_choices),
}
FAULTS = tuple(Fault(name, rule, sow) for name, (rule, sow) in SOWN.items())
