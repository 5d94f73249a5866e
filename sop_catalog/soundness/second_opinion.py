"""What a second interpreter says to the walks of the first: the same waits after every move, the same end.

It covers which way a case goes: gateways, joins, events, interruption, calls, instances. It does not cover what both
share: how FEEL and times are read, and the reader of the drawing. Keeping an opinion, by the hash of the release, is
the business of whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from engine.domain.finding import Finding
from engine.errors import Refusal
from engine.process import Bundle, CannotRun, Interpreter, Program, Step, Wait
from sop_catalog.soundness.walk import Move, Walk, replay

DECLARED: Final[Mapping[str, str]] = {}
"""Process id → why a disagreement over it is known and accepted. Closed: an entry more is a decision of the owners."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The first place on one walk where two interpreters differ."""

    walk: int
    """Counted from 0."""
    step: int
    """0 is the start, 1 the first move."""
    element: str
    message: str

    def __str__(self) -> str:
        """The disagreement in one line."""
        return f"walk {self.walk}, step {self.step}, {self.element}: {self.message}"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second interpreter says of a release."""

    by: str
    refused: tuple[Finding, ...] = ()
    """Why it cannot run it at all: then there is no second opinion, and that is told."""
    disagreements: tuple[Disagreement, ...] = ()
    steps: int = 0
    """How many were compared."""

    @property
    def agrees(self) -> bool:
        """Whether it ran every walk the same way."""
        return not self.refused and not self.disagreements


def second_opinion(bundle: Bundle, walks: Iterable[Walk], first: Interpreter, second: Interpreter) -> Opinion:
    """Take walks on both interpreters and compare them step by step."""
    try:
        other = second.compile(bundle)
    except CannotRun as cannot:
        return Opinion(second.name, refused=cannot.findings)
    own = first.compile(bundle)
    found: list[Disagreement] = []
    steps = 0
    for number, walked in enumerate(walks):
        pairs = zip_longest(_seen(walked, first, own), _seen(walked, second, other))
        for step, (one, two) in enumerate(pairs):
            steps += 1
            if one != two:
                move = walked.moves[step - 1] if step else None
                found.append(_differ(number, step, move, one, two, (first.name, second.name)))
                break
    return Opinion(second.name, disagreements=tuple(found), steps=steps)


def _seen(walked: Walk, interpreter: Interpreter, program: Program) -> Iterable[dict[str, Any]]:
    """What can be seen from outside after each step; a refusal is seen too, and is the last."""
    try:
        for _, step in replay(walked, interpreter, program):
            yield _outside(step, () if step.ended else interpreter.waits(program, step.snapshot))
    except (Refusal, LookupError) as refusal:
        yield {"refused": type(refusal).__name__}


def _outside(step: Step, waits: Iterable[Wait]) -> dict[str, Any]:
    return {
        "waits": sorted(_shown(wait) for wait in waits),
        "told": sorted((each.kind, each.name, each.process, each.element) for each in step.thrown),
        "ended": (step.ended.how, step.ended.code) if step.ended else None,
    }


def _shown(wait: Wait) -> str:
    place = "/".join((*wait.path, wait.process, wait.element))
    instance = "" if wait.instance is None else f"[{wait.instance}]"
    due = f" at {wait.due.isoformat()}" if wait.due else ""
    if wait.allowance and wait.since:
        due = f" {wait.allowance.amount:g} {wait.allowance.clock} after {wait.since.isoformat()}"
    return f"{wait.kind} {place}{instance}{due}"


def _differ(
    walk: int,
    step: int,
    move: Move | None,
    one: Mapping[str, Any] | None,
    two: Mapping[str, Any] | None,
    names: tuple[str, str],
) -> Disagreement:
    first, second = one or {"refused": "nothing more"}, two or {"refused": "nothing more"}
    parts = [key for key in ("refused", "waits", "told", "ended") if first.get(key) != second.get(key)]
    told = "; ".join(f"{key}: {names[0]} {first.get(key)}, {names[1]} {second.get(key)}" for key in parts)
    return Disagreement(walk, step, move.element if move else "start", told)
