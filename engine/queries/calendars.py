"""The calendar for those who run the house: its editions, the years in doubt, and what a change would move. It changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal, or_, select

from engine.course.ticking import Circumstances, reckoning_of
from engine.domain.calendar_book import CalendarBook
from engine.domain.calendar_changes import Change, changes
from engine.domain.clock import CaseClock, ClockKind
from engine.domain.deadline import due_at
from engine.domain.organisation import Officer
from engine.errors import NotFound
from engine.queries.house.administering import expect_administrator
from engine.queries.pages import LENGTH, NotAPage, checked_length
from engine.queries.reader import Reader
from engine.storage.calendars import book_of
from engine.storage.clocks import OPEN, Clocks, clock_of
from engine.storage.columns import Deadline
from engine.storage.extensions import read_extensions
from engine.storage.organisation import HOME_ZONE
from engine.storage.pauses import read_pauses
from engine.storage.tables import calendar_edition, case, clock, clock_turn, extension, officer, pause, timer
from engine.storage.waits import CountedTimer, counted_timer

MOST: Final = 2_000
"""So many clocks and timers are counted for the figures of a preview; where more might move, the figures are a least."""
_AT_ONCE: Final = 200
_ANNOUNCED: Final = 10
"""From October on the decree of the next year is awaited."""
_REASONS: Final = 3
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarNow:
    """The book in force, and who keeps hours of a service."""

    book: CalendarBook
    services: Mapping[str, tuple[str, ...]]
    """Service → the posts that keep its hours; services that only the book names have none."""
    missing: tuple[int, ...]
    """Years without a decree that are counted with now."""

    @property
    def number(self) -> int:
        """Of the edition; 0 before there is any."""
        return self.book.number


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in the history."""

    number: int
    decree: str
    note: str
    made_at: datetime
    made_by: str
    """The officer's name; empty where the program itself made it."""
    sha256: str
    changes: tuple[Change, ...]
    """What it changed of the one before it."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date that a change would move."""

    case: str
    """The case's number; empty of the start timer of a release."""
    office: str
    kind: str
    """`step`, `procedure`, `stage`, `case`, `duty`, or `timer`."""
    name: str
    before: datetime
    after: datetime
    """Both on the clock of the office."""
    why: tuple[str, ...]
    """What of the changes lies in its time."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a book would change against the one in force."""

    changes: tuple[Change, ...]
    looked_at: int
    """Open clocks and timers whose time the changes might touch."""
    cases: int
    later: int
    earlier: int
    whole: bool
    """Whether all were counted; if not, the figures are a least."""
    rows: tuple[MovedDate, ...]
    following: str | None
    """The key of the next page."""

    @property
    def moved(self) -> int:
        """How many dates would fall elsewhere."""
        return self.later + self.earlier


def calendar_now(reader: Reader, person: Officer) -> CalendarNow:
    """The calendar as it is in force. Raises NotYours."""
    expect_administrator(reader, person)
    book = reader.organisation.book
    named = {each.service for each in book.weeks} | {each.service for each in book.days}
    posts: dict[str, tuple[str, ...]] = dict.fromkeys(sorted(named - {""}), ())
    for post, service in sorted(reader.organisation.services.items()):
        posts[service] = (*posts.get(service, ()), post)
    return CalendarNow(book, posts, years_without_decree(reader))


def editions(reader: Reader, person: Officer) -> tuple[EditionLine, ...]:
    """Every edition, the newest first. Raises NotYours."""
    expect_administrator(reader, person)
    found = select(calendar_edition, officer.c.name).outerjoin(officer, officer.c.id == calendar_edition.c.made_by)
    lines, before = [], CalendarBook()
    for row in reader.connection.execute(found.order_by(calendar_edition.c.number)):
        book = CalendarBook.from_json(row.content, row.number)
        known = changes(before, book)
        lines.append(EditionLine(row.number, row.decree, row.note, row.made_at, row.name or "", row.sha256, known))
        before = book
    return tuple(reversed(lines))


