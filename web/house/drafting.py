"""A change of the calendar while it is being thought about: a few edits of the edition in force, carried in the address.

Nothing is stored until somebody has seen what it moves and confirmed it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from engine import NotValid
from engine.domain.calendar import CalendarDay, DayKind, week
from engine.domain.calendar_book import CalendarBook, WeekRule

Edit = Mapping[str, Any]
MOST: Final = 60
"""Edits of one draft; more are confirmed in several editions, or imported."""
LONGEST: Final = 6_000
"""Characters of an address that every browser and server carries."""
LARGEST: Final = 60_000
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class DraftBroken(NotValid):
    """Expected the draft of a calendar as a page of ours wrote it, but it cannot be read."""


class DraftTooLong(NotValid):
    """Expected at most {most} changes in one draft, but there are more. Confirm these first, then go on."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits of one edition, in the order in which they were made."""

    seen: int
    """The edition that was in force when it was begun."""
    edits: tuple[Edit, ...] = ()

    @property
    def written(self) -> str:
        """As the address carries it; empty where nothing is changed. Raises DraftTooLong."""
        if not self.edits:
            return ""
        plain = json.dumps([self.seen, *self.edits], ensure_ascii=False, separators=(",", ":")).encode()
        text = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
        if len(self.edits) > MOST or len(text) > LONGEST:
            raise DraftTooLong(most=MOST)
        return text

    def with_edit(self, edit: Edit) -> Draft:
        """The draft with one more; an earlier one of the same thing gives way."""
        same = _thing(edit)
        return replace(self, edits=(*(each for each in self.edits if _thing(each) != same), edit))

    def without(self, place: int) -> Draft:
        """The draft without one of its edits."""
        return replace(self, edits=tuple(each for at, each in enumerate(self.edits) if at != place))

    def applied(self, book: CalendarBook) -> CalendarBook:
        """The book as it would be. Raises NotValid for what cannot be counted with."""
        for each in self.edits:
            act = str(each.get("act", ""))
            if act not in ACTS:
                raise DraftBroken
            try:
                book = ACTS[act](book, each)
            except (KeyError, TypeError, ValueError) as fault:
                raise DraftBroken from fault
        return book


def read_draft(text: str, seen: int) -> Draft:
    """Read what an address carries; without anything, an empty draft of the edition in force. Raises DraftBroken."""
    if not text:
        return Draft(seen)
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        plain = zlib.decompressobj().decompress(packed, LARGEST)
        first, *edits = json.loads(plain)
        if not isinstance(first, int) or not all(isinstance(each, dict) for each in edits) or len(edits) > MOST:
            raise DraftBroken
    except (ValueError, zlib.error) as fault:
        raise DraftBroken from fault
    return Draft(first, tuple(edits))


def _thing(edit: Edit) -> tuple[str, ...]:
    """What an edit is about: a day, a week or a decree of one place."""
    what = str(edit.get("act", "")).removeprefix("no-")
    names = {"day": ("day",), "week": ("first", "last"), "decree": ("year",)}.get(what, ())
    return (what, *(str(edit.get(name, "")) for name in (*names, "office", "service")))


def _day(book: CalendarBook, edit: Edit) -> CalendarBook:
    kind = DayKind(edit["kind"])
    more = {name: str(edit.get(name, "")) for name in ("basis", "office", "service")}
    one = CalendarDay(_date(edit["day"]), kind, str(edit["title"]), estimated=bool(edit.get("estimated")), **more)
    return replace(book, days=(*_other_days(book, edit), one))


def _no_day(book: CalendarBook, edit: Edit) -> CalendarBook:
    return replace(book, days=_other_days(book, edit))


def _other_days(book: CalendarBook, edit: Edit) -> tuple[CalendarDay, ...]:
    key = (_date(edit["day"]), edit.get("office", ""), edit.get("service", ""))
    return tuple(each for each in book.days if (each.day, each.office, each.service) != key)


def _week(book: CalendarBook, edit: Edit) -> CalendarBook:
    closes = {"": None, "open": False, "closed": True}[edit.get("holidays", "")]
    first, last = (_date(edit[name]) if edit.get(name) else None for name in ("first", "last"))
    more = {name: str(edit.get(name, "")) for name in ("office", "service", "basis")}
    hours = week(*(str(each) for each in edit["week"]))
    one = WeekRule(str(edit["name"]), hours, first=first, last=last, closes_on_holidays=closes, **more)
    return replace(book, weeks=(*_other_weeks(book, edit), one))


def _no_week(book: CalendarBook, edit: Edit) -> CalendarBook:
    return replace(book, weeks=_other_weeks(book, edit))


def _other_weeks(book: CalendarBook, edit: Edit) -> tuple[WeekRule, ...]:
    first, last = (_date(edit[name]) if edit.get(name) else None for name in ("first", "last"))
    key = (edit.get("office", ""), edit.get("service", ""), first, last)
    return tuple(each for each in book.weeks if (each.office, each.service, each.first, each.last) != key)


def _decree(book: CalendarBook, edit: Edit) -> CalendarBook:
    year, number = int(edit["year"]), str(edit.get("number", ""))
    rest = {known: said for known, said in book.decreed.items() if known != year}
    return replace(book, decreed={**rest, year: number} if number else rest)


def _date(text: object) -> date:
    return date.fromisoformat(str(text))


ACTS: Final[Mapping[str, Callable[[CalendarBook, Edit], CalendarBook]]] = {
    "day": _day,
    "no-day": _no_day,
    "week": _week,
    "no-week": _no_week,
    "decree": _decree,
}
