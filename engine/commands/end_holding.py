"""End an officer's time in a post."""

from __future__ import annotations

from datetime import date

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import holding_row, set_holding_end


def end_holding(work: UnitOfWork, holding: int, *, ends_on: date) -> Receipt:
    """Set the last day. Refused for a day before the first, where it has ended earlier, and without the power.

    Work that the officer has in hand stays theirs to see and is given back or passed on by hand.
    """
    who = expect_power(work, "administer", f"end holding {holding}")
    found = holding_row(work.connection, holding)
    if found is None:
        raise NotFound(what=f"holding {holding}")
    login, held = found
    if held.ends_on is not None and held.ends_on < ends_on:
        raise WrongState(act=f"end holding {holding}", what="it", state=f"over since {held.ends_on}")
    if ends_on < held.begins_on:
        raise NotValid(what="the last day", wanted=f"{held.begins_on} or later", found=ends_on)
    set_holding_end(work.connection, holding, ends_on)
    where = {"held": held.post, "at": held.office, "acting": held.acting.value}
    work.record("holding.ended", None, **who, login=login, holding=where, ends_on=ends_on.isoformat())
    return Receipt(state="ended", number=holding, name=login)
