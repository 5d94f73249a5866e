"""Make an office known, or change what is known of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.domain.calendar import office_calendar
from engine.domain.organisation import Office, OfficeKind, telephone
from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import put_office


def add_office(work: UnitOfWork, office: Office, *, regions: Collection[str] = ()) -> Receipt:
    """Store an office and the regions it serves. Refused for a second head office, a telephone that is none and hours that cannot be counted."""
    who = expect_power(work, "administer", f"add office {office.code}")
    office_calendar(office.zone, office.pattern)
    head = work.organisation.head
    if office.kind is OfficeKind.HEAD and head not in ("", office.code):
        raise WrongState(act=f"make {office.code} the head office", what="the head office", state=head)
    office = replace(office, phone=telephone(office.phone))
    put_office(work.connection, office, regions)
    work.organisation_changed()
    work.record("office.added", None, **who, code=office.code, name=office.name, sort=office.kind.value)
    return Receipt(state="added", name=office.code)
