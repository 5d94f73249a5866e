"""Confirm one's own second factor with the first code that the device shows."""

from __future__ import annotations

from engine.course.second_factor import Bearer, confirm_secret
from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import set_factor
from engine.storage.second_factor import OFFICERS

ACT = "confirm the second factor"


def confirm_factor(work: UnitOfWork, *, code: str, session: str) -> Receipt:
    """From now on a code is asked for at each sign-in: state `confirmed` with the recovery codes as name, else `refused`.

    The session of the secret `session` goes on; every other one is asked for a code. Refused where nothing was begun.
    """
    officer = expect_officer(work, ACT)
    who = expect_self_or_power(work, officer.login, "administer", ACT)
    whose = Bearer(OFFICERS, officer.number, officer.login, "factor.refused")
    codes = confirm_secret(work, whose, code, ACT)
    if not codes:
        return Receipt(state="refused", number=officer.number)
    set_factor(work.connection, session, Factor.TOTP)
    work.record("factor.confirmed", None, **who, login=officer.login)
    return Receipt(state="confirmed", number=officer.number, name=" ".join(codes))
