"""Faults after which a case that runs does not come to a proper end: each property of soundness."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.sop_catalog.rules.faults.page import Fault, NoPlace, Page, Sow, Spot, Xml

RULE = "comes-to-an-end"


def _first_flow(page: Page) -> Xml:
    """The arrow that every case comes over first."""
    starts = page.all("bpmn:startEvent")
    if len(starts) != 1:
        raise NoPlace
    return page.out_of(starts[0])[0]


def _branch_at_the_start(page: Page) -> Xml:
    """A new step beside everything else, from the beginning; nothing leads on from it yet."""
    flow = _first_flow(page)
    first = page.find(flow.get("targetRef"))
    split = page.add_node("bpmn:parallelGateway", "bersamaan", beside=first)
    page.put_between(split, flow)
    step = page.add_task("langkah_samping", beside=first)
    page.add_flow(split, step)
    return step


def _expect_all_reached(page: Page) -> None:
    """One fault at a time: what nothing leads to any more would be another."""
    start = page.all("bpmn:startEvent")[0]
    if any(node not in page.reached(start) for node in page.nodes() if node is not start):
        raise NoPlace


def _exits(page: Page) -> list[tuple[Xml, Xml]]:
    """Decisions of officers that lead to different nodes, each with one of its exits."""
    return [
        (gateway, flow)
        for gateway in page.decisions(by_outcome=True)
        for flow in page.out_of(gateway)
        if len({each.get("targetRef") for each in page.out_of(gateway)}) > 1
    ]


def _only_one_comes(page: Page, rng: Random) -> Spot:
    """The two exits of a decision are awaited together."""
    beside = [each for each in page.all("bpmn:boundaryEvent") if each.get("cancelActivity") == "false"]
    if beside or page.all("bpmn:parallelGateway", "bpmn:inclusiveGateway"):
        raise NoPlace  # a branch that ends elsewhere makes it a token left behind
    gateway = page.one(rng, page.decisions(by_outcome=True))
    one, other = rng.sample(page.out_of(gateway), 2)
    target = page.find(one.get("targetRef"))
    join = page.add_node("bpmn:parallelGateway", "menunggu_semua", beside=target)
    page.put_between(join, one)
    page.lead(other, join)
    _expect_all_reached(page)
    return Spot("menunggu_semua", join)


def _waits_for_what_went_elsewhere(page: Page, rng: Random) -> Spot:
    """A step beside everything else is awaited where not every case comes."""
    exits = [(gateway, flow) for gateway, flow in _exits(page) if _ends_otherwise(page, gateway, flow)]
    if not exits:
        raise NoPlace
    _, flow = rng.choice(exits)
    target = page.find(flow.get("targetRef"))
    join = page.add_node("bpmn:parallelGateway", "menunggu_semua", beside=target)
    page.put_between(join, flow)
    page.add_flow(_branch_at_the_start(page), join)
    return Spot("menunggu_semua", join)


def _ends_otherwise(page: Page, gateway: Xml, flow: Xml) -> bool:
    """Whether a case can come to an end from a decision without this exit."""
    others = [page.find(each.get("targetRef")) for each in page.out_of(gateway) if each is not flow]
    ends = page.all("bpmn:endEvent")
    return any(end is other or end in page.reached(other, [gateway]) for other in others for end in ends)


def _round_for_ever(page: Page, rng: Random) -> Spot:
    """One exit of a decision leads to two steps that only lead to each other."""
    exits = _exits(page)
    if not exits:
        raise NoPlace
    _, flow = rng.choice(exits)
    target = page.find(flow.get("targetRef"))
    one = page.add_task("langkah_satu", beside=target)
    other = page.add_task("langkah_dua", beside=target)
    page.lead(flow, one)
    page.add_flow(one, other)
    page.add_flow(other, one)
    _expect_all_reached(page)
    return Spot("langkah_satu", one, ("langkah_dua",))


def _more_with_each_round(page: Page, rng: Random) -> Spot:
    """A step that leads on and back to itself at once."""
    tasks = [each for each in page.tasks() if len(page.out_of(each)) == 1 and page.into(each)]
    task = page.one(rng, tasks)
    flow = page.out_of(task)[0]
    next_step = page.find(flow.get("targetRef"))
    if next_step not in page.tasks():
        raise NoPlace
    split = page.add_node("bpmn:parallelGateway", "bersamaan", beside=task)
    page.put_between(split, flow)
    page.add_flow(split, task)
    return Spot(task.get("id"), task, ("bersamaan", next_step.get("id")))


def _ends_what_is_open(page: Page, rng: Random) -> Spot:
    """A step beside everything else ends the whole case."""
    end = page.add_node("bpmn:endEvent", "putus", beside=page.one(rng, page.tasks()), label="Diputus")
    page.add(end, "bpmn:terminateEventDefinition", id="putus_semua")
    page.add_flow(_branch_at_the_start(page), end)
    return Spot("putus", end)


def _asked_again(page: Page, rng: Random) -> Spot:
    """Behind the exit for one outcome it is asked for another one, which nobody can have given."""
    gateway = page.one(rng, page.decisions(by_outcome=True))
    one, other = rng.sample(page.out_of(gateway), 2)
    if page.condition(one).text == page.condition(other).text:
        raise NoPlace
    target = page.find(one.get("targetRef"))
    again = page.add_node("bpmn:exclusiveGateway", "ditanya_lagi", beside=target, label="Sungguh?")
    onward = page.put_between(again, one)
    onward.set("name", "Ya")
    again.set("default", onward.get("id"))
    step = page.add_task("tidak_pernah", beside=target)
    page.add_flow(again, step, condition=page.condition(other).text, label="Tidak")
    page.add_flow(step, target)
    return Spot("tidak_pernah", step, ("ditanya_lagi__ke__tidak_pernah",))


SOWN: Mapping[str, tuple[str, Sow]] = {
    "alternatives that are awaited together": ("deadlock", _only_one_comes),
    "a join that not every case comes to": ("token left behind", _waits_for_what_went_elsewhere),
    "steps that only lead to each other": ("livelock", _round_for_ever),
    "a step that begins itself again and goes on": ("unbounded", _more_with_each_round),
    "an end of all beside open steps": ("improper completion", _ends_what_is_open),
    "a step behind an answer that nobody gives": ("dead", _asked_again),
}
FAULTS = tuple(Fault(name, RULE, sow, (("property", what),)) for name, (what, sow) in SOWN.items())
