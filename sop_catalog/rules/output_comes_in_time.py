"""What a step needs and another step makes is made before it, and is called by the same words at both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from rapidfuzz import fuzz

from engine.domain.finding import Finding
from engine.domain.release import Activity, Bound
from engine.notation import Element, SequenceFlow
from sop_catalog.diagram.held import held_in
from sop_catalog.diagram.onward import onward, reached
from sop_catalog.rules.condition_reads_known_fact import callers_of, facts_read, written_in
from sop_catalog.rules.view import View, find

RULE: Final = "output-comes-in-time"
_MISSPELT: Final = 92.0
"""Per cent of the letters that two texts share from which on one is the other, spelt differently."""
_SHORTEST: Final = 8
"""Letters of a text that can be called misspelt."""


def check(view: View) -> Iterator[Finding]:
    """Look at every requirement that an output answers to, and at every fact that only forms of this process write.

    A requirement that no output resembles is brought from outside: a register, a room, a letter that came in.
    """
    if not view.is_sop:
        return
    before = _before(view)
    for step in view.by_persons:
        for wanted in step.requirements:
            yield from _in_time(view, step, wanted, before)
    yield from _facts(view, before)


def _before(view: View) -> Mapping[str, frozenset[str]]:
    """Every element → those that a case can have come over before it."""
    ways = onward(view.process, view.lookup)
    found: dict[str, set[str]] = {each: set() for each in ways}
    for begin in ways:
        for follower in ways[begin]:
            for each in reached(follower, ways):
                found.setdefault(each, set()).add(begin)
    return {name: frozenset(each) for name, each in found.items()}


def _in_time(view: View, step: Activity, wanted: str, before: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    others = [each for each in view.activities if each.output and each.element != step.element]
    earlier = [each for each in others if each.element in before.get(step.element, ())]
    text = _plain(wanted)
    if any(text in _plain(each.output) for each in earlier):
        return
    for each in others:
        if _plain(each.output) == text:
            message = (
                "Expected “{wanted}” to be there when “{name}” begins, but “{maker}” makes it and comes later: "
                "move a step, or say what is meant by other words."
            )
            yield find(RULE, step, message, severity="warning", wanted=wanted, maker=each.name or each.element)
            return
    for each in earlier:
        if len(text) >= _SHORTEST and fuzz.ratio(text, _plain(each.output)) >= _MISSPELT:
            message = (
                "Expected “{name}” to call what “{maker}” makes by the same words, but “{wanted}” is not “{output}”: "
                "spell both alike."
            )
            told = {"maker": each.name or each.element, "wanted": wanted, "output": each.output}
            yield find(RULE, step, message, severity="warning", **told)
            return


def _facts(view: View, before: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Facts that are read where no form that writes them can have been filled in yet."""
    writers: dict[str, list[Activity]] = {}
    for step in view.activities:
        for field in step.form:
            if field.bound is Bound.FACT:
                writers.setdefault(field.name, []).append(step)
    brought = _brought(view)
    told: set[tuple[str, str]] = set()
    for element, name in facts_read(view):
        place = element.source if isinstance(element, SequenceFlow) else element.id
        if name not in writers or name in brought or (place, name) in told:
            continue
        told.add((place, name))
        if not any(step.element in before.get(place, ()) for step in writers[name]):
            at: Element = view.lookup.find(place) or element
            message = (
                "Expected the fact “{fact}” to be known at “{name}”, but it is asked for only afterwards, in “{maker}”: "
                "ask for it earlier."
            )
            maker = writers[name][0]
            yield find(RULE, at, message, severity=view.weight, fact=name, maker=maker.name or maker.element)


def _brought(view: View) -> set[str]:
    """Facts that other drawings of the same case may write, or that the sheet says a case brings along."""
    inner = set(held_in(view.drawing, view.process.id).calls)
    around = callers_of(view)
    declared = set(view.procedure.sheet.facts)
    others = {code: each for code, each in view.drawings.items() if code in inner | around}
    for code, drawing in others.items():
        beside = View(drawing, process, view.interpreter, others) if (process := drawing.process(code)) else None
        declared |= written_in(beside, set()) if beside else set()
    return declared


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
