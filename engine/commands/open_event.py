"""Begin a group: people who were found or who arrived together. They are added to it afterwards, one case each."""

from __future__ import annotations

from datetime import datetime

from engine.course.beginning import expect_in_office
from engine.domain.event import Event
from engine.domain.receipt import Receipt
from engine.domain.release import Release
from engine.errors import NotFound, NotValid
from engine.rights import expect_officer, expect_opener
from engine.storage import UnitOfWork

_LONGEST = 200


def open_event(
    work: UnitOfWork,
    *,
    office: str,
    title: str,
    procedure: str,
    message: str = "",
    found_at: datetime | None = None,
    place: str = "",
    source: str = "",
    note: str = "",
) -> Receipt:
    """Open an event of an office. Returns its number as `name`.

    `procedure` is what each person's case will run on, `message` the message that it begins with, empty to begin it by
    hand. Refused where the officer holds no post in that office that opens such cases, where no such edition is in force, for the variant of
    another office, without a title, and for a group found later than now.
    """
    officer = expect_officer(work, "open a group")
    work.organisation.office(office)
    release = _expect_start(work, procedure, message, office)
    who = expect_opener(work, release, office, f"open a group of office {office}")
    title = " ".join(title.split())
    if not title or len(title) > _LONGEST:
        raise NotValid(what="the title", wanted=f"1 to {_LONGEST} characters", found=f"{len(title)}")
    if found_at is not None and found_at > work.at:
        raise NotValid(what="the moment of finding", wanted="not later than now", found="later")
    begun = Event(
        0, "", office, title, procedure, message, work.at, officer.number, found_at, place.strip(), source, note.strip()
    )
    made = work.events.add(begun)
    work.record("event.opened", None, **who, event=made.number, procedure=procedure)
    return Receipt(number=made.id, name=made.number, state="open")


def _expect_start(work: UnitOfWork, procedure: str, message: str, office: str) -> Release:
    current = expect_in_office(work, procedure, office)
    if message and not any(release.code == procedure for release, _ in work.releases.started_by(message)):
        raise NotFound(what=f"a start of {procedure} by the message {message}")
    return current
