"""A new edition of the calendar book comes into force. What it moves is moved afterwards, case by case (`recounting`)."""

from __future__ import annotations

from dataclasses import replace

from engine.domain.calendar_book import CalendarBook
from engine.domain.calendar_changes import Change, changes, with_basis
from engine.errors import NotFound, NotValid, WrongState
from engine.storage import UnitOfWork
from engine.storage.calendars import add_edition

LONGEST = 500
"""Letters of a decree or a note."""


class CalendarUnchanged(WrongState):
    """Expected to change the calendar, but it says just this already."""


class CalendarMovedOn(WrongState):
    """Expected to change edition {seen} of the calendar, but edition {newest} is in force by now."""


class DecreeMissing(NotValid):
    """Expected the number of the decree that changes the national day off {title}, but none was given."""


def put_in_force(
    work: UnitOfWork, book: CalendarBook, *, decree: str = "", note: str = "", seen: int | None = None
) -> tuple[CalendarBook, tuple[Change, ...]]:
    """Store a book as the next edition. Returns it and what it changes.

    Refused where it changes nothing, where a national day changes without a decree, for an office that is not known,
    and where the edition in force is no longer the one that was `seen`.
    """
    work.hold_house()
    work.organisation_changed()
    before = work.organisation.book
    if seen is not None and seen != before.number:
        raise CalendarMovedOn(seen=seen, newest=before.number)
    decree, note = _said("the number of the decree", decree), _said("the note", note)
    book = replace(with_basis(before, book, decree), number=before.number + 1)
    _expect_known(work, book)
    made = changes(before, book)
    if not made:
        raise CalendarUnchanged
    if not decree:
        for each in made:
            if each.national:
                raise DecreeMissing(title=each.title)
    by = work.officer.number if work.officer else None
    add_edition(work.connection, book, decree=decree, note=note, by=by, at=work.at)
    work.organisation_changed()
    work.waits.wake()
    return book, made


def _said(what: str, text: str) -> str:
    if len(text := text.strip()) > LONGEST:
        raise NotValid(what=what, wanted=f"at most {LONGEST} letters", found=f"{len(text)}")
    return text


def _expect_known(work: UnitOfWork, book: CalendarBook) -> None:
    named = {each.office for each in book.days} | {each.office for each in book.weeks}
    for office in sorted(named - {"", *work.organisation.offices}):
        raise NotFound(what=f"office {office}")
