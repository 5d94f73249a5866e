"""What differs between two editions of the calendar book, one line for each day, week and decree. It moves no deadline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from engine.domain.calendar import CalendarDay, hours_written
from engine.domain.calendar_book import CalendarBook, WeekRule


class What(StrEnum):
    """What a line of changes is about."""

    DAY = "day"
    WEEK = "week"
    DECREE = "decree"


class How(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One line."""

    what: What
    how: How
    title: str
    """Of the day or the week; of a decree its number."""
    office: str = ""
    service: str = ""
    first: date | None = None
    """From when on it holds; of a day, the day. None: since ever."""
    last: date | None = None
    before: str = ""
    """What it said, where it was changed."""
    after: str = ""
    hours: bool = True
    """Whether it may change when somebody works; a name or a decree does not."""

    @property
    def national(self) -> bool:
        """Whether it is a day off everywhere."""
        return self.what is What.DAY and not self.office and not self.service

    def touches(self, office: str, service: str, begun: date, until: date) -> bool:
        """Whether it may change what is counted for this service of this office between two days."""
        mine = self.office in {"", office} and self.service in {"", service}
        return self.hours and mine and (self.first or date.min) <= until and begun <= (self.last or date.max)

    @property
    def told(self) -> dict[str, Any]:
        """As an audit record keeps it."""
        said = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}
        return {name: str(value) for name, value in said.items() if value not in (None, "") and name != "hours"}


def changes(before: CalendarBook, after: CalendarBook) -> tuple[Change, ...]:
    """Every line in which two books differ: days first, then weeks, then decrees."""
    return (*_days(before, after), *_weeks(before, after), *_decrees(before.decreed, after.decreed))


def with_basis(before: CalendarBook, after: CalendarBook, decree: str) -> CalendarBook:
    """The later book, its new national days resting on this decree where nothing else is said of them."""
    known = set(before.days)
    days = [
        replace(each, basis=decree) if each not in known and not each.office and not each.basis else each
        for each in after.days
    ]
    return replace(after, days=tuple(days))


def _days(before: CalendarBook, after: CalendarBook) -> Iterator[Change]:
    old, new = ({(each.day, each.office, each.service): each for each in book.days} for book in (before, after))
    for was, now, one in _differing(old, new):
        said = (_said_of_day(was), _said_of_day(now)) if was and now else ("", "")
        hours = was is None or now is None
        yield Change(What.DAY, _how(was, now), one.title, one.office, one.service, one.day, one.day, *said, hours=hours)


_One = TypeVar("_One", CalendarDay, WeekRule)


def _differing(old: Mapping[Any, _One], new: Mapping[Any, _One]) -> Iterator[tuple[_One | None, _One | None, _One]]:
    """Each place where two books differ: what stood there, what stands there now, and whichever of the two there is."""
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        one = now or was
        if was != now and one is not None:
            yield was, now, one


def _how(was: object, now: object) -> How:
    return How.ADDED if was is None else How.REMOVED if now is None else How.CHANGED


def _said_of_day(one: CalendarDay) -> str:
    """Everything of a day that may differ."""
    return " · ".join(filter(None, (one.title, one.kind.value, one.basis, "estimated" if one.estimated else "")))


def _weeks(before: CalendarBook, after: CalendarBook) -> Iterator[Change]:
    old, new = ({each.place: each for each in book.weeks} for book in (before, after))
    for was, now, one in _differing(old, new):
        said = (_said_of_week(was), _said_of_week(now)) if was and now else ("", "")
        hours = was is None or now is None or _works(was) != _works(now)
        yield Change(
            What.WEEK, _how(was, now), one.name, one.office, one.service, one.first, one.last, *said, hours=hours
        )


def _works(rule: WeekRule) -> tuple[object, bool | None]:
    return rule.week, rule.closes_on_holidays


def _said_of_week(rule: WeekRule) -> str:
    spans = "; ".join(hours_written(day) or "–" for day in rule.week)
    return " · ".join(filter(None, (rule.name, spans, rule.basis)))


def _decrees(before: Mapping[int, str], after: Mapping[int, str]) -> Iterator[Change]:
    for year in sorted(before.keys() | after.keys()):
        was, now = before.get(year, ""), after.get(year, "")
        if was != now:
            how = How.ADDED if not was else How.REMOVED if not now else How.CHANGED
            first, last = date(year, 1, 1), date(year, 12, 31)
            old, new = (was, now) if was and now else ("", "")
            yield Change(What.DECREE, how, now or was, "", "", first, last, old, new, hours=False)
