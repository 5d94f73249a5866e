"""Ask the placement system for its news, page by page, and once a day, or when somebody asks, for all of its placements, to compare.

Each piece is kept before the mark moves on, so that a program which dies in between asks for the same again: twice is one.
The breaker of the line is heeded, and told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from engine.commands.mark_line import mark_line
from engine.commands.reconcile_placements import RecordNotRead, reconcile_placements
from engine.commands.take_in_event import take_in_event
from engine.delivery.siskop2mi import NotReported, Page, StaleCursor
from engine.domain.placement import PARTNER, PlacementRecord
from engine.domain.placement_reading import NotAnEvent, read_record
from engine.errors import NotValid, Refusal, Unavailable
from engine.runtime import Engine, Unexpected

EVERY: Final = timedelta(seconds=30)
"""How often it is asked where there was nothing new; a page that has more behind it is followed at once."""
BREATH: Final = timedelta(seconds=1)
"""Until whoever reports has tried a line that was interrupted."""
DAILY: Final = timedelta(hours=24)
AGAIN: Final = timedelta(hours=1)
"""So long no list is asked for after one that could not be compared: somebody has to mend it."""
PAGES_AT_ONCE: Final = 10
"""Pages of one turn."""
MOST_RECORDS: Final = 50_000
"""Placements of one comparison: a list that does not end is none."""

log = logging.getLogger(__name__)


class ListWithoutEnd(NotValid):
    """Expected the list of placements to end, but after {count} records it had not; nothing was compared."""


class Line(Protocol):
    """A way to ask the placement system."""

    def events(self, after: str = "") -> Page:
        """What happened after a mark. Raises NotReported, StaleCursor."""
        ...

    def records(self, after: str = "") -> Page:
        """How it sees the placements. Raises NotReported, StaleCursor."""
        ...


class Hearing:
    """What comes in over a line. Its mark stands in a row; when it asked last does too."""

    def __init__(self, engine: Engine, line: Line, clock: Callable[[], datetime], *, every: timedelta = EVERY) -> None:
        """Ask nothing yet."""
        self._engine, self._line, self._clock, self._every = engine, line, clock, every
        self._rests: datetime | None = None
        self._compares_from: datetime | None = None

    def work(self, now: datetime) -> int:
        """Ask where it is time to. Returns how many pieces of news were new. Raises Unavailable."""
        if not self._passable(now):
            return 0
        try:
            done = self._hear(now)
            self._compare(now)
        except NotReported as trouble:
            self._rests = now + (trouble.wait or self._every)
            self._mark(answered=not trouble.line_failed)
            log.warning("news_waits: %s", trouble.problem)
            return 0
        self._rests = None
        return done

    def next_at(self, now: datetime) -> datetime | None:
        """When to ask again."""
        line = self._engine.line(PARTNER)
        if line.open and line.try_at is not None:
            return max(line.try_at, now + BREATH)
        asked = self._engine.news_cursor()[1]
        return max(each for each in (self._rests, asked + self._every if asked else now) if each is not None)

    def _passable(self, now: datetime) -> bool:
        """Whether the line lets something through, and it is time to ask."""
        if self._engine.line(PARTNER).open or (self._rests is not None and self._rests > now):
            return False
        asked = self._engine.news_cursor()[1]
        return asked is None or asked + self._every <= now

    def _hear(self, now: datetime) -> int:
        cursor, done = self._engine.news_cursor()[0], 0
        for _ in range(PAGES_AT_ONCE):
            page, cursor = self._page(cursor)
            done += sum(self._take_in(each) for each in page.rows)
            self._engine.note_cursor(page.cursor, at=now)
            if not page.more or page.cursor == cursor:
                break
            cursor = page.cursor
        self._mark(answered=True)
        return done

    def _page(self, cursor: str) -> tuple[Page, str]:
        """The page after a mark; from the beginning where the mark is too old."""
        try:
            return self._line.events(cursor), cursor
        except StaleCursor:
            log.warning("news_read_anew: the mark is too old")
            return self._line.events(""), ""

    def _take_in(self, given: Mapping[str, Any]) -> int:
        """Keep one piece of news; what cannot even be kept holds up nothing that comes after it."""
        try:
            done = self._engine.perform(take_in_event, dict(given), at=self._clock())
        except Unavailable:
            raise
        except Refusal as refusal:
            self._engine.note_incident(refusal, case=None, event="take_in_event", at=self._clock())
            return 0
        return 0 if "placement.known" in done.notes else 1

    def _compare(self, now: datetime) -> None:
        """Compare everything, where that was a day ago or somebody has asked for it since.

        A list that cannot be compared is an incident, and asked for an hour later, or when somebody wants it.
        """
        last, asked = self._engine.last_reconciled()
        if last is not None and last + DAILY > now and (asked is None or asked <= last):
            return
        later = self._compares_from
        if later is not None and now < later and (asked is None or asked <= later - AGAIN):
            return
        try:
            self._engine.perform(reconcile_placements, self._whole_list(), at=self._clock())
        except Unavailable:
            raise
        except Refusal as refusal:
            self._compares_from = now + AGAIN
            if not isinstance(refusal, Unexpected):
                self._engine.note_incident(refusal, case=None, event="reconcile_placements", at=self._clock())

    def _whole_list(self) -> list[PlacementRecord]:
        """Every record, page by page. Raises RecordNotRead, ListWithoutEnd: half a list is no list."""
        records: list[PlacementRecord] = []
        cursor, more = "", True
        while more:
            try:
                page = self._line.records(cursor)
            except StaleCursor:
                raise ListWithoutEnd(count=len(records)) from None
            records += self._readable(page, len(records))
            if page.more and (page.cursor == cursor or len(records) > MOST_RECORDS):
                raise ListWithoutEnd(count=len(records))
            cursor, more = page.cursor, page.more
        return records

    def _readable(self, page: Page, before: int) -> list[PlacementRecord]:
        """The records of a page. Raises RecordNotRead."""
        found: list[PlacementRecord] = []
        for each in page.rows:
            try:
                found.append(read_record(each))
            except NotAnEvent as wrong:
                raise RecordNotRead(row=before + len(found) + 1, **wrong.facts) from None
        return found

    def _mark(self, *, answered: bool) -> None:
        self._engine.perform(mark_line, PARTNER, answered=answered, at=self._clock())