def edition(reader: Reader, person: Officer, number: int) -> tuple[EditionLine, CalendarBook]:
    """One edition, with all that it says. Raises NotYours and NotFound."""
    line = next((each for each in editions(reader, person) if each.number == number), None)
    if line is None:
        raise NotFound(what=f"edition {number} of the calendar")
    return line, book_of(reader.connection, number)


def years_without_decree(reader: Reader) -> tuple[int, ...]:
    """The years that are counted with and of which no decree is known: this one, and from October on the next."""
    today = reader.at.astimezone(ZoneInfo(HOME_ZONE)).date()
    wanted = (today.year, today.year + 1) if today.month >= _ANNOUNCED else (today.year,)
    return tuple(each for each in wanted if each not in reader.organisation.book.decreed)


def preview_calendar(
    reader: Reader, person: Officer, book: CalendarBook, *, after: str | None = None, length: int = LENGTH
) -> Preview:
    """Which open deadlines and timers would fall elsewhere by this book, and why: figures, and one page of them.

    Raises NotYours, NotAPage, and NotFound for an office of the book that is not known.
    """
    expect_administrator(reader, person)
    return preview_for_the_house(reader, book, after=after, length=length)


def preview_for_the_house(
    reader: Reader, book: CalendarBook, *, after: str | None = None, length: int = LENGTH
) -> Preview:
    """The same for who works at the machine itself, where nobody is signed in. Raises NotAPage and NotFound."""
    checked_length(length)
    made = changes(reader.organisation.book, book)
    would = _Would(reader, book, made)
    figures = would.figures()
    rows = would.page(after, length + 1)
    shown = rows[:length]
    return Preview(
        made,
        figures.looked_at,
        len(figures.cases),
        figures.later,
        figures.earlier,
        figures.whole,
        tuple(moved for _, moved in shown),
        shown[-1][0] if len(rows) > length else None,
    )


@dataclass(slots=True)
class _Figures:
    looked_at: int
    cases: set[str]
    later: int = 0
    earlier: int = 0
    whole: bool = True


