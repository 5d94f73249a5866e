"""What is published once a month: which span a period is, and one edition of one data set. No number is made here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from engine.errors import NotValid

ZONE: Final = "Asia/Jakarta"
"""By whose days a month begins and ends, wherever in the country something happened."""
READY_ON: Final = 5
"""On this day of the next month, at its first minute, the figures of a month are made: late entries have come in by then."""
PREVENTION: Final = "p-c3-01"
"""The procedure of which each case is one prevented departure; its offices' own variants count with it."""
PLACED_AGAIN: Final = "penempatan-kembali"
"""The course that leads abroad by the official way."""
FIGURES: Final = "figures"
"""The power to put figures before the public."""
MOST_REASON: Final = 400
_PERIOD: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
_DECEMBER: Final = 12
_FIRST_YEAR: Final = 2000


class EditionState(StrEnum):
    """Where an edition stands."""

    PREPARED = "prepared"
    """Made, and seen by the head office alone."""
    PUBLISHED = "published"
    """At its address, for ever."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, `2026-10`, or a year, `2026`, on the clock of Jakarta."""

    text: str

    @classmethod
    def of(cls, text: str) -> Period:
        """Read one. Raises NotValid."""
        if not _PERIOD.fullmatch(text) or int(text[:4]) < _FIRST_YEAR:
            raise NotValid(what="the period", wanted="a month like 2026-10 or a year like 2026", found=f"“{text[:20]}”")
        return cls(text)

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return len(self.text) == len("2026")

    @property
    def first(self) -> date:
        """Its first day."""
        return date(int(self.text[:4]), int(self.text[5:] or 1), 1)

    @property
    def last(self) -> date:
        """Its last day: the reference date of its figures."""
        return _next(self.first, year=self.is_year) - timedelta(days=1)

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return _midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return _midnight(_next(self.first, year=self.is_year))

    @property
    def ready_at(self) -> datetime:
        """From when on its figures may be made."""
        return _midnight(_next(self.first, year=self.is_year).replace(day=READY_ON))


def newest_ready(at: datetime) -> tuple[Period, ...]:
    """The last month whose figures may be made by then; with December, its year too."""
    day = at.astimezone(ZoneInfo(ZONE)).date()
    before = day.replace(day=1) - timedelta(days=1)
    if day.day < READY_ON:
        before = before.replace(day=1) - timedelta(days=1)
    month = Period(f"{before:%Y-%m}")
    return (month, Period(f"{before:%Y}")) if before.month == _DECEMBER else (month,)


@dataclass(frozen=True, slots=True)
class Made:
    """One data set of one period, ready to be kept."""

    dataset: str
    period: str
    csv: str
    json: str
    sha256: str
    """Of the CSV file."""
    rows: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition as lists show it, without its content."""

    number: int
    dataset: str
    period: str
    edition: int
    state: EditionState
    sha256: str
    rows: int
    reason: str
    """Why it stands in for the one before; empty of a first one."""
    made_at: datetime
    published_at: datetime | None


def _next(first: date, *, year: bool) -> date:
    return date(first.year + 1, 1, 1) if year or first.month == _DECEMBER else first.replace(month=first.month + 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(ZONE))
