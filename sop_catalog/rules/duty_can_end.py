"""Every duty says from where to where it is counted, by which law, and once begun it can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.domain.finding import Finding
from engine.notation import LAJUR, Xml
from sop_catalog.diagram.extension import TIMES
from sop_catalog.diagram.onward import onward, reached
from sop_catalog.procedure import DUTY
from sop_catalog.rules.view import View, find, find_on

RULE: Final = "duty-can-end"


def check(view: View) -> Iterator[Finding]:
    """Look at every duty of the cover sheet, as it is written there."""
    drawn = _duties(view)
    often = Counter(each.get("code") for each in drawn)
    for code, times in often.items():
        if times > 1:
            message = "Expected every duty of “{name}” to have a code of its own, but {code} stands {times} times: rename all but one."
            yield find(RULE, view.process, message, code=code, times=times)
    for each in drawn:
        yield from _said(each, view)
        yield from _counted(each, view)


def _duties(view: View) -> list[Xml]:
    sheet = view.process.extension(f"{{{LAJUR}}}sheet")
    return [each for each in sheet.children if each.tag == f"{{{LAJUR}}}duty"] if sheet else []


def _said(duty: Xml, view: View) -> Iterator[Finding]:
    has = {each.local for each in duty.children if each.namespace == LAJUR}
    title = duty.get("title") or duty.get("code")
    if not DUTY.fullmatch(duty.get("code")):
        message = (
            "Expected the duty “{title}” to have a code of small letters, digits and hyphens, but found “{found}”."
        )
        yield find_on(duty.line, RULE, view.process, message, title=title, found=duty.get("code"))
    if not duty.get("title").strip():
        message = "Expected the duty {code} to say what is owed (its title)."
        yield find_on(duty.line, RULE, view.process, message, code=duty.get("code"))
    if "allowance" not in has:
        message = "Expected the duty “{title}” to say how long it may take (an allowance)."
        yield find_on(duty.line, RULE, view.process, message, title=title)
    if "legalBasis" not in has:
        message = "Expected the duty “{title}” to name the law that it comes from (a legal basis)."
        yield find_on(duty.line, RULE, view.process, message, title=title)
    if duty.get("times") and not TIMES.fullmatch(duty.get("times")):
        message = "Expected the duty “{title}” to say in a number how often it may be extended, but found “{found}”."
        yield find_on(duty.line, RULE, view.process, message, title=title, found=duty.get("times"))
    elif "most" in has and int(duty.get("times") or 0) == 0:
        message = "Expected the duty “{title}” to say how often it may be extended, since it says by how much."
        yield find_on(duty.line, RULE, view.process, message, title=title)


def _counted(duty: Xml, view: View) -> Iterator[Finding]:
    title, begins, ends = duty.get("title") or duty.get("code"), duty.get("begins"), duty.get("ends")
    ways = onward(view.process, view.lookup)
    strange = [each for each in (begins, ends) if each and each not in ways]
    for each in strange:
        message = "Expected the duty “{title}” to be counted between elements of the drawing, but “{found}” is none: give the id of one."
        yield find_on(duty.line, RULE, view.process, message, title=title, found=each)
    if begins and ends and not strange and ends not in reached(begins, ways):
        message = "Expected the duty “{title}” to be done some day, but no way leads from “{begins}” to “{ends}”: correct where it begins or ends."
        first, last = (node.name or node.id if (node := view.lookup.node(each)) else each for each in (begins, ends))
        place = view.lookup.node(begins) or view.process
        yield find_on(
            duty.line if place is view.process else 0, RULE, place, message, title=title, begins=first, ends=last
        )