class _Would:
    """What would be, were another book in force."""

    def __init__(self, reader: Reader, book: CalendarBook, made: Collection[Change]) -> None:
        self._reader = reader
        self._made = [each for each in made if each.hours]
        for each in sorted({change.office for change in self._made} - {""}):
            reader.organisation.office(each)
        self._then = reader.organisation.as_of(book)

    def figures(self) -> _Figures:
        """Count what would move, of the first so many that might."""
        found = _Figures(0, set())
        for _, moved in self._candidates("", 0):
            if found.looked_at == MOST:
                found.whole = False
                break
            found.looked_at += 1
            if moved is not None:
                found.cases |= {moved.case} if moved.case else set()
                found.later += moved.after > moved.before
                found.earlier += moved.after < moved.before
        return found

    def page(self, after: str | None, wanted: int) -> list[tuple[str, MovedDate]]:
        """Those that would move after a key, each with its own."""
        kind, number = _key(after)
        rows = []
        for key, moved in self._candidates(kind, number):
            if moved is not None:
                rows.append((key, moved))
            if len(rows) == wanted:
                break
        return rows

    def _candidates(self, kind: str, after: int) -> Iterator[tuple[str, MovedDate | None]]:
        """Every clock and timer whose time the changes might touch, in the order of their rows, with what would move."""
        if not self._made:
            return
        if kind in ("", "c"):
            yield from self._clocks(after if kind else 0)
        yield from self._timers(after if kind == "t" else 0)

    def _clocks(self, after: int) -> Iterator[tuple[str, MovedDate | None]]:
        first, last = self._span()
        might: list[ColumnElement[bool]] = [OPEN, clock.c.started_at < last, clock.c.due_at >= literal(first, Deadline)]
        might.append(clock.c.due_at < literal(None, Deadline))
        offices = self._offices()
        if offices is not None:
            once = select(clock_turn.c.clock_id).where(clock_turn.c.office.in_(offices))
            might.append(or_(clock.c.office.in_(offices), clock.c.id.in_(once)))
        while True:
            asked = select(clock, case.c.number).join(case, case.c.id == clock.c.case_id)
            asked = asked.where(clock.c.id > after, *might).order_by(clock.c.id).limit(_AT_ONCE)
            rows = self._reader.connection.execute(asked).all()
            clocks = [clock_of(row) for row in rows]
            around = self._around(clocks)
            for row, one in zip(rows, clocks, strict=True):
                yield f"c{row.id}", self._clock(one, row.number, around)
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].id

    def _timers(self, after: int) -> Iterator[tuple[str, MovedDate | None]]:
        first, last = self._span()
        might = [timer.c.edition.is_not(None), timer.c.since_at < last, timer.c.due_at >= first]
        might += [timer.c.due_at > self._reader.at]
        while True:
            asked = select(timer, case.c.number).outerjoin(case, case.c.id == timer.c.case_id)
            asked = asked.where(timer.c.id > after, *might).order_by(timer.c.id).limit(_AT_ONCE)
            rows = self._reader.connection.execute(asked).all()
            for row in rows:
                yield f"t{row.id}", self._timer(counted_timer(row), row.number or "")
            if len(rows) < _AT_ONCE:
                return
            after = rows[-1].id

    def _clock(self, one: CaseClock, number: str, around: Circumstances) -> MovedDate | None:
        due = reckoning_of(one, self._then, around, now=self._reader.at).due
        name = one.name if one.kind is not ClockKind.STAGE else one.code
        return self._moved(number, one.office, one.service, str(one.kind), name, one.started_at, one.due_at, due)

    def _timer(self, one: CountedTimer, number: str) -> MovedDate | None:
        how = one.counted
        due = due_at(how.since, how.allowance, self._then.calendar(how.office, how.service))
        return self._moved(number, how.office, how.service, "timer", one.element, how.since, one.due_at, due)

    def _moved(
        self,
        number: str,
        office: str,
        service: str,
        kind: str,
        name: str,
        begun: datetime,
        before: datetime | None,
        after: datetime | None,
    ) -> MovedDate | None:
        if before is None or after is None or before == after:
            return None
        there = self._then.calendar(office, service)
        begins, until = there.local(begun).date(), there.local(max(before, after)).date()
        why = [each.title for each in self._made if each.touches(office, service, begins, until)]
        return MovedDate(
            number, office, kind, name, there.local(before), there.local(after), tuple(dict.fromkeys(why))[:_REASONS]
        )

    def _around(self, clocks: Sequence[CaseClock]) -> Circumstances:
        cases, numbers = sorted({each.case for each in clocks}), sorted(each.number for each in clocks)
        return Circumstances(
            read_pauses(self._reader.connection, self._reader.keys, pause.c.case_id.in_(cases)),
            read_extensions(self._reader.connection, self._reader.keys, extension.c.clock_id.in_(numbers)),
            Clocks(self._reader.connection).turns(numbers),
        )

    def _span(self) -> tuple[datetime, datetime]:
        """From the first moment that a change touches to the last, in any zone."""
        first = min((each.first or date(2000, 1, 1) for each in self._made), default=date.min)
        last = max((each.last or date(9000, 1, 1) for each in self._made), default=date.max)
        zone = ZoneInfo(HOME_ZONE)
        return datetime.combine(first - _DAY, time(), zone), datetime.combine(last + 2 * _DAY, time(), zone)

    def _offices(self) -> Sequence[str] | None:
        """The offices whose times change; None where everybody's may."""
        named = {each.office for each in self._made}
        return None if "" in named else sorted(named)


def _key(after: str | None) -> tuple[str, int]:
    if after is None:
        return "", 0
    kind, number = after[:1], after[1:]
    if kind not in ("c", "t") or not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - no row has a longer number
        raise NotAPage(found=f"“{after[:20]}”")
    return kind, int(number)
