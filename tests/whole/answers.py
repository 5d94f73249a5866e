"""Walks that officers can take: at every step only what its form and its buttons allow. It gives no command.

`sop_catalog.soundness` walks on the interpreter alone and hands any fact to whichever step is at hand. Here the same
search is given, at each step, the answers that the real form takes, and nothing else. A branch that is missed here and
walked there is one that no officer can take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from engine import feel
from engine.domain.release import Activity, Bound, Field, FieldKind
from engine.errors import Refusal
from engine.machine import Machine
from engine.process import Bundle, Completed, Facts, Wait
from sop_catalog.soundness import Missed, Move, Walk, Walked
from sop_catalog.soundness.walk import BEGIN, MOST_ANSWERS, _event, _Here, _told, _Try, _Walking

ORIGIN, DESTINATION = "bp3mi-jateng", "bp3mi-jatim"
SUBJECT = {"nik": "9912345678901234", "nama": "Bunga Contoh"}
PLACES = {"origin_office": ORIGIN, "destination_office": DESTINATION}
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

    def all(self) -> Walked:
        """Walk freely, then once more for each answer that a choice may ask for."""
        asked = {name for choice in self.ground.choices.values() for name in choice.names}
        answers = [(each.name, one) for each in self.fields if each.name in asked for one in valid_answers(each)]
        walks: list[Walk] = []
        for self.meant in [("", None), *sorted(answers, key=str)]:
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
                yield _Try(each, step, self._waits(step))

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
        FieldKind.OFFICE: PLACES.get(each.name, ORIGIN),
        FieldKind.COUNTRY: "MY",
        FieldKind.LIST: ["Contoh"],
        FieldKind.YES_NO: "yes",
    }
    if each.choices:
        return [each.choices[0].value] if each.kind is FieldKind.SEVERAL else each.choices[0].value
    return made.get(each.kind, SUBJECT.get(each.name, "Contoh"))
