"""The calendar that a new database begins with: days off, Ramadan, offices and services with hours of their own, decrees.

After the first start it is the administrator's, edition by edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from engine.domain.calendar import PATTERNS, RAMADAN_WEEK, week
from engine.domain.calendar_book import NATIONAL_WEEK, PERPRES, CalendarBook, WeekRule
from sop_catalog.registers.holidays import YEARS, decreed, national_days
from sop_catalog.registers.organisation import RegisteredOffice
from sop_catalog.registers.reading import read


@dataclass(frozen=True, slots=True)
class RegisteredService:
    """Something that an office does at other hours than its own; posts say that they belong to it."""

    code: str
    name: str
    english: str
    pattern: str
    """Working hours, by their name in `engine.domain.calendar.PATTERNS`."""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Ramadan:
    """One month of fasting."""

    first: str
    last: str
    estimated: bool = False


@cache
def services() -> tuple[RegisteredService, ...]:
    """All of them."""
    return read("working_times", "service", RegisteredService)


def first_book(offices: Iterable[RegisteredOffice]) -> CalendarBook:
    """The first edition, for these offices."""
    own = [_rule("Jam kerja kantor", each.pattern, office=each.code) for each in offices if PATTERNS[each.pattern]]
    shifts = [_rule(each.name, each.pattern, service=each.code) for each in services()]
    weeks = (NATIONAL_WEEK, *_ramadan(), *own, *shifts)
    return CalendarBook(0, national_days(YEARS), weeks, decreed())


def _ramadan() -> Iterator[WeekRule]:
    for each in read("working_times", "ramadan", Ramadan):
        first, last = date.fromisoformat(each.first), date.fromisoformat(each.last)
        basis = f"{PERPRES}; tanggal perkiraan" if each.estimated else PERPRES
        yield WeekRule("Ramadan", RAMADAN_WEEK, first=first, last=last, basis=basis)


def _rule(name: str, pattern: str, *, office: str = "", service: str = "") -> WeekRule:
    said = PATTERNS[pattern]
    hours = week(*said["week"]) if "week" in said else NATIONAL_WEEK.week
    return WeekRule(name, hours, office, service, closes_on_holidays=said.get("closes_on_holidays"), basis=PERPRES)
