"""Walks that officers can take: at every step only what its form and its buttons allow. It gives no command.

`sop_catalog.soundness` walks on the interpreter alone and hands any fact to whichever step is at hand. Here the same
search is given, at each step, the answers that the real form takes, and nothing else. A branch that is missed here and
walked there is one that no officer can take.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from engine import feel
from engine.domain.release import Activity, Bound, Field, FieldKind
from engine.errors import Refusal
from engine.expression import Condition
from engine.machine import Machine
from engine.process import Bundle, Completed, Facts, Step, Wait
from sop_catalog.soundness import Missed, Move, Walk, Walked
from sop_catalog.soundness.ground import FAR, Spot
from sop_catalog.soundness.guesses import OUTCOME
from sop_catalog.soundness.walk import BEGIN, MOST_ANSWERS, _event, _Here, _told, _Try, _Walking

ORIGIN, DESTINATION = "bp3mi-jateng", "bp3mi-jatim"
SUBJECT = {"nik": "9912345678901234", "nama": "Bunga Contoh"}
PLACES = {"origin_office": ORIGIN, "destination_office": DESTINATION}
DETOUR = 100
"""How much nearer a way is that is open than one that would have to be opened first."""
Activities = Mapping[tuple[str, str], Activity]


def walk_through_forms(bundle: Bundle, activities: Activities) -> Walked:
    """Walk over a release until everything is covered, or nothing new is found that a form leads to."""
    return _ThroughForms(bundle, activities).all()


class _ThroughForms(_Walking):
    def __init__(self, bundle: Bundle, activities: Activities) -> None:
        super().__init__(bundle, Machine())
        self.activities = activities
        self.fields = [
            each
            for (process, _), activity in activities.items()
            for each in activity.form
            if each.bound is Bound.FACT and process in self.ground.processes
        ]
        conditions = [each.when for each in self.fields if each.when]
        self.read = self.program.reads.union(*(feel.parse(each).names for each in conditions))
        self.meant: tuple[str, Any] = ("", None)
        """An answer that is given wherever its question is asked, for the sake of a choice much later."""
        self.wanted: frozenset[Spot] = frozenset()
        self.after: dict[int, Facts] = {}
        """What is known after each answer that was tried, by the step that it led to."""
        self.conditions = {
            (choice.spot[0], way.flow): way.condition
            for choice in self.ground.choices.values()
            for way in choice.ways
            if way.condition and OUTCOME not in way.condition.names
        }
        self.otherwise = {
            (choice.spot[0], way.flow): [(choice.spot[0], each.flow) for each in choice.ways if each is not way]
            for choice in self.ground.choices.values()
            for way in choice.ways
            if way.is_default and OUTCOME not in choice.names
        }
        """Arrow that is taken where no other is → the others."""
        self.asking: dict[str, list[Spot]] = defaultdict(list)
        for place in sorted(self.ground.spots & activities.keys()):
            for each in activities[place].form:
                self.asking[each.name].append(place)
        """Fact → the steps that ask for it."""
        self.held: dict[tuple[str, str], bool] = {}
        self.before: dict[Spot, list[Spot]] = defaultdict(list)
        for spot, following in self.ground._following.items():
            for after in following:
                self.before[after].append(spot)
        self.distances: dict[frozenset[tuple[Spot, frozenset[str]]], Mapping[Spot, int]] = {}
        """Arrows that are shut → how far each spot is from what is wanted."""

    def all(self) -> Walked:
        """Walk freely, then towards each spot still missed, then once more for each answer that a choice may ask for."""
        asked = {name for choice in self.ground.choices.values() for name in choice.names}
        answers = [(each.name, one) for each in self.fields if each.name in asked for one in valid_answers(each)]
        walks: list[Walk] = list(self._freely({}))
        for spot in sorted(self.ground.spots - self.covered):
            for start in self.program.starts if spot not in self.covered else ():
                walks.extend(self._from(start.element, {}, spot))
        for self.meant in sorted(answers, key=str):
            if self.ground.spots - self.covered:
                walks.extend(self._freely({}))
        missed = sorted(self.ground.spots - self.covered)
        return Walked(
            walks=tuple(walks),
            covered=frozenset(self.covered),
            missed=tuple(Missed(*spot, self.ground.lines[spot]) for spot in missed),
            troubles=tuple(self.troubles.values()),
            cut_short=self.answers >= MOST_ANSWERS,
        )

    def _answers(self, here: _Here, wait: Wait, move: Move, moves: tuple[Move, ...]) -> Iterator[_Try]:
        """The move with each outcome and each answer that matters."""
        for each in self._ways(here, wait, move):
            self.answers += 1
            facts = _told({**here.facts, **each.facts}, each)
            try:
                step = self.interpreter.advance(
                    self.program, here.snapshot, _event(each, wait), at=BEGIN + each.after, facts=facts
                )
            except Refusal as refusal:
                self._in_trouble(type(refusal).__name__, str(refusal), (*moves, each))
            else:
                self.after[id(step)] = {**here.facts, **each.facts}
                yield _Try(each, step, self._waits(step))

    def _look(self, besides: Iterable[Spot], target: Spot | None) -> None:
        missed = self.ground.spots - self.covered - set(besides)
        self.wanted = frozenset({target} if target is not None and target in missed else missed)
        self.distances, self.after = {}, {}
        self.to_new = self._around(())

    def _worth(self, step: Step, waits: tuple[Wait, ...], known: set[Spot]) -> tuple[float, ...]:
        """A way that what has been answered leads away from is open only behind a step that asks again."""
        shut = self._shut(self.after.get(id(step), {}))
        if shut not in self.distances:
            self.distances[shut] = self._around(shut)
        kept, self.to_new = self.to_new, self.distances[shut]
        worth = super()._worth(step, waits, known)
        self.to_new = kept
        return worth

    def _near(self, wait: Wait) -> int:
        own = self.to_new.get((wait.process, wait.element), FAR)
        return own if own < FAR else FAR // 2 + super()._near(wait) // 2

    def _shut(self, facts: Facts) -> frozenset[tuple[Spot, frozenset[str]]]:
        """Arrows that would not be taken as things stand, each with the facts of which one would have to be told."""
        taken = {flow for flow, condition in self.conditions.items() if self._holds(condition, facts)}
        shut = {flow: condition.names for flow, condition in self.conditions.items() if flow not in taken}
        for flow, others in self.otherwise.items():
            if not taken.isdisjoint(others):
                shut[flow] = frozenset().union(*(self.conditions[each].names for each in others))
        return frozenset(shut.items())

    def _holds(self, condition: Condition, facts: Facts) -> bool:
        asked = (condition.text, repr([facts.get(name) for name in sorted(condition.names)]))
        if asked not in self.held:
            self.held[asked] = condition.holds(facts, BEGIN)
        return self.held[asked]

    def _around(self, shut: Iterable[tuple[Spot, frozenset[str]]]) -> Mapping[Spot, int]:
        """How far every spot is from the nearest that is wanted."""
        asked = {flow: [place for name in names for place in self.asking[name]] for flow, names in shut}
        found: dict[Spot, int] = {}
        near, far = deque((0, each) for each in self.wanted), deque[tuple[int, Spot]]()
        while near or far:
            away, spot = (far if not near or (far and far[0] < near[0]) else near).popleft()
            if spot in found:
                continue
            found[spot] = away
            if spot in asked:
                far.extend((away + DETOUR, each) for each in asked[spot] if each not in found)
            else:
                near.extend((away + 1, each) for each in self.before[spot] if each not in found)
        return found

    def _ways(self, here: _Here, wait: Wait, move: Move) -> Iterator[Move]:
        activity = self.activities.get((wait.process, wait.element))
        if not issubclass(move.how, Completed) or activity is None:
            yield move
            return
        outcomes: list[str | None] = [each.value for each in activity.outcomes] or [None]
        read = [each for each in activity.form if each.bound is Bound.FACT and each.name in self.read]
        known = {**here.facts, **wait.local}
        for outcome, *values in product(outcomes, *(self._in_order(each, known) for each in read)):
            given = dict(zip((each.name for each in read), values, strict=True))
            asked = {each.name for each in asked_of(activity.form, {**known, **given})}
            if given.keys() <= asked:
                yield replace(move, outcome=outcome, facts=given)
            elif not asked & given.keys():
                yield replace(move, outcome=outcome, facts={})

    def _in_order(self, asked: Field, known: Facts) -> list[Any]:
        """The answers to a question, the one that is meant first. A document that is there stays there."""
        if asked.kind is FieldKind.DOCUMENT and known.get(asked.name):
            return [True]
        return sorted(valid_answers(asked), key=lambda each: (asked.name, each) != self.meant)


def filled_in(form: tuple[Field, ...], told: Facts, known: Facts) -> dict[str, Any]:
    """A form as an officer sends it: what the walk tells, every other question that is asked answered by its kind."""
    scope = {**known, **told}
    given: dict[str, Any] = {}
    for each in form:
        if each.kind is FieldKind.DOCUMENT:
            scope[each.name] = each.name in papers_for((each,), told, scope)
        elif is_asked(each, scope):
            answer = told[each.name] if each.name in told else a_valid_answer(each)
            given |= {each.name: answer} if answer is not None else {}
            scope[each.name] = given.get(each.name)
    return given


def papers_for(form: tuple[Field, ...], told: Facts, known: Facts) -> list[str]:
    """The kinds of document that must be attached before the form is sent: what it requires, and what the walk tells."""
    scope = {**known, **told}
    wanted = (each for each in form if each.kind is FieldKind.DOCUMENT and is_asked(each, scope))
    return [each.name for each in wanted if told.get(each.name, each.required)]


def asked_of(form: tuple[Field, ...], facts: Facts) -> Iterator[Field]:
    """The questions that are asked where these facts are known."""
    return (each for each in form if is_asked(each, facts))


def is_asked(each: Field, facts: Facts) -> bool:
    """Whether a question is asked."""
    return not each.when or feel.is_true(feel.parse(each.when), facts, now=BEGIN + timedelta(hours=1))


def valid_answers(each: Field) -> list[Any]:
    """Answers that a form takes; None for no answer where it may be left open."""
    closed = [choice.value for choice in each.choices]
    if each.kind is FieldKind.DOCUMENT:
        return [True] if each.required else [True, False]
    several = [*([each] for each in closed), closed[:2]]
    made: dict[FieldKind, list[Any]] = {
        FieldKind.YES_NO: [True, False],
        FieldKind.CHOICE: closed,
        FieldKind.SEVERAL: several,
    }
    found = made.get(each.kind) or [a_valid_answer(each)]
    return found if each.required else [*found, None]


def a_valid_answer(each: Field) -> Any:
    """One answer of the field's kind."""
    made: dict[FieldKind, Any] = {
        FieldKind.NUMBER: "2",
        FieldKind.MONEY: "1500000",
        FieldKind.DATE: "2026-01-05",
        FieldKind.MOMENT: "2026-01-05T09:00:00+07:00",
        FieldKind.REGION: "33",
        FieldKind.VILLAGE: "33.74.01.1001",
        FieldKind.OFFICE: PLACES.get(each.name, ORIGIN),
        FieldKind.COUNTRY: "MY",
        FieldKind.LIST: ["Contoh"],
        FieldKind.YES_NO: "yes",
    }
    if each.choices:
        return [each.choices[0].value] if each.kind is FieldKind.SEVERAL else each.choices[0].value
    return made.get(each.kind, SUBJECT.get(each.name, "Contoh"))
