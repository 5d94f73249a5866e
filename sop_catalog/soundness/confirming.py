"""Whether a case can really go a way: gone on the engine's own machine with facts, guessed until they lead along it.

A guess that fails proves nothing: the way is then told as possible, not as certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from engine.domain.limits import LIMITS
from engine.errors import Refusal
from engine.machine import Machine
from engine.machine.compiling import compile_bundle
from engine.process import (
    Arrived,
    Bundle,
    Completed,
    Due,
    Event,
    Facts,
    Failed,
    Step,
    Stuck,
    TooLong,
    Wait,
    WaitKind,
)
from sop_catalog.soundness.ground import Choice, Ground
from sop_catalog.soundness.guesses import OUTCOME, Guesses
from sop_catalog.soundness.successors import How
from sop_catalog.soundness.ways import Happening, Way

BEGIN: Final = datetime(2026, 1, 5, 1, tzinfo=UTC)
_TRIES: Final = 200
"""For one move."""
_LISTS: Final = (2, 1, 0)
"""How many entries lists are given, one after the other."""


@dataclass(frozen=True, slots=True)
class _Here:
    step: Step | None
    facts: Mapping[str, Any]
    at: datetime


class Confirming:
    """One release, made ready to go ways on it."""

    def __init__(self, bundle: Bundle) -> None:
        self.ground = Ground(bundle)
        self.guesses = Guesses(self.ground)
        self.program = compile_bundle(bundle, LIMITS)
        self.machine = Machine()

    def can_go(self, way: Way, *, stuck: bool = False) -> bool:
        """Whether facts were found with which a case goes this way, and at its end is `stuck` or goes round without end."""
        lists = self.guesses.lists
        lengths = _LISTS if lists else _LISTS[:1]
        return any(self._goes(way, {name: lists[name][:length] for name in lists}, stuck=stuck) for length in lengths)

    def _goes(self, way: Way, facts: Mapping[str, Any], *, stuck: bool) -> bool:
        here: _Here | None = _Here(None, facts, BEGIN)
        for move in way.moves[:-1]:
            here = self._move(here, move, last=False, stuck=False) if here else None
        return bool(here and way.moves and self._move(here, way.moves[-1], last=True, stuck=stuck))

    def _move(self, here: _Here, move: Happening, *, last: bool, stuck: bool) -> _Here | None:
        """Where one move leads, with the facts that lead there; nothing where none were found."""
        wait = self._wait(here, move)
        if wait is None and move.how is not How.STARTED:
            return None
        at = here.at + timedelta(minutes=1)
        if wait and wait.due:
            at = max(at, wait.due)
        waiting: list[dict[str, Any]] = [dict(here.facts)]
        seen: list[dict[str, Any]] = []
        while waiting and len(seen) < _TRIES:
            facts = waiting.pop(0)
            if facts in seen:
                continue
            seen.append(facts)
            found = self._tried(here, move, wait, facts, at, last=last, stuck=stuck)
            if found is not None:
                return found
            waiting.extend(self._others(move, wait, facts, at))
        return None

    def _tried(
        self, here: _Here, move: Happening, wait: Wait | None, facts: Facts, at: datetime, *, last: bool, stuck: bool
    ) -> _Here | None:
        """Where one move leads with some facts, if that is where it should lead."""
        try:
            step = self._step(here, move, wait, facts, at)
        except (Stuck, TooLong):
            goes = last and self._turned(move, {**facts, **(wait.local if wait else {})}, at)
            return here if goes else None
        except Refusal:
            return None
        passed = Counter((each.process, each.element) for each in step.passed if each.how in _OVER)
        if stuck or passed != Counter(move.passed):
            return None
        return _Here(step, {name: value for name, value in facts.items() if name != OUTCOME}, at)

    def _step(self, here: _Here, move: Happening, wait: Wait | None, facts: Facts, at: datetime) -> Step:
        if wait is None or here.step is None:
            return self.machine.start(self.program, at=BEGIN, facts=facts, start=move.wait[1])
        return self.machine.advance(self.program, here.step.snapshot, _event(move, wait), at=at, facts=facts)

    def _wait(self, here: _Here, move: Happening) -> Wait | None:
        if here.step is None or here.step.ended:
            return None
        waits = self.machine.waits(self.program, here.step.snapshot)
        alike = [each for each in waits if (each.process, each.element) == move.wait]
        return alike[move.nth] if move.nth < len(alike) else None

    def _wanted(self, move: Happening) -> Iterator[tuple[Choice, str]]:
        """The arrows that it takes out of choices."""
        for choice in self.ground.choices.values():
            for way in choice.ways:
                if (choice.spot[0], way.flow) in move.passed:
                    yield choice, way.flow

    def _others(self, move: Happening, wait: Wait | None, facts: Facts, at: datetime) -> Iterator[dict[str, Any]]:
        """The same facts with one choice turned."""
        local = wait.local if wait else {}
        for choice, flow in self._wanted(move):
            way = next(each for each in choice.ways if each.flow == flow)
            for solved in self.guesses.solve(choice, way, {**facts, **local}, at):
                if wait is None or wait.kind is not WaitKind.WORK or move.how is not How.DONE:
                    solved.pop(OUTCOME, None)
                yield {**facts, **solved}

    def _turned(self, move: Happening, facts: Facts, at: datetime) -> bool:
        """Whether every choice of a move goes as it should with these facts: a step that is refused does not tell."""
        taken = {flow for _, flow in self._wanted(move)}
        for choice, _ in self._wanted(move):
            true = [each for each in choice.ways if each.condition and each.condition.holds(facts, at)]
            true = true or [each for each in choice.ways if each.is_default]
            true += (
                [] if choice.takes_one else [each for each in choice.ways if not each.condition and not each.is_default]
            )
            went = {each.flow for each in (true[:1] if choice.takes_one else true)}
            if not went <= taken:
                return False
        return True


_OVER: Final = frozenset({"passed", "entered"})


def _event(move: Happening, wait: Wait) -> Event:
    match move.how:
        case How.FAILED:
            return Failed(wait.token, move.code)
        case How.CAME:
            return Arrived(wait.token)
        case How.FIRED:
            return Due(wait.token)
        case _:
            return Completed(wait.token)
