"""The calendar book: all working times of all offices and services in one numbered, immutable edition.

It counts nothing: `CalendarBook.calendar` takes from it the calendar of one office or service, which does.

Whoever has no rule of their own inherits: a service from its office, an office from the nation. On each day the most
specific rule decides (this service of this office, the service everywhere, the office, the nation); among equals one
with a first and a last day before one without, as Ramadan before the usual week; then the one that began later.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from engine.domain.audit import canonical
from engine.domain.calendar import (
    OFFICE_WEEK,
    Calendar,
    CalendarDay,
    DayKind,
    Season,
    Week,
    check_week,
    hours_written,
    week,
)
from engine.errors import NotValid

PERPRES: Final = "Perpres 21/2023"


@dataclass(frozen=True, slots=True)
class WeekRule:
    """A working week, for whom it holds and from when to when, both days included."""

    name: str
    week: Week
    office: str = ""
    """Empty: every office."""
    service: str = ""
    """Empty: every service."""
    first: date | None = None
    last: date | None = None
    closes_on_holidays: bool | None = None
    """None: as the less specific rules say; where none says anything, closed."""
    basis: str = ""
    """The rule or decree that says so."""

    def __post_init__(self) -> None:
        """Refuse a week that cannot be counted with, and a span that ends before it begins."""
        check_week(self.week)
        if self.first and self.last and self.last < self.first:
            raise NotValid(
                what=f"the working week {self.name}",
                wanted="one that begins before it ends",
                found=f"{self.first.isoformat()} - {self.last.isoformat()}",
            )

    @property
    def always(self) -> bool:
        """Whether it holds on every day."""
        return self.first is None and self.last is None

    @property
    def place(self) -> tuple[str, str, date, date]:
        """For whom and when it holds: two rules of a book differ in this."""
        return self.office, self.service, self.first or date.min, self.last or date.max

    def concerns(self, office: str, service: str) -> bool:
        """Whether it speaks of this service of this office."""
        return self.office in {"", office} and self.service in {"", service}

    def rank(self) -> tuple[int, bool, date, int]:
        """The greater decides: see the top of this module. Of two that began together, the shorter."""
        bounded = self.first is not None and self.last is not None
        begun, ends = self.first or date.min, self.last or date.max
        return 2 * bool(self.service) + bool(self.office), bounded, begun, -ends.toordinal()

    def season(self) -> Season:
        """The rule as a calendar holds it."""
        return Season(self.name, self.first, self.last, self.week, self.closes_on_holidays, self.basis)


NATIONAL_WEEK: Final = WeekRule("Jam kerja instansi pemerintah", OFFICE_WEEK, basis=PERPRES)
"""What every book begins with."""


@dataclass(frozen=True)
class CalendarBook:
    """One edition of all working times. Two books with the same days, weeks and decrees have the same `sha256`."""

    number: int = 0
    days: tuple[CalendarDay, ...] = ()
    weeks: tuple[WeekRule, ...] = (NATIONAL_WEEK,)
    decreed: Mapping[int, str] = field(default_factory=dict)
    """Year → the number of the decree on joint leave; a year without one warns."""

    def __post_init__(self) -> None:
        """Put the rows in order; refuse what two rows say differently, and a book without a week for everybody."""
        object.__setattr__(self, "days", tuple(sorted(self.days, key=_day_key)))
        object.__setattr__(self, "weeks", tuple(sorted(self.weeks, key=lambda each: each.place)))
        object.__setattr__(self, "decreed", dict(sorted(self.decreed.items())))
        _check_twice("a day of the calendar", [_day_key(each) for each in self.days])
        _check_twice("a working week", [each.place for each in self.weeks])
        usual = [each for each in self.weeks if each.always and not each.office and not each.service]
        if not usual or not any(usual[0].week):
            raise NotValid(what="the calendar book", wanted="one week that holds everywhere and always", found="none")

    def calendar(self, zone: str, office: str = "", service: str = "") -> Calendar:
        """When this service of this office works, told in its zone. Raises NotValid for what is no zone."""
        wanted = (zone, office, service)
        if wanted not in self._calendars:
            self._calendars[wanted] = self._made(zone, office, service)
        return self._calendars[wanted]

    @cached_property
    def _calendars(self) -> dict[tuple[str, str, str], Calendar]:
        return {}

    def _made(self, zone: str, office: str, service: str) -> Calendar:
        rules = sorted((each for each in self.weeks if each.concerns(office, service)), key=WeekRule.rank, reverse=True)
        usual = next(each for each in rules if each.always and not each.office and not each.service)
        days = {each.day: each for each in self._days_of(office, service)}
        return Calendar(
            zone,
            week=usual.week,
            holidays={day: each.title for day, each in days.items()},
            seasons=tuple(each.season() for each in rules if each is not usual),
            closes_on_holidays=usual.closes_on_holidays is not False,
            version=self.sha256[:12],
            certain=frozenset(self.decreed),
            edition=self.number,
            decreed=self.decreed,
            days=days,
            name=usual.name,
            basis=usual.basis,
        )

    def _days_of(self, office: str, service: str) -> list[CalendarDay]:
        """The days off, the most specific last: its name is the one that is told."""
        mine = (each for each in self.days if each.office in {"", office} and each.service in {"", service})
        return sorted(mine, key=lambda each: (each.day, 2 * bool(each.service) + bool(each.office)))

    def to_json(self) -> dict[str, Any]:
        """The book without its number, as JSON values in one order: what an edition's row keeps."""
        return {
            "days": [_plain(asdict(each)) for each in self.days],
            "weeks": [
                _plain({**_fields(each), "week": [hours_written(day) for day in each.week]}) for each in self.weeks
            ],
            "decreed": {str(year): number for year, number in self.decreed.items()},
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any] | str, number: int = 0) -> CalendarBook:
        """Read what `to_json` wrote, or its text. Raises NotValid for anything else."""
        try:
            said = json.loads(given) if isinstance(given, str) else given
            return cls(
                number,
                tuple(_day(each) for each in said["days"]),
                tuple(_rule(each) for each in said["weeks"]),
                {int(year): str(decree) for year, decree in said["decreed"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise NotValid(what="the calendar book", wanted="days, weeks and decrees", found=repr(fault)) from fault

    @cached_property
    def sha256(self) -> str:
        """The hash of its content in canonical JSON, whatever its number."""
        return sha256(canonical(self.to_json()).encode()).hexdigest()


def _day_key(each: CalendarDay) -> tuple[date, str, str]:
    return each.day, each.office, each.service


def _check_twice(what: str, keys: Collection[Any]) -> None:
    seen: set[Any] = set()
    for each in keys:
        if each in seen:
            raise NotValid(what=what, wanted="named once", found=" ".join(str(part) for part in each if part))
        seen.add(each)


def _fields(rule: WeekRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in WeekRule.__dataclass_fields__}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what is left at its usual value, dates as texts."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    return {name: str(value) if isinstance(value, DayKind) else value for name, value in said.items() if value not in (None, "", False) or (name, value) == ("closes_on_holidays", False)}  # fmt: skip


def _day(said: Mapping[str, Any]) -> CalendarDay:
    return CalendarDay(**{**said, "day": date.fromisoformat(said["day"]), "kind": DayKind(said["kind"])})


def _rule(said: Mapping[str, Any]) -> WeekRule:
    dates = {name: date.fromisoformat(said[name]) for name in ("first", "last") if said.get(name)}
    return WeekRule(**{**said, **dates, "week": week(*said["week"])})
