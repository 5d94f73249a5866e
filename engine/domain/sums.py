"""What each day of a year amounts to, added up once, so that a long span is counted as quickly as a short one."""

from __future__ import annotations

from bisect import bisect_left
from calendar import isleap
from collections.abc import Callable
from datetime import date
from itertools import accumulate


class Sums:
    """The amounts of days: minutes worked, or 1 for a working day. A year is added up when it is first asked for."""

    def __init__(self, of: Callable[[date], int]) -> None:
        """Add up what `of` says of each day; it must say the same of a day each time."""
        self._of = of
        self._years: dict[int, list[int]] = {}

    def between(self, first: date, last: date) -> int:
        """The amount of the days from the first on, without the last; nothing where it is not later."""
        if first >= last:
            return 0
        if first.year == last.year:
            year = self._year(first.year)
            return year[_place(last)] - year[_place(first)]
        begun = self._year(first.year)
        whole = sum(self._year(each)[-1] for each in range(first.year + 1, last.year))
        return begun[-1] - begun[_place(first)] + whole + self._year(last.year)[_place(last)]

    def reached(self, first: date, wanted: int, last: date) -> tuple[date, int] | None:
        """The day that makes up the wanted amount, counted from `first`, and what the days before it come to.

        None where it is not before `last`. `wanted` is above zero.
        """
        passed, place = 0, _place(first)
        for year in range(first.year, last.year + 1):
            sums = self._year(year)
            found = bisect_left(sums, wanted - passed + sums[place])
            if found < len(sums):
                day = date.fromordinal(date(year, 1, 1).toordinal() + found - 1)
                return (day, passed + sums[found - 1] - sums[place]) if day < last else None
            passed, place = passed + sums[-1] - sums[place], 0
        return None

    def _year(self, year: int) -> list[int]:
        """What the days of a year come to before each of them, and in the end."""
        found = self._years.get(year)
        if found is None:
            first = date(year, 1, 1).toordinal()
            days = (date.fromordinal(each) for each in range(first, first + 365 + isleap(year)))
            found = self._years[year] = list(accumulate(map(self._of, days), initial=0))
        return found


def _place(day: date) -> int:
    """How many days of its year come before this one."""
    return day.toordinal() - date(day.year, 1, 1).toordinal()
