"""One number at each step of a drawing, with how strong it is against the strongest; a call counts what lies below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from engine.domain.release import Release
from engine.notation import CallActivity, nodes
from engine.notation import read as read_drawing
from engine.queries.oversight import Duration, StepCounts
from sop_catalog.compliance.spread import spread

MEASURES = ("late", "waiting", "repeated", "done")
"""What a drawing can be coloured by."""
STRENGTHS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """The number at one element."""

    element: str
    number: float
    """A part of one for `late`, working hours for `waiting`, times for the others."""
    done: int
    """Of how many steps."""
    strength: int
    """0 for nothing, then 1 to 4, by quarters of the greatest."""


def marks(
    release: Release, process: str, counts: Sequence[StepCounts], times: Sequence[Duration], *, measure: str
) -> tuple[Mark, ...]:
    """The marks of one drawing of a release; counts are by (`sop`, `element`)."""
    calls = {name: tuple(_calls(xml, name)) for name, xml in release.drawings.items()}
    found: dict[str, tuple[float, int]] = {}
    own = {each.key[1] for each in counts if each.key[0] == process}
    for element, below in [*((each, None) for each in own), *calls.get(process, ())]:
        inside = _below(calls, below) if below is not None else {process}
        mine = [each for each in counts if each.key[0] in inside and (below is not None or each.key[1] == element)]
        taken = [each for each in times if each.process in inside and (below is not None or each.element == element)]
        if done := sum(each.done for each in mine):
            found[element] = (_number(measure, mine, taken), done)
    most = max((number for number, _ in found.values()), default=0)
    return tuple(
        Mark(element, number, done, _strength(number, most)) for element, (number, done) in sorted(found.items())
    )


def _number(measure: str, counts: Sequence[StepCounts], times: Sequence[Duration]) -> float:
    match measure:
        case "late":
            promised = sum(each.promised for each in counts)
            return sum(each.late for each in counts) / promised if promised else 0
        case "waiting":
            found = spread(each.waited for each in times)
            return found.middle / timedelta(hours=1) if found else 0
        case "repeated":
            return sum(each.repeated for each in counts)
    return sum(each.done for each in counts)


def _strength(number: float, most: float) -> int:
    return ceil(STRENGTHS * number / most) if number > 0 else 0


def _calls(xml: bytes, process: str) -> Iterator[tuple[str, str]]:
    drawn = read_drawing(xml).process(process)
    for node, _ in nodes(drawn) if drawn is not None else ():
        if isinstance(node, CallActivity) and node.called:
            yield node.id, node.called


def _below(calls: Mapping[str, Sequence[tuple[str, str]]], process: str) -> set[str]:
    """A drawing and all that it calls."""
    found, waiting = set[str](), [process]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += [called for _, called in calls.get(each, ())]
    return found
