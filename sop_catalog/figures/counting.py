"""Everything that the figures of one period are made from, read once: sums alone, small ones too, so it never leaves the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine import Engine, PersonsCounted, count_persons
from engine.domain.figures import Period
from engine.queries.figures import (
    Prevented,
    SopTime,
    courses_decided,
    indicated,
    offers_answered,
    placed_again,
    prevented,
    sop_times,
    sops_in_force,
)

VICTIMS = ("c3-m03", "c3-m16")
"""SOPs of which each case, or each case's outcome, is about victims of trafficking: how often they run is not told by month."""


@dataclass(frozen=True, slots=True)
class OfMonth:
    """What was counted in a month."""

    prevented: Prevented
    persons: PersonsCounted
    courses: Mapping[str, int]
    offers: Mapping[str, int]
    times: tuple[SopTime, ...]
    sops: Mapping[str, tuple[str, bool]]
    """Code → title, and whether everybody may read it."""


@dataclass(frozen=True, slots=True)
class OfYear:
    """What was counted in a year."""

    prevented: int
    indicated: int
    placed: int


def count_month(engine: Engine, period: Period, *, at: datetime) -> OfMonth:
    """Count a month. Sex and age are counted by a command, since looking at persons leaves a record."""
    persons = engine.perform(count_persons, period.text, at=at)
    with engine.reading(at=at) as reader:
        sops = {code: (title, public) for code, title, public in sops_in_force(reader, period.until)}
        told = [code for code, (_, public) in sops.items() if public and not code.startswith(VICTIMS)]
        return OfMonth(
            prevented(reader, period),
            persons,
            courses_decided(reader, period),
            offers_answered(reader, period),
            sop_times(reader, period, told),
            sops,
        )


def count_year(engine: Engine, period: Period, *, at: datetime) -> OfYear:
    """Count a year."""
    with engine.reading(at=at) as reader:
        whole, signs = indicated(reader, period)
        return OfYear(whole, signs, placed_again(reader, period))
