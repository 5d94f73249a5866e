"""Which values a condition might ask for: read off what is written beside a name. A guess, tried before it is believed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any, Final

from engine import feel
from engine.expression import Condition
from engine.process import ConditionFailed
from sop_catalog.soundness.ground import Choice, Ground, Spot, Way

OUTCOME: Final = "outcome"
OTHER: Final = "(lain)"
"""An outcome, or a text, that no condition names."""
_TRIES: Final = 4_000
_MORE: Final = 300
"""Tries after the first that does."""
_SOLUTIONS: Final = 4
_ASKED: Final = 500_000
"""Conditions asked for one release; then nothing more is guessed. The largest map that ships needs 10,000."""
_LITERALS: Final = re.compile(
    r'(?:date and time|date|time|duration)\("[^"]*"\)|@"[^"]*"|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|\b(?:true|false)\b'
)


class Guesses:
    """The values worth trying for each fact of a release."""

    def __init__(self, ground: Ground) -> None:
        self._values: dict[str, list[Any]] = {}
        for condition in ground.conditions():
            literals = list(_literals(condition.text))
            for name in sorted(condition.names):
                known = self._values.setdefault(name, [])
                known.extend(value for value in literals if value not in known)
        items = {item: name for name, item in ground.lists.items() if item}
        self.lists = {name: self._list_of(item) for name, item in ground.lists.items()}
        self.fixed = frozenset(items) | frozenset(ground.lists)
        """Names that no single move can choose: lists are given at the start, items come out of them."""
        self._left = _ASKED
        self._solved: dict[tuple[Spot, str, str], list[dict[str, Any]]] = {}

    def values(self, name: str) -> list[Any]:
        """What to try for one name, null and the unnamed included."""
        known = self._values.get(name, [])
        if name == OUTCOME:
            return [*(value for value in known if isinstance(value, str)), OTHER]
        more = [near for value in known for near in _near(value)]
        plain = [value for value in [*known, *more, True, False, OTHER] if value is not None]
        return [None, *(value for index, value in enumerate(plain) if not _stands_in(value, plain[:index]))]

    def solve(self, choice: Choice, way: Way, facts: Mapping[str, Any], now: datetime) -> list[dict[str, Any]]:
        """Some values that lead a token along one arrow of a choice: at most one for each set of names that are not null.

        The names in its own condition are turned first, those of the other arrows only if that does not do.
        """
        asked = (choice.spot, way.flow, repr([(name, facts.get(name)) for name in sorted(choice.names)]))
        if asked not in self._solved:
            own = (way.condition.names if way.condition else choice.names) - self.fixed
            others = choice.names - self.fixed
            self._solved[asked] = self._turn(choice, way, own, facts, now) or (
                self._turn(choice, way, others, facts, now) if others != own else []
            )
        return [dict(each) for each in self._solved[asked]]

    def _turn(
        self, choice: Choice, way: Way, names: frozenset[str], facts: Mapping[str, Any], now: datetime
    ) -> list[dict[str, Any]]:
        ordered = sorted(names)
        found: dict[frozenset[str], dict[str, Any]] = {}
        left = _TRIES
        for values in product(*(self.values(name) for name in ordered)):
            left -= 1
            self._left -= len(choice.ways)
            if min(left, self._left) < 0:
                break
            tried = dict(zip(ordered, values, strict=True))
            told = frozenset(name for name, value in tried.items() if value is not None and value != OTHER)
            if told not in found and _leads(choice, way, {**facts, **tried}, now):
                found[told] = tried
                left = min(left, _MORE)
        return sorted(found.values(), key=lambda each: sum(value is not None for value in each.values()))[:_SOLUTIONS]

    def _list_of(self, item: str | None) -> list[Any]:
        known = [value for value in self._values.get(item or "", []) if isinstance(value, str)]
        return [*known[:2], "butir 1", "butir 2"][:3]


def _leads(choice: Choice, way: Way, facts: Mapping[str, Any], now: datetime) -> bool:
    try:
        true = [each for each in choice.ways if not each.is_default and _holds(each.condition, facts, now)]
    except ConditionFailed:
        return False
    if way.is_default:
        return not true
    return way in (true[:1] if choice.takes_one else true)


def _holds(condition: Condition | None, facts: Mapping[str, Any], now: datetime) -> bool:
    return condition is None or condition.holds(facts, now)


def _literals(text: str) -> Iterator[Any]:
    for found in _LITERALS.findall(text):
        try:
            value = feel.parse(found).evaluate({})
        except feel.FeelSyntaxError:
            continue
        if value is not None:
            yield value


def _near(value: Any) -> Iterable[Any]:
    """A little less and a little more."""
    if isinstance(value, Decimal):
        return (value - 1, value + 1)
    if isinstance(value, date):
        return (value - timedelta(days=1), value + timedelta(days=1))
    if isinstance(value, timedelta):
        return (value - timedelta(minutes=1), value + timedelta(minutes=1))
    return ()


def _stands_in(value: Any, values: list[Any]) -> bool:
    """Membership that tells true from 1."""
    return any(type(each) is type(value) and each == value for each in values)
