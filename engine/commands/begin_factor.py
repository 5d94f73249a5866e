"""Begin to set up one's own second factor."""

from __future__ import annotations

from engine.course.second_factor import Bearer, draw_secret
from engine.domain.receipt import Receipt
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.second_factor import OFFICERS

ACT = "set up a second factor"


def begin_factor(work: UnitOfWork) -> Receipt:
    """Draw a secret for the officer's device; it is the receipt's name. Nothing is asked for before a code confirms it.

    Refused where a second factor stands already: it is reset first.
    """
    officer = expect_officer(work, ACT)
    who = expect_self_or_power(work, officer.login, "administer", ACT)
    secret = draw_secret(work, Bearer(OFFICERS, officer.number, officer.login, "factor.refused"), ACT)
    work.record("factor.begun", None, **who, login=officer.login)
    return Receipt(state="begun", number=officer.number, name=secret)
