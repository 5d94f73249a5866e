"""Let an officer in again who had been taken out of the house."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import inactive_officer_row, set_active


def reactivate_officer(work: UnitOfWork, login: str) -> Receipt:
    """Make them active. Sessions and tokens stay ended. Refused for who is active or unknown, and without the power."""
    who = expect_power(work, "administer", f"reactivate officer {login}")
    number = inactive_officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"a deactivated officer {login}")
    set_active(work.connection, number, active=True)
    work.record("officer.reactivated", None, **who, login=login)
    return Receipt(state="reactivated", number=number, name=login)
