"""Several offices at work on many cases: which step waits for whom, whose turn it is, and what is answered there.

The order is a house's: an office finishes what it has before the next one begins; what is done for each alone comes
first, and then, for all who stand there, the step of those who are behind. `Hands` do it, by commands or by clicks.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from engine.domain.release import Activity, FieldKind
from engine.queries import release_page
from tests.browser.served_office import HERE, ServedOffice

OPEN_STEPS = """
select i.id, i.version, i.name, i.process, i.element, i.post, i.office, c.number, coalesce(p.number, c.number), r.code
from work_item i join "case" c on c.id = i.case_id left join "case" p on p.id = c.parent_id
join release r on r.id = c.release_id
where i.state in ('ready', 'reserved') order by i.id
"""
PROCEDURES = ("p-c3-01", "p-c3-02", "p-c3-03", "p-c3-04")
LOG = logging.getLogger(__name__)
MANY = 3
"""Fewer than these are done one by one."""
MOST_STEPS = 20_000


@dataclass(frozen=True)
class Chore:
    """One open step of one case."""

    item: int
    version: int
    name: str
    process: str
    element: str
    post: str
    office: str
    case: str
    family: str
    """The case of the person, where this one is a sub-case of it."""
    procedure: str

    @property
    def place(self) -> tuple[str, str]:
        return self.process, self.element


@dataclass(frozen=True)
class Person:
    """Somebody in the story: where it differs from what is said and done for everybody."""

    fate: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    """By the question's name, or by `step: question` where one question is asked more than once."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Step → the button that is pressed."""
    courses: Sequence[Sequence[str]] = ()
    """What is decided each time that a course is decided."""
    known: Mapping[str, Any] = field(default_factory=dict)
    """What the list says of this person, for hands that have no page to read it from."""

    def told(self, chore: Chore, asked: str) -> Any:
        """What this person's story says to a question; None where it says nothing of its own."""
        return self.answers.get(f"{chore.name}: {asked}", self.answers.get(asked))


@dataclass
class Turn:
    """One thing that is done now: a step, for one person or for several."""

    chores: Sequence[Chore]
    activity: Activity
    people: Sequence[Person]
    outcome: str
    courses: Sequence[str] = ()

    @property
    def login(self) -> str:
        first = self.chores[0]
        return f"{first.post}.{first.office.removeprefix('bp3mi-')}"


class Hands(Protocol):
    """Whoever does it."""

    def alone(self, turn: Turn) -> None: ...

    def together(self, turn: Turn) -> bool:
        """Whether the page lets it be done for all of them at once."""
        ...


@dataclass
class House:
    """The offices, the people, and how far each of them is."""

    office: ServedOffice
    hands: Hands
    outcomes: Mapping[str, str]
    people: dict[str, Person] = field(default_factory=dict)
    """Case number → person."""
    board: str = ""
    """The address of their group's board."""
    counted: Counter[str] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a person has come through a step."""
    progress: Counter[str] = field(default_factory=Counter)
    each_alone: set[tuple[str, str]] = field(default_factory=set)
    """Steps of which a page has said that they are done for each alone."""
    last: tuple[str, str] = ("", "")
    """The person and the office of the turn before."""

    @cached_property
    def activities(self) -> Mapping[tuple[str, str], Activity]:
        found: dict[tuple[str, str], Activity] = {}
        with self.office.engine.reading(at=self.office.clock()) as reader:
            for each in PROCEDURES:
                found |= release_page(reader, each).release.activities
        return found

    def waiting(self) -> list[Chore]:
        """Every open step of these people."""
        chores = [Chore(*row) for row in self.office.rows(OPEN_STEPS)]
        return [each for each in chores if each.family in self.people]

    def work(self) -> None:
        """Do everything that can be done."""
        for _ in range(MOST_STEPS):
            chores = self.waiting()
            if not chores:
                return
            turn = self._next(chores)
            if len(turn.chores) == 1:
                self.hands.alone(turn)
            elif not self.hands.together(turn):
                self.each_alone.add(turn.chores[0].place)
                continue
            self._note(turn)
            LOG.info("%s: %s, %s", self.counted["turns"], turn.chores[0].name, len(turn.chores))
        raise AssertionError(f"the cases do not end: {Counter(each.name for each in self.waiting()).most_common(9)}")

    def _next(self, chores: Sequence[Chore]) -> Turn:
        here = [each for each in chores if each.office == self.last[1]] or chores
        single = [each for each in here if not self._for_many(each)]
        if single:
            return self._turn([next((each for each in single if each.family == self.last[0]), single[0])])
        groups: dict[Any, list[Chore]] = defaultdict(list)
        for each in here:
            groups[self._alike(each)].append(each)
        group = min(groups.values(), key=lambda group: min(self._reached(each) for each in group))
        return self._turn(group if len(group) >= MANY else group[:1])

    def _reached(self, chore: Chore) -> tuple[int, int]:
        return self.progress[chore.family], chore.item

    def _for_many(self, chore: Chore) -> bool:
        activity = self.activities[chore.place]
        papers = any(each.required and each.kind is FieldKind.DOCUMENT for each in activity.form)
        here = chore.office == f"bp3mi-{HERE}"
        return here and not activity.act and not papers and chore.place not in self.each_alone

    def _alike(self, chore: Chore) -> tuple[Any, ...]:
        """What must be the same for steps to be done together."""
        person = self.people[chore.family]
        told = [(each.name, str(person.told(chore, each.name))) for each in self.activities[chore.place].form]
        return chore.place, chore.office, self._outcome(chore), tuple(told)

    def _turn(self, chores: Sequence[Chore]) -> Turn:
        first = chores[0]
        person = self.people[first.family]
        activity = self.activities[first.place]
        courses = person.courses[self.passed[first.family, first.name]] if activity.act else ()
        return Turn(chores, activity, [self.people[each.family] for each in chores], self._outcome(first), courses)

    def _outcome(self, chore: Chore) -> str:
        """The words on the button; the first of several where nothing is said."""
        offered = self.activities[chore.place].outcomes
        if not offered:
            return ""
        labels = [each.label for each in offered]
        if own := self.people[chore.family].outcomes.get(chore.name):
            assert own in labels, f"{chore.name} offers {labels}, but not {own}"
            return own
        told = self.outcomes.get(chore.name)
        return told if told in labels else labels[0]

    def _note(self, turn: Turn) -> None:
        self.last = (turn.chores[-1].family, turn.chores[-1].office)
        self.counted["turns"] += 1
        self.counted["together" if len(turn.chores) > 1 else "alone"] += 1
        self.counted["steps"] += len(turn.chores)
        for each in turn.chores:
            self.passed[each.family, each.name] += 1
            self.progress[each.family] += 1
