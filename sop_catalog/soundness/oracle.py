"""Who decides where a drawing asks a fact: every answer in turn. It knows no facts and remembers nothing between steps.

One step of the machine is run again and again, each time with other answers, until every combination has been given.
Within one step facts do not change, so the same question gets the same answer, and one name has one value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from engine.expression import Condition

MOST_INSTANCES: Final = 2
"""A list has none, one or two entries: a third does nothing that the second could not."""
_OUTCOME: Final = "outcome"
_EQUAL: Final = re.compile(r'\s*([A-Za-z_]\w*)\s*=\s*("[^"\\]*"|0|[1-9]\d*|true|false)\s*')
_Result = TypeVar("_Result")


class Oracle:
    """Gives the answers of one run of a step, from a script as far as that goes, then the first of each."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self._sizes: list[int] = []
        self._script: tuple[int, ...] = ()
        self._said: dict[str, bool] = {}
        self._values: dict[str, str] = {}
        self._decided = False

    def every(self, act: Callable[[], _Result], *, decided: bool) -> Iterator[tuple[tuple[int, ...], _Result]]:
        """Do something with every combination of answers; `decided` says whether an officer names an outcome with it."""
        script: tuple[int, ...] | None = ()
        while script is not None:
            done = self.with_answers(script, act, decided=decided)
            script = self._next()  # before anybody looks at what was done, and may ask again meanwhile
            yield done

    def with_answers(
        self, script: tuple[int, ...], act: Callable[[], _Result], *, decided: bool
    ) -> tuple[tuple[int, ...], _Result]:
        """Do it once with these answers. Gives all that were asked for, too."""
        self._script, self._decided = script, decided
        self.taken, self._sizes = [], []
        self._said, self._values = {}, {}
        result = act()
        return tuple(self.taken), result

    def pick(self, options: int) -> int:
        """One of some answers, as a number."""
        place = len(self.taken)
        answer = self._script[place] if place < len(self._script) else 0
        self.taken.append(answer)
        self._sizes.append(options)
        return answer

    def agrees(self, text: str, equal: tuple[str, str] | None, *, anew: bool) -> bool:
        """Whether a condition holds; `anew` where it may have another value each time it is asked."""
        if equal and equal[0] == _OUTCOME and not self._decided:
            return False
        if anew:
            return not self.pick(2)
        if equal and equal[0] in self._values:
            return self._values[equal[0]] == equal[1]
        if text not in self._said:
            self._said[text] = not self.pick(2)
            if equal and self._said[text]:
                self._values[equal[0]] = equal[1]
        return self._said[text]

    def _next(self) -> tuple[int, ...] | None:
        taken, sizes = self.taken, self._sizes
        while taken and taken[-1] + 1 >= sizes[-1]:
            taken.pop()
            sizes.pop()
        return (*taken[:-1], taken[-1] + 1) if taken else None


class Asked(Condition):
    """A condition that asks the oracle instead of facts and the clock; one that reads neither says itself what it is."""

    __slots__ = ("_anew", "_drawn", "_equal", "_oracle")

    def __init__(self, drawn: Condition, oracle: Oracle, *, changing: frozenset[str] = frozenset()) -> None:
        """`changing` are names whose value depends on who asks: the items of multi-instance activities."""
        self.text, self.element = drawn.text, drawn.element
        self._drawn, self._oracle = drawn, oracle
        self._anew = bool(drawn.names & changing)
        found = _EQUAL.fullmatch(drawn.text)
        self._equal = (found[1], found[2]) if found and not self._anew else None

    @property
    def names(self) -> frozenset[str]:
        """The facts that it would read."""
        return self._drawn.names

    def holds(self, facts: Mapping[str, Any], now: datetime) -> bool:
        """Whatever the oracle says."""
        if _is_fixed(self._drawn):
            return self._drawn.holds(facts, now)
        return self._oracle.agrees(self.text, self._equal, anew=self._anew)


class Counted(Condition):
    """How many instances an activity has: none, one or two, or as many as it says without asking a fact."""

    __slots__ = ("_drawn", "_oracle")

    def __init__(self, drawn: Condition | None, oracle: Oracle) -> None:
        self._drawn, self._oracle = drawn, oracle

    @property
    def names(self) -> frozenset[str]:
        """It reads none."""
        return frozenset()

    def value(self, facts: Mapping[str, Any], now: datetime) -> Any:
        """A number of instances."""
        if self._drawn is not None and _is_fixed(self._drawn):
            fixed = self._drawn.value(facts, now)
            return min(fixed, Decimal(MOST_INSTANCES)) if isinstance(fixed, Decimal) else fixed
        return Decimal(MOST_INSTANCES - self._oracle.pick(MOST_INSTANCES + 1))


def _is_fixed(drawn: Condition) -> bool:
    """Whether it says the same of every case at any time."""
    return not drawn.names and not drawn.asks_clock
