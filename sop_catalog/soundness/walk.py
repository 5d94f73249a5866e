"""Walks over a release: every arrow, boundary event and timer taken at least once, each walk led to an end.

A walk is a list of moves that any interpreter can replay. Which moves is found by trying: at each rest the answer that
covers most that is new, else the one that comes nearest to something new, else the one that comes nearest to an end.
The same release always gives the same walks. What could not be covered is told, never passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from engine.errors import Refusal
from engine.process import (
    Arrived,
    Bundle,
    Completed,
    Due,
    Ended,
    Event,
    Facts,
    Failed,
    Interpreter,
    NoWayOut,
    Program,
    Step,
    Wait,
    WaitKind,
)
from sop_catalog.soundness.ground import FAR, Ground, Spot
from sop_catalog.soundness.guesses import OUTCOME, Guesses

BEGIN: Final = datetime(2026, 1, 5, 1, tzinfo=UTC)
"""When every walk begins: a Monday, 08:00 in Jakarta."""
MOST_WALKS: Final = 400
MOST_ANSWERS: Final = 60_000
"""Tried for one release; then what is not covered is told as missed, and that the search was cut short."""
MOST_MOVES: Final = 600
"""Of one walk."""
_ANSWERS: Final = 24
"""Tried at one wait."""
_DEAD_ENDS: Final = 40
"""After so many, a walk is given up."""
_NEAREST: Final = 5
"""Waits tried at one rest."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happens on a walk: which wait, and how it is answered."""

    process: str
    element: str
    path: tuple[str, ...]
    instance: int | None
    how: type[Event]
    """Completed, Due, Arrived or Failed."""
    after: timedelta
    """Since the beginning of the walk."""
    nth: int = 0
    """Of the waits that are alike, by age."""
    outcome: str | None = None
    code: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the form of this step, the message or the answer of the partner adds to the facts."""

    def __str__(self) -> str:
        """The move in words, for a finding."""
        said = self.outcome or self.code
        return f"{self.element} {self.how.__name__.lower()}" + (f" ({said})" if said else "")


@dataclass(frozen=True, slots=True)
class Walk:
    """One case from a start event to an end."""

    start: str
    facts: Mapping[str, Any]
    moves: tuple[Move, ...]
    ended: Ended


@dataclass(frozen=True, slots=True)
class Missed:
    """A node or arrow that no walk came over."""

    process: str
    element: str
    line: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A case that cannot go on, and the moves that lead there."""

    refusal: str
    element: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """All walks over one release."""

    walks: tuple[Walk, ...]
    covered: frozenset[Spot]
    missed: tuple[Missed, ...]
    troubles: tuple[Trouble, ...]
    cut_short: bool = False
    """Whether the search stopped before it had tried everything it knows."""

    @property
    def is_sound(self) -> bool:
        """Whether everything was covered and nothing got stuck."""
        return not self.missed and not self.troubles


def walk(bundle: Bundle, interpreter: Interpreter) -> Walked:
    """Walk over a release until everything is covered or nothing new is found. Raises CannotRun."""
    return _Walking(bundle, interpreter).all()


def replay(walked: Walk, interpreter: Interpreter, program: Program) -> Iterator[tuple[Move | None, Step]]:
    """Take a walk on any interpreter, step by step; the first step is the start, before any move.

    Raises LookupError where a wait that the walk answers is not open, and what the interpreter refuses.
    """
    facts: dict[str, Any] = dict(walked.facts)
    step = interpreter.start(program, at=BEGIN, facts=facts, start=walked.start)
    yield None, step
    for move in walked.moves:
        wait = _alike(move, interpreter.waits(program, step.snapshot))
        facts.update(move.facts)
        step = interpreter.advance(
            program, step.snapshot, _event(move, wait), at=BEGIN + move.after, facts=_told(facts, move)
        )
        yield move, step


def _alike(move: Move, waits: Iterable[Wait]) -> Wait:
    alike = [wait for wait in waits if _place(wait) == (move.process, move.element, move.path, move.instance)]
    if len(alike) <= move.nth:
        raise LookupError(f"Expected a wait at {move.element}, but there is none.")
    return alike[move.nth]


