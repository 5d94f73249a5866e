"""Confirm one's own second factor with the first code that the device shows."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.errors import WrongState
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import set_factor
from engine.storage.second_factor import confirm, draw_recovery_codes, factor_of, take_code

ACT = "confirm the second factor"


def confirm_factor(work: UnitOfWork, *, code: str, session: str) -> Receipt:
    """From now on a code is asked for at each sign-in: state `confirmed` with the recovery codes as name, else `refused`.

    The session of the secret `session` goes on; every other one is asked for a code. Refused where nothing was begun.
    """
    officer = expect_officer(work, ACT)
    who = expect_self_or_power(work, officer.login, "administer", ACT)
    found = factor_of(work.connection, officer.number)
    if found is None or found.confirmed_at is not None:
        raise WrongState(act=ACT, what="it", state="not begun" if found is None else "set up already")
    if not take_code(work.connection, work.keys, officer.number, code, work.at):
        return Receipt(state="refused", number=officer.number)
    confirm(work.connection, officer.number, work.at)
    set_factor(work.connection, session, Factor.TOTP)
    codes = draw_recovery_codes(work.connection, officer.number)
    work.record("factor.confirmed", None, **who, login=officer.login)
    return Receipt(state="confirmed", number=officer.number, name=" ".join(codes))
