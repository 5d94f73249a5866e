"""Make an office known, or change what is known of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.course.editions import put_in_force
from engine.domain.calendar import check_zone
from engine.domain.organisation import Office, OfficeKind, telephone
from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import put_office


def add_office(work: UnitOfWork, office: Office, *, regions: Collection[str] = (), hours_like: str = "") -> Receipt:
    """Store an office and the regions it serves. Refused for a second head office, a telephone that is none and an unknown zone.

    `hours_like` names an office whose working weeks it keeps too, where those are not everybody's: a new edition of the
    calendar says so.
    """
    who = expect_power(work, "administer", f"add office {office.code}")
    check_zone(office.zone)
    head = work.organisation.head
    if office.kind is OfficeKind.HEAD and head not in ("", office.code):
        raise WrongState(act=f"make {office.code} the head office", what="the head office", state=head)
    office = replace(office, phone=telephone(office.phone))
    put_office(work.connection, office, regions)
    work.organisation_changed()
    if hours_like:
        _keep_hours_like(work, hours_like, office.code)
    work.record("office.added", None, **who, code=office.code, name=office.name, sort=office.kind.value)
    return Receipt(state="added", name=office.code)


def _keep_hours_like(work: UnitOfWork, like: str, code: str) -> None:
    """Give an office the weeks of another; nothing where that one keeps the national week, or they are given already."""
    book, name = work.organisation.book, work.organisation.office(like).name
    mine = {each.place for each in book.weeks}
    given = [replace(each, office=code) for each in book.weeks if each.office == like]
    fresh = [each for each in given if each.place not in mine]
    if fresh:
        put_in_force(work, replace(book, weeks=(*book.weeks, *fresh)), note=f"{code} = {name}")
