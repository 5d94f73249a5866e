"""Faults in the picture: what is drawn elsewhere, twice, on top of something, or cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from random import Random

from tests.sop_catalog.rules.faults.page import Fault, NoPlace, Page, Sow, Spot, Xml, tag


def _no_picture(page: Page, rng: Random) -> Spot:
    page.drop(page.plane.getparent())
    return Spot(page.process.get("id"), page.process)


def _drawn_twice(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.nodes())
    second = deepcopy(page.shape(node.get("id")))
    second.set("id", f"{second.get('id')}_2")
    page.plane.append(second)
    return Spot(node.get("id"), node)


def _not_drawn(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.nodes())
    page.drop(page.shape(node.get("id")))
    return Spot(node.get("id"), node)


def _arrow_not_drawn(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    page.drop(page.edge(flow))
    return Spot(flow.get("id"), flow)


def _in_another_lane(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    other = page.one(rng, [each for each in page.all("bpmn:lane") if each is not page.lane_of(task)])
    _, top, _, height = page.box(other.get("id"))
    page.bounds(task.get("id")).set("y", str(top + height / 2 - 40))
    return Spot(task.get("id"), task)


def _over_the_border(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    _, top, _, height = page.box(page.lane_of(task).get("id"))
    page.bounds(task.get("id")).set("y", str(top + height - 50))
    return Spot(task.get("id"), task)


def _off_its_host(page: Page, rng: Random) -> Spot:
    event = page.one(rng, page.all("bpmn:boundaryEvent"))
    left, _, _, _ = page.box(event.get("attachedToRef"))
    page.bounds(event.get("id")).set("x", str(left + rng.choice([-60, 140, 250])))
    return Spot(event.get("id"), event)


def _on_top_of_another(page: Page, rng: Random) -> Spot:
    if len(page.tasks()) < 2:
        raise NoPlace
    one, other = rng.sample(page.tasks(), 2)
    left, top, _, _ = page.box(one.get("id"))
    page.bounds(other.get("id")).set("x", str(left + rng.randint(0, 60)))
    page.bounds(other.get("id")).set("y", str(top + rng.randint(0, 40)))
    return Spot(other.get("id"), other, (one.get("id"),))


def _off_the_page(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.nodes())
    page.bounds(node.get("id")).set(rng.choice("xy"), rng.choice(["300000", "-250000"]))
    return Spot(node.get("id"), node)


def _of_no_size(page: Page, rng: Random) -> Spot:
    node = page.one(rng, page.nodes())
    page.bounds(node.get("id")).set(rng.choice(["width", "height"]), "0")
    return Spot(node.get("id"), node)


def _middle(page: Page, name: str | None) -> tuple[float, float]:
    left, top, width, height = page.box(name)
    return left + width / 2, top + height / 2


def _through_a_shape(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    ends = {flow.get("sourceRef"), flow.get("targetRef")}
    ends |= {each.get("attachedToRef") for each in page.all("bpmn:boundaryEvent") if each.get("id") in ends}
    other = page.one(rng, [each for each in page.tasks() if each.get("id") not in ends])
    points = list(page.edge(flow).iterchildren(tag("di:waypoint")))
    x, y = _middle(page, other.get("id"))
    middle = page.add(page.edge(flow), "di:waypoint", at=page.edge(flow).index(points[-1]), x=str(x), y=str(y))
    del middle
    return Spot(flow.get("id"), flow)


def _loose_line(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    points = list(page.edge(flow).iterchildren(tag("di:waypoint")))
    left, top, width, height = page.box(flow.get("targetRef"))
    points[-1].set("x", str(left + width + rng.randint(20, 60)))
    points[-1].set("y", str(top + height + rng.randint(20, 60)))
    return Spot(flow.get("id"), flow)


def _line_of_one_point(page: Page, rng: Random) -> Spot:
    flow = page.one(rng, page.flows())
    for each in list(page.edge(flow).iterchildren(tag("di:waypoint")))[1:]:
        page.drop(each)
    return Spot(flow.get("id"), flow)


def _too_much_text(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    task.set("name", f"{task.get('name')} dan seterusnya, sesuai dengan ketentuan yang berlaku, " * 3)
    return Spot(task.get("id"), task)


def _labels(page: Page) -> list[tuple[str, Xml]]:
    """Labels that are shown, with the id of what they name."""
    found = [
        (drawn.get("bpmnElement"), drawn.find(f"{tag('bpmndi:BPMNLabel')}/{tag('dc:Bounds')}"))
        for drawn in page.plane
        if drawn.tag in {tag("bpmndi:BPMNShape"), tag("bpmndi:BPMNEdge")}
    ]
    return [(name, label) for name, label in found if label is not None and page.find(name).get("name")]


def _label_on_a_label(page: Page, rng: Random) -> Spot:
    labels = _labels(page)
    if len(labels) < 2:
        raise NoPlace
    (name, label), (other, there) = rng.sample(labels, 2)
    for each in ("x", "y"):
        label.set(each, there.get(each))
    return Spot(name, page.find(name), (other,))


def _label_on_a_shape(page: Page, rng: Random) -> Spot:
    labels = _labels(page)
    if not labels:
        raise NoPlace
    name, label = rng.choice(labels)
    left, top, _, _ = page.box(page.one(rng, page.tasks()).get("id"))
    label.set("x", str(left + 10))
    label.set("y", str(top + 10))
    return Spot(name, page.find(name))


def _line_through_a_label(page: Page, rng: Random) -> Spot:
    labels = _labels(page)
    flow = page.one(rng, page.flows())
    others = [(name, label) for name, label in labels if name != flow.get("id")]
    if not others:
        raise NoPlace
    name, label = rng.choice(others)
    first, second = list(page.edge(flow).iterchildren(tag("di:waypoint")))[:2]
    for each, size in (("x", "width"), ("y", "height")):
        middle = (float(first.get(each)) + float(second.get(each))) / 2
        label.set(each, str(middle - float(label.get(size)) / 2))
    return Spot(name, page.find(name))


def _lane_beside_its_pool(page: Page, rng: Random) -> Spot:
    lane = page.one(rng, page.all("bpmn:lane"))
    bounds = page.bounds(lane.get("id"))
    bounds.set("width", str(float(bounds.get("width")) + 400))
    return Spot(lane.get("id"), lane)


def _lane_on_a_lane(page: Page, rng: Random) -> Spot:
    lanes = page.all("bpmn:lane")
    if len(lanes) < 2:
        raise NoPlace
    number = rng.randrange(len(lanes) - 1)
    upper, lower = lanes[number], lanes[number + 1]
    bounds = page.bounds(lower.get("id"))
    bounds.set("y", str(float(bounds.get("y")) - 40))
    bounds.set("height", str(float(bounds.get("height")) + 40))
    return Spot(lower.get("id"), lower, (upper.get("id"),))


def _pool_on_a_pool(page: Page, rng: Random) -> Spot:
    pools = list(page.root.iter(tag("bpmn:participant")))
    own = next(each for each in pools if each.get("processRef"))
    other = page.one(rng, [each for each in pools if not each.get("processRef")])
    page.bounds(other.get("id")).set("y", str(page.box(own.get("id"))[1] + 20))
    return Spot(other.get("id"), other, (own.get("id"),))


SOWN: Mapping[str, tuple[str, Sow]] = {
    "a drawing without a picture": ("layout-drawn-once", _no_picture),
    "a node drawn twice": ("layout-drawn-once", _drawn_twice),
    "a node that is not drawn": ("layout-drawn-once", _not_drawn),
    "an arrow that is not drawn": ("layout-drawn-once", _arrow_not_drawn),
    "a step in another lane": ("layout-drawn-once", _in_another_lane),
    "a step over the border of its lane": ("layout-drawn-once", _over_the_border),
    "a boundary event beside its step": ("layout-drawn-once", _off_its_host),
    "a step on top of another": ("layout-drawn-once", _on_top_of_another),
    "a node off the page": ("layout-drawn-once", _off_the_page),
    "a node of no size": ("layout-drawn-once", _of_no_size),
    "a lane beside its pool": ("layout-drawn-once", _lane_beside_its_pool),
    "a lane on top of a lane": ("layout-drawn-once", _lane_on_a_lane),
    "a pool on top of a pool": ("layout-drawn-once", _pool_on_a_pool),
    "a line through a shape": ("edges-clear", _through_a_shape),
    "a line that ends beside": ("edges-clear", _loose_line),
    "a line of one point": ("edges-clear", _line_of_one_point),
    "more text than a shape holds": ("labels-readable", _too_much_text),
    "a label on a label": ("labels-readable", _label_on_a_label),
    "a label on a shape": ("labels-readable", _label_on_a_shape),
    "a line through a label": ("labels-readable", _line_through_a_label),
}
FAULTS = tuple(Fault(name, rule, sow) for name, (rule, sow) in SOWN.items())
