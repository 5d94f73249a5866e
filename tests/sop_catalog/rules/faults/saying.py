"""Faults in what a drawing says: the cover sheet, its steps, their times, posts, forms, laws, and how it decides."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.sop_catalog.rules.faults.page import NAMESPACES, Fault, NoPlace, Page, Sow, Spot, Xml, tag


def _at_the_process(page: Page) -> Spot:
    return Spot(page.process.get("id"), page.process)


def _children(parent: Xml, kind: str) -> list[Xml]:
    return list(parent.iterchildren(tag(kind)))


# The cover sheet.


def _without(*kinds: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        kind = rng.choice(kinds)
        for each in _children(page.sheet(), f"lajur:{kind}"):
            page.drop(each)
        return _at_the_process(page)

    return sow


def _unsaid(*names: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        del page.sheet().attrib[rng.choice(names)]
        return _at_the_process(page)

    return sow


def _with(name: str, *values: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        fitting = [each for each in values if each != page.sheet().get(name)]
        page.sheet().set(name, rng.choice(fitting))
        return _at_the_process(page)

    return sow


def _with_word(name: str, *values: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        page.sheet().set(name, rng.choice(values))
        return Spot(page.process.get("id"), page.sheet())

    return sow


def _strange_part(page: Page, rng: Random) -> Spot:
    said = page.add(page.sheet(), "lajur:standard", part=rng.choice(["harga", "keluhan"]), text="Tanpa biaya")
    return Spot(page.process.get("id"), said)


def _no_code(page: Page, rng: Random) -> Spot:
    new = rng.choice(["sop_pengaduan", "Proses_1", "C3-M05"])
    page.rename(page.process.get("id"), new)
    return Spot(new, page.process)


def _related(page: Page, rng: Random, code: str) -> Spot:
    new = page.add(page.sheet(), "lajur:related", text=code)
    return Spot(page.process.get("id"), new)


def _related_to_itself(page: Page, rng: Random) -> Spot:
    return _related(page, rng, page.process.get("id"))


def _related_in_capitals(page: Page, rng: Random) -> Spot:
    said = page.one(rng, _children(page.sheet(), "lajur:related"))
    said.text = said.text.upper() if rng.random() < 0.5 else said.text.replace("-", ".")
    return Spot(page.process.get("id"), said)


def _related_twice(page: Page, rng: Random) -> Spot:
    return _related(page, rng, page.one(rng, _children(page.sheet(), "lajur:related")).text)


def _related_to_nothing(page: Page, rng: Random) -> Spot:
    return _related(page, rng, f"{rng.choice(['c3-m05', 'c3-m02', 'c3-m15'])}-{rng.randint(50, 99)}")


# Steps.


def _step_without(kind: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        task = page.one(rng, page.tasks())
        found = list(task.iter(tag(kind)))
        if not found:
            raise NoPlace
        for each in found:
            page.drop(each)
        return Spot(task.get("id"), task)

    return sow


def _step_without_a_name(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    del task.attrib["name"]
    return Spot(task.get("id"), task)


def _strange_act(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    page.add(page.said(task), "lajur:act", text="kirim_surat")
    return Spot(task.get("id"), task)


def _allowance(name: str, *values: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        task = page.one(rng, page.tasks())
        allowance = page.one(rng, list(task.iter(tag("lajur:allowance"))))
        allowance.set(name, rng.choice(values))
        return Spot(task.get("id"), allowance)

    return sow


def _too_little_promised(page: Page, rng: Random) -> Spot:
    """No case can be done in time that comes over a step which alone may take longer; each case comes over the first."""
    start = page.all("bpmn:startEvent")[0]
    first = page.find(page.out_of(start)[0].get("targetRef"))
    allowance = first.find("bpmn:extensionElements/lajur:allowance", NAMESPACES)
    if allowance is None or float(allowance.get("amount")) <= 0.1:
        raise NoPlace
    promised = page.sheet().find(tag("lajur:promised"))
    promised.set("amount", "0.1" if allowance.get("clock").endswith("hours") else "0.5")
    promised.set("clock", allowance.get("clock"))
    if allowance.get("clock") in {"months", "calendar-days", "consecutive-days", "working-days"}:
        allowance.set("amount", str(float(allowance.get("amount")) + 1).removesuffix(".0"))
        promised.set("amount", "1")
    return _at_the_process(page)


def _longer_than_promised(page: Page, rng: Random) -> Spot:
    """One step on every way from the start takes longer than the whole may."""
    start = page.all("bpmn:startEvent")[0]
    first = page.find(page.out_of(start)[0].get("targetRef"))
    allowance = first.find("bpmn:extensionElements/lajur:allowance", NAMESPACES)
    promised = page.sheet().find(tag("lajur:promised"))
    if allowance is None:
        raise NoPlace
    allowance.set("amount", str(int(float(promised.get("amount"))) + 1))
    allowance.set("clock", promised.get("clock"))
    return _at_the_process(page)


def _two_times_of_a_stage(page: Page, rng: Random) -> Spot:
    if len(page.tasks()) < 2 or list(page.process.iter(tag("lajur:stage"))):
        raise NoPlace
    one, other = page.tasks()[:2]
    for task, amount in ((one, "1"), (other, str(rng.randint(2, 9)))):
        page.add(page.said(task), "lajur:stage", text="Diperiksa", amount=amount, clock="working-days")
    return Spot(other.get("id"), other)


def _duty(page: Page, rng: Random, **attributes: str) -> Xml:
    said = {"code": "jawaban", "title": "Menjawab permohonan", "begins": page.one(rng, page.tasks()).get("id")}
    duty = page.add(page.sheet(), "lajur:duty", {**said, **attributes})
    page.add(duty, "lajur:allowance", amount="5", clock="working-days")
    page.add(duty, "lajur:legalBasis", instrument="UU 25/2009")
    return duty


def _duty_without(kind: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        duty = _duty(page, rng)
        page.drop(_children(duty, kind)[0])
        return Spot(page.process.get("id"), duty)

    return sow


def _duty_with_a_strange_code(page: Page, rng: Random) -> Spot:
    return Spot(page.process.get("id"), _duty(page, rng, code="Jawaban Satu"))


def _duty_of_nothing(page: Page, rng: Random) -> Spot:
    return Spot(page.process.get("id"), _duty(page, rng, ends="tiada_di_sini"))


def _duty_that_never_ends(page: Page, rng: Random) -> Spot:
    end = page.one(rng, page.all("bpmn:endEvent"))
    first = page.find(page.out_of(page.all("bpmn:startEvent")[0])[0].get("targetRef"))
    _duty(page, rng, begins=end.get("id"), ends=first.get("id"))
    return Spot(end.get("id"), end)


def _rungs(*rungs: Mapping[str, str]) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        drawn = [page.add(page.sheet(), "lajur:rung", each) for each in rungs]
        return Spot(page.process.get("id"), drawn[-1])

    return sow


# Posts.


def _performer(page: Page, rng: Random) -> tuple[Xml, Xml]:
    lane = page.one(rng, page.all("bpmn:lane"))
    return lane, page.one(rng, list(lane.iter(tag("lajur:performer"))))


def _strange_post(page: Page, rng: Random) -> Spot:
    lane, performer = _performer(page, rng)
    performer.set("post", "pengelola-bintang")
    return Spot(lane.get("id"), lane)


def _strange_office(page: Page, rng: Random) -> Spot:
    lane, performer = _performer(page, rng)
    performer.set("office", "seberang")
    return Spot(lane.get("id"), lane)


def _nobody_does_it(page: Page, rng: Random) -> Spot:
    task = page.one(rng, page.tasks())
    for each in page.all("bpmn:flowNodeRef"):
        if each.text == task.get("id"):
            page.drop(each)
    return Spot(task.get("id"), task)


# Laws.


def _law(instrument: str) -> Sow:
    def sow(page: Page, rng: Random) -> Spot:
        if rng.random() < 0.5:
            page.add(page.sheet(), "lajur:legalBasis", instrument=instrument)
            return _at_the_process(page)
        task = page.one(rng, page.tasks())
        page.add(page.said(task), "lajur:legalBasis", instrument=instrument, article="Pasal 3")
        return Spot(task.get("id"), task)

    return sow


def _ids_alike(page: Page, rng: Random) -> Spot:
    if len(page.tasks()) < 2:
        raise NoPlace
    one, other = rng.sample(page.tasks(), 2)
    later = max(one, other, key=page.tasks().index)
    earlier = one if later is other else other
    new = earlier.get("id").replace("_", "-") if "_" in earlier.get("id") else earlier.get("id").upper()
    page.rename(later.get("id"), new)
    return Spot(new, later)


def _half_a_variant(page: Page, rng: Random) -> Spot:
    name, said = rng.choice([("office", "bp3mi-jatim"), ("variantOf", "c3-m02-01")])
    page.sheet().set(name, said)
    return _at_the_process(page)


def _variant_by_another_code(page: Page, rng: Random) -> Spot:
    page.sheet().set("office", "bp3mi-jatim")
    page.sheet().set("variantOf", rng.choice(["c3-m02-01", "c3-m05-02"]))
    return _at_the_process(page)


SOWN: Mapping[str, tuple[str, Sow]] = {
    "a sheet without a text that SOP AP asks for": (
        "sheet-whole",
        _without("legalBasis", "qualification", "equipment", "warning", "record"),
    ),
    "a sheet without a promise": ("sheet-whole", _without("promised")),
    "a sheet without area, owner or kind": ("sheet-whole", _unsaid("area", "owner", "nature", "scope", "generality")),
    "a sheet with an unknown word": ("sheet-whole", _with_word("nature", "biasa", "penting")),
    "a service standard with an unknown part": ("sheet-whole", _strange_part),
    "a sheet whose owner says unclearly who may see it": ("sheet-whole", _with_word("shown", "semua", "rahasia")),
    "a sheet of another level": ("sheet-whole", _with("level", "makro", "mikro", "map")),
    "a sheet of an area that is none": ("sheet-whole", _with("area", "C9", "Z1")),
    "a process whose id is no code": ("sheet-whole", _no_code),
    "an SOP related to itself": ("related-resolve", _related_to_itself),
    "a related code misspelt": ("related-resolve", _related_in_capitals),
    "a related SOP named twice": ("related-resolve", _related_twice),
    "a related SOP that is not there": ("related-resolve", _related_to_nothing),
    "a step without a name": ("activity-complete", _step_without_a_name),
    "a step without an instruction": ("activity-complete", _step_without("bpmn:documentation")),
    "a step without a requirement": ("activity-complete", _step_without("lajur:requirement")),
    "a step without an allowance": ("activity-complete", _step_without("lajur:allowance")),
    "a step without an output": ("activity-complete", _step_without("lajur:output")),
    "a step that asks for an unknown act": ("activity-complete", _strange_act),
    "a time on an unknown clock": ("allowance-has-clock", _allowance("clock", "hari", "jam", "days", "")),
    "a time of no length": ("allowance-has-clock", _allowance("amount", "0", "-2", "dua", "1,5", "")),
    "a time beyond ten years": ("allowance-has-clock", _allowance("amount", "999999", "123456")),
    "a promise that the first step breaks": ("promise-holds", _too_little_promised),
    "a step that takes longer than the whole": ("promise-holds", _longer_than_promised),
    "a stage with two times": ("stage-said-once", _two_times_of_a_stage),
    "a duty without a time": ("duty-can-end", _duty_without("lajur:allowance")),
    "a duty without a law": ("duty-can-end", _duty_without("lajur:legalBasis")),
    "a duty whose code is none": ("duty-can-end", _duty_with_a_strange_code),
    "a duty until nothing": ("duty-can-end", _duty_of_nothing),
    "a duty that no way fulfils": ("duty-can-end", _duty_that_never_ends),
    "a rung that does what nobody knows": ("ladder-climbable", _rungs({"act": "teriak", "part": "0.5"})),
    "a rung beyond the whole time": ("ladder-climbable", _rungs({"act": "remind", "part": "1.5"})),
    "rungs in the wrong order": (
        "ladder-climbable",
        _rungs({"act": "remind", "part": "0.8"}, {"act": "remind", "part": "0.5"}),
    ),
    "a lane of an unknown post": ("performer-known", _strange_post),
    "a lane of an unknown office": ("performer-known", _strange_office),
    "a step that nobody does": ("performer-known", _nobody_does_it),
    "a law that is not registered": ("legal-basis-known", _law("UU 99/2099")),
    "a law that was replaced": ("legal-basis-known", _law("Perpres 90/2019")),
    "a variant that says half": ("variant-fits", _half_a_variant),
    "a variant that keeps a code of its own": ("variant-fits", _variant_by_another_code),
    "two ids that read alike": ("ids-tell-apart", _ids_alike),
}
FAULTS = tuple(Fault(name, rule, sow) for name, (rule, sow) in SOWN.items())
