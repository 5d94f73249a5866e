"""One line for each SOP, office or step: its numbers, and what was done beside the usual way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.queries.oversight import ActCount, StepCounts


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of numbers."""

    key: tuple[str, ...]
    counts: StepCounts
    acts: Mapping[str, int] = field(default_factory=dict)
    """Kind of act → how often."""

    @property
    def overrides(self) -> int:
        """Everything that was done beside the usual way."""
        return sum(self.acts.values())

    @property
    def all_late(self) -> int:
        """Late when done, and waiting past the time allowed."""
        return self.counts.late + self.counts.open_late


def lines(counts: Sequence[StepCounts], acts: Iterable[ActCount]) -> tuple[Line, ...]:
    """Put numbers and acts together that were counted by the same keys, the latest first."""
    beside: dict[tuple[str, ...], dict[str, int]] = {}
    for act in acts:
        beside.setdefault(act.key, {})[act.kind] = act.number
    known = {each.key: each for each in counts}
    every = [
        Line(key, known.get(key, StepCounts(key)), beside.get(key, {})) for key in [*known, *(beside.keys() - known)]
    ]
    return tuple(
        sorted(every, key=lambda each: (-each.all_late, -(each.counts.breach or 0), -each.counts.done, each.key))
    )


def of_most(found: Sequence[Line], *, least: int = 1) -> Line | None:
    """The line with most late steps, where there are so many at least."""
    return next((each for each in found if each.all_late >= least), None)
