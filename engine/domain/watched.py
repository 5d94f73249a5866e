"""What of a release is watched by clocks, found out once: whose coming and going has to be looked at, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.domain.release import Allowance, Duty, Release

Place: TypeAlias = "tuple[str, str]"
"""Process and element."""
_Where: TypeAlias = Callable[[Duty], str]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a release promises beside the time of its steps."""

    promised: Mapping[str, Allowance]
    """By process."""
    stages: Mapping[str, Allowance]
    duties: Mapping[str, tuple[Duty, ...]]
    """By process."""
    begins: Mapping[Place, tuple[Duty, ...]]
    """The duties that are counted from an element on."""
    ends: Mapping[Place, tuple[Duty, ...]]
    doors: frozenset[Place] = frozenset()
    """Start and end events of the called processes that promise or owe something: there a call may have begun or ended."""

    @property
    def anything(self) -> bool:
        """Whether there is anything to be watched beside steps."""
        return bool(self.promised or self.stages or self.duties)


def watched(release: Release) -> Watched:
    """Read it out of a release."""
    promised, duties = release.promised, release.duties
    return Watched(
        promised=promised,
        stages=release.stages,
        duties=duties,
        begins=_by_place(duties, lambda duty: duty.begins),
        ends=_by_place(duties, lambda duty: duty.ends),
    )


def inner(of: Watched, release: Release) -> frozenset[str]:
    """The called processes of a release that promise or owe something."""
    return frozenset((of.promised.keys() | of.duties.keys()) - {release.code})


def _by_place(duties: Mapping[str, tuple[Duty, ...]], where: _Where) -> dict[Place, tuple[Duty, ...]]:
    found: dict[Place, tuple[Duty, ...]] = {}
    for place, duty in _placed(duties, where):
        found[place] = (*found.get(place, ()), duty)
    return found


def _placed(duties: Mapping[str, tuple[Duty, ...]], where: _Where) -> Iterator[tuple[Place, Duty]]:
    for process, owed in duties.items():
        for duty in owed:
            if where(duty):
                yield (process, where(duty)), duty