def _place(wait: Wait) -> tuple[str, str, tuple[str, ...], int | None]:
    return (wait.process, wait.element, wait.path, wait.instance)


def _event(move: Move, wait: Wait) -> Event:
    if issubclass(move.how, Failed):
        return Failed(wait.token, move.code or "")
    return move.how(wait.token)


def _told(facts: Facts, move: Move) -> Facts:
    return {**facts, OUTCOME: move.outcome} if move.outcome is not None else facts


class _Here(NamedTuple):
    """Where a walk stands."""

    snapshot: bytes
    waits: tuple[Wait, ...]
    facts: dict[str, Any]
    after: timedelta


class _Try(NamedTuple):
    """One answer, and what came of it."""

    move: Move
    step: Step
    waits: tuple[Wait, ...]


class _Walking:
    def __init__(self, bundle: Bundle, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.program = interpreter.compile(bundle)
        self.ground = Ground(bundle)
        self.guesses = Guesses(self.ground)
        self.covered: set[Spot] = set()
        self.troubles: dict[tuple[str, str], Trouble] = {}
        self.to_end = self.ground.distances(self.ground.ends)
        self.to_new: Mapping[Spot, int] = {}
        self.answers = 0

    def all(self) -> Walked:
        lists = [dict(self.guesses.lists), *([{name: [] for name in self.guesses.lists}] if self.guesses.lists else [])]
        walks = [each for start in self.program.starts for given in lists for each in self._from(start.element, given)]
        walks.extend(self._freely(lists[0]))
        for spot in sorted(self.ground.spots - self.covered):
            if spot not in self.covered and len(walks) < MOST_WALKS:
                walks.extend(self._towards(spot, lists))
        walks.extend(self._freely(lists[0]))
        missed = sorted(self.ground.spots - self.covered)
        return Walked(
            walks=tuple(walks),
            covered=frozenset(self.covered),
            missed=tuple(Missed(*spot, self.ground.lines[spot]) for spot in missed),
            troubles=tuple(self.troubles.values()),
            cut_short=self.answers >= MOST_ANSWERS,
        )

    def _freely(self, given: Mapping[str, Any]) -> Iterator[Walk]:
        """Walks towards whatever is new, until one brings nothing."""
        found = True
        while found:
            found = False
            for start in self.program.starts:
                for each in self._from(start.element, given):
                    found = True
                    yield each

    def _towards(self, spot: Spot, lists: list[dict[str, Any]]) -> list[Walk]:
        """A walk towards one spot alone, from whichever start gets there."""
        for start in self.program.starts:
            for given in [*lists, *({**lists[0], **known} for known in self._known_before)]:
                found = self._from(start.element, given, spot)
                if spot in self.covered:
                    return found
        return []

    @cached_property
    def _known_before(self) -> list[dict[str, Any]]:
        """Facts that a case may have from the start: where only a timer comes before a choice, nobody can tell them later."""
        ways = [(choice, way) for choice in self.ground.choices.values() for way in choice.ways]
        solved = [each for choice, way in ways for each in self.guesses.solve(choice, way, {}, BEGIN)]
        known = [{name: value for name, value in each.items() if name != OUTCOME} for each in solved]
        return [each for index, each in enumerate(known) if each and each not in known[:index]][:_ANSWERS]

    def _from(self, start: str, given: Mapping[str, Any], target: Spot | None = None) -> list[Walk]:
        """One walk from one start event; none if it would cover nothing new. A way into a dead end is not taken twice."""
        dead: list[tuple[Move, ...]] = []
        while len(dead) < _DEAD_ENDS and self.answers < MOST_ANSWERS:
            self._look((), target)
            first = self._begin(start, given)
            if first is None:
                return []
            moves, fresh, ended = self._go(first, target, dead)
            if ended is not None:
                self.covered |= fresh
                return [Walk(start, first[1], moves, ended)] if fresh else []
            if not moves:
                return []
            dead.append(moves)
        return []

    def _go(
        self, first: tuple[Step, dict[str, Any]], target: Spot | None, dead: list[tuple[Move, ...]]
    ) -> tuple[tuple[Move, ...], set[Spot], Ended | None]:
        """Walk until the end, or until no way leads on."""
        step, facts = first
        fresh = self._spots(step) - self.covered
        here = _Here(step.snapshot, self._waits(step), facts, timedelta())
        moves: tuple[Move, ...] = ()
        visits: Counter[Any] = Counter()
        while not step.ended and len(moves) < MOST_MOVES:
            chosen = self._choose(here, fresh, visits, moves, dead)
            if chosen is None:
                return moves, fresh, None
            moves = (*moves, chosen.move)
            step = chosen.step
            fresh |= self._spots(step) - self.covered
            facts = {**here.facts, **chosen.move.facts}
            here = _Here(step.snapshot, chosen.waits, facts, chosen.move.after)
            visits[self._key(here)] += 1
            self._look(fresh, target)
        if not step.ended:
            self._in_trouble("NoEnd", here.waits[0].element, moves)
        return moves, fresh, step.ended

    def _look(self, besides: Iterable[Spot], target: Spot | None) -> None:
        """Look where to go: to all that is new, or to one spot until it has been reached."""
        wanted = self.ground.spots - self.covered - set(besides)
        self.to_new = self.ground.distances({target} if target is not None and target in wanted else wanted)

    def _begin(self, start: str, given: Mapping[str, Any]) -> tuple[Step, dict[str, Any]] | None:
        waiting: list[dict[str, Any]] = [dict(given)]
        tried: list[tuple[Step, dict[str, Any]]] = []
        seen: list[dict[str, Any]] = []
        while waiting and len(seen) < _ANSWERS:
            facts = waiting.pop(0)
            if facts in seen:
                continue
            seen.append(facts)
            try:
                step = self.interpreter.start(self.program, at=BEGIN, facts=facts, start=start)
            except NoWayOut as none_true:
                at = (str(none_true.facts["element"]),)
                waiting.extend({**facts, **more} for more in self._solved(at, facts, frozenset(), BEGIN))
                continue
            except Refusal as refusal:
                self._in_trouble(type(refusal).__name__, str(refusal), ())
                continue
            tried.append((step, facts))
            passed = frozenset(each.element for each in step.passed)
            waiting.extend({**facts, **more} for more in self._solved(_nodes(step), facts, passed, BEGIN))
        return max(tried, key=lambda each: self._worth(each[0], self._waits(each[0]), set()), default=None)

    def _choose(
        self,
        here: _Here,
        fresh: set[Spot],
        visits: Counter[Any],
        moves: tuple[Move, ...],
        dead: list[tuple[Move, ...]],
    ) -> _Try | None:
        known = self.covered | fresh
        goes_on = any(self._near(wait) < FAR for wait in here.waits)
        order = sorted(here.waits, key=lambda wait: self._near(wait) if goes_on else self._far_from_end(wait))
        for some in (order[:_NEAREST], order[_NEAREST:]):
            tries = [
                each for wait in some for each in self._tries(here, wait, moves) if (*moves, each.move) not in dead
            ]
            if tries:
                break

        def worth(each: _Try) -> tuple[float, ...]:
            after = _Here(each.step.snapshot, each.waits, {}, timedelta())
            again = visits[self._key(after)] if not each.step.ended else 0
            new, *rest = self._worth(each.step, each.waits, known)
            return (new, -again, *rest)

        return max(tries, key=worth, default=None)

    def _worth(self, step: Step, waits: tuple[Wait, ...], known: set[Spot]) -> tuple[float, ...]:
        new = len(self._spots(step) - (known or self.covered))
        near = min((self._near(wait) for wait in waits), default=FAR)
        left = sum(self._far_from_end(wait) for wait in waits)
        return (new, -near, -left)

    def _near(self, wait: Wait) -> int:
        """How far something new is from a wait, or from what stands around it."""
        spots = [(wait.process, wait.element), *(_spot(place) for place in wait.path)]
        return min(self.to_new.get(spot, FAR) for spot in spots)

    def _far_from_end(self, wait: Wait) -> int:
        if wait.host is not None:
            return 0
        return self.to_end.get((wait.process, wait.element), FAR) + 1

    def _tries(self, here: _Here, wait: Wait, moves: tuple[Move, ...]) -> Iterator[_Try]:
        for move in self._moves(here, wait):
            yield from self._answers(here, wait, move, moves)

    def _moves(self, here: _Here, wait: Wait) -> Iterator[Move]:
        alike = [each.token for each in here.waits if _place(each) == _place(wait)]
        after = here.after + timedelta(minutes=1)
        if wait.due is not None:
            after = max(after, wait.due - BEGIN)
        how: type[Event] = {WaitKind.MESSAGE: Arrived, WaitKind.TIMER: Due}.get(wait.kind, Completed)  # type: ignore[assignment] # one of the three
        move = Move(*_place(wait), how, after, nth=alike.index(wait.token))
        yield move
        if how is Completed:
            for code in self.ground.catches(wait.process, wait.element, wait.path):
                yield replace(move, how=Failed, code=code)

    def _answers(self, here: _Here, wait: Wait, move: Move, moves: tuple[Move, ...]) -> Iterator[_Try]:
        """The move, and the same with whatever turns a choice behind it another way."""
        waiting, stuck, answered = [move], "", False
        seen: list[Move] = []
        while waiting and len(seen) < _ANSWERS:
            each = waiting.pop(0)
            if each in seen:
                continue
            seen.append(each)
            self.answers += 1
            facts = {**here.facts, **each.facts}
            at = BEGIN + each.after
            try:
                step = self.interpreter.advance(
                    self.program, here.snapshot, _event(each, wait), at=at, facts=_told(facts, each)
                )
            except NoWayOut as none_true:
                stuck = stuck or str(none_true.facts["element"])
                nodes: tuple[str, ...] = (str(none_true.facts["element"]),)
                passed: frozenset[str] = frozenset()
            except Refusal as refusal:
                self._in_trouble(type(refusal).__name__, str(refusal), (*moves, each))
                continue
            else:
                answered = True
                yield _Try(each, step, self._waits(step))
                nodes, passed = _nodes(step), frozenset(one.element for one in step.passed)
            if each.how is Due:
                continue  # nothing can be told with a timer
            for solved in self._solved(nodes, {**facts, **wait.local}, passed, at):
                outcome = solved.pop(OUTCOME, each.outcome) if wait.kind is WaitKind.WORK else None
                solved.pop(OUTCOME, None)
                waiting.append(replace(each, outcome=outcome, facts={**each.facts, **solved}))
        if stuck and not answered:
            self._in_trouble("NoWayOut", stuck, (*moves, move))

    def _solved(
        self, nodes: Iterable[str], facts: Mapping[str, Any], passed: frozenset[str], at: datetime
    ) -> Iterator[dict[str, Any]]:
        """Values that turn each choice passed along each arrow that was not taken."""
        for spot, choice in self.ground.choices.items():
            if spot[1] not in nodes:
                continue
            for way in choice.ways:
                if way.flow not in passed:
                    yield from self.guesses.solve(choice, way, facts, at)

    def _spots(self, step: Step) -> set[Spot]:
        return {(each.process, each.element) for each in step.passed if each.how != "cancelled"}

    def _waits(self, step: Step) -> tuple[Wait, ...]:
        return () if step.ended else self.interpreter.waits(self.program, step.snapshot)

    def _key(self, here: _Here) -> Any:
        return tuple(sorted((*_place(wait)[:3], -1 if wait.instance is None else wait.instance) for wait in here.waits))

    def _in_trouble(self, refusal: str, element: str, moves: tuple[Move, ...]) -> None:
        self.troubles.setdefault((refusal, element), Trouble(refusal, element, moves))


def _nodes(step: Step) -> tuple[str, ...]:
    return tuple(each.element for each in step.passed if each.how != "cancelled")


def _spot(place: str) -> Spot:
    process, _, element = place.rpartition("/")
    return process, element
