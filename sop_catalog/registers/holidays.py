"""National holidays and joint leave days (*cuti bersama*) to start a new database with.

From the `holidays` library, which follows the joint decree of three ministers; Islamic dates of coming years are
estimates there and say so. After the first start the days are the administrator's: decrees change during a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.domain.calendar import CalendarDay, DayKind
from sop_catalog.registers.reading import read

YEARS = range(2022, 2029)
_CATEGORIES = {DayKind.PUBLIC: "public", DayKind.JOINT_LEAVE: "government"}
_BASIS = "Benih awal dari pustaka holidays; nomor keputusan bersama belum dicatat"
"""Seeded: the number of the decree is for an administrator to add."""
_ESTIMATED = " (perkiraan)"
"""What the library puts behind the name of a day whose date is calculated."""


@dataclass(frozen=True, slots=True)
class Decree:
    """The joint decree on the days off of one year."""

    year: int
    number: str


@dataclass(frozen=True, slots=True)
class Later:
    """A day that another decree than its year's has made free."""

    day: str
    basis: str


def decreed() -> dict[int, str]:
    """Year → the number of its decree, as far as it is known."""
    return {each.year: each.number for each in read("working_times", "decree", Decree)}


def national_days(years: Iterable[int] = YEARS) -> tuple[CalendarDay, ...]:
    """Every day off in the whole country, in order; a day that is both is a public holiday."""
    found = {each.day: each for kind in (DayKind.JOINT_LEAVE, DayKind.PUBLIC) for each in _days(kind, tuple(years))}
    return tuple(found[day] for day in sorted(found))


def _days(kind: DayKind, years: tuple[int, ...]) -> Iterator[CalendarDay]:
    from holidays import country_holidays  # noqa: PLC0415 - 0.2 s, and only a new database asks

    source = country_holidays("ID", years=years, categories=(_CATEGORIES[kind],), language="id")
    numbers = decreed()
    later = {each.day: each.basis for each in read("working_times", "later", Later)}
    for day, title in source.items():
        basis = later.get(day.isoformat()) or numbers.get(day.year, _BASIS)
        yield CalendarDay(day, kind, title.replace(_ESTIMATED, ""), basis, estimated=_ESTIMATED in title)
