"""What a step needs and another step makes is made before it, and is called by the same words at both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from engine.domain.finding import Finding
from engine.domain.release import Activity, Bound
from engine.notation import Element, SequenceFlow
from sop_catalog.diagram.onward import onward
from sop_catalog.rules.condition_reads_known_fact import facts_read, together, written_in
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
    earlier = _Earlier(view)
    made = [(each, _plain(each.output)) for each in view.activities if each.output]
    for step in view.by_persons:
        others = [each for each in made if each[0] is not step]
        for wanted in step.requirements:
            yield from _in_time(step, wanted, others, earlier)
    yield from _facts(view, earlier)


class _Earlier:
    """What a case can have come over before it comes to an element. It is looked up when asked: all at once is too much."""

    def __init__(self, view: View) -> None:
        self._back: dict[str, list[str]] = defaultdict(list)
        for begin, following in onward(view.process, view.lookup).items():
            for each in following:
                self._back[each].append(begin)

    def than(self, element: str) -> frozenset[str]:
        """The element itself is among them only where a case can come to it again."""
        found: set[str] = set()
        waiting = [element]
        while waiting:
            for each in self._back.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return frozenset(found)


def _in_time(
    step: Activity, wanted: str, others: Sequence[tuple[Activity, str]], earlier: _Earlier
) -> Iterator[Finding]:
    asked = _plain(wanted)
    like = [(each, text) for each, text in others if asked in text or _is_misspelt(asked, text)]
    before = earlier.than(step.element) if like else frozenset()
    if any(asked in text and each.element in before for each, text in like):
        return
    for each, text in like:
        if text == asked:
            message = (
                "Expected “{wanted}” to be there when “{name}” begins, but “{maker}” makes it and comes later: "
                "move a step, or say what is meant by other words."
            )
            yield find(RULE, step, message, severity="warning", wanted=wanted, maker=each.name or each.element)
            return
    for each, text in like:
        if each.element in before and _is_misspelt(asked, text):
            message = (
                "Expected “{name}” to call what “{maker}” makes by the same words, but “{wanted}” is not “{output}”: "
                "spell both alike."
            )
            told = {"maker": each.name or each.element, "wanted": wanted, "output": each.output}
            yield find(RULE, step, message, severity="warning", **told)
            return


def _facts(view: View, earlier: _Earlier) -> Iterator[Finding]:
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
        before = earlier.than(place)
        if not any(step.element in before for step in writers[name]):
            at: Element = view.lookup.find(place) or element
            message = (
                "Expected the fact “{fact}” to be known at “{name}”, but it is asked for only afterwards, in “{maker}”: "
                "ask for it earlier."
            )
            maker = writers[name][0]
            yield find(RULE, at, message, severity=view.weight, fact=name, maker=maker.name or maker.element)


def _brought(view: View) -> set[str]:
    """Facts that other drawings of the same case may write, or that the sheet says a case brings along."""
    others = (written_in(drawing, code) for code, drawing in together(view) if code != view.process.id)
    return set(view.procedure.sheet.facts).union(*others)


def _is_misspelt(asked: str, text: str) -> bool:
    return len(asked) >= _SHORTEST and fuzz.ratio(asked, text, score_cutoff=_MISSPELT) > 0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
