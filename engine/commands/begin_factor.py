"""Begin to set up one's own second factor."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.second_factor import begin, factor_of


def begin_factor(work: UnitOfWork) -> Receipt:
    """Draw a secret for the officer's device; it is the receipt's name. Nothing is asked for before a code confirms it.

    Refused where a second factor stands already: it is reset first.
    """
    officer = expect_officer(work, "set up a second factor")
    who = expect_self_or_power(work, officer.login, "administer", "set up a second factor")
    found = factor_of(work.connection, officer.number)
    if found is not None and found.confirmed_at is not None:
        raise WrongState(act="set up a second factor", what="it", state="set up already")
    secret = begin(work.connection, work.keys, officer.number, work.at)
    work.record("factor.begun", None, **who, login=officer.login)
    return Receipt(state="begun", number=officer.number, name=secret)
