"""Draw fresh recovery codes in the place of those before."""

from __future__ import annotations

from datetime import timedelta

from engine.domain.receipt import Receipt
from engine.errors import WrongState
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.second_factor import draw_recovery_codes, factor_of, hold, take_code

ACT = "renew the recovery codes"
LATELY, MOST_LATELY = timedelta(minutes=15), 5


def renew_recovery_codes(work: UnitOfWork, *, code: str) -> Receipt:
    """Tell fresh codes, once, as the receipt's name: state `renewed`; `refused` for a wrong code, `throttled` after five.

    Refused to who has no second factor.
    """
    officer = expect_officer(work, ACT)
    who = expect_self_or_power(work, officer.login, "administer", ACT)
    hold(work.connection, officer.number)
    found = factor_of(work.connection, officer.number)
    if found is None or found.confirmed_at is None:
        raise WrongState(act=ACT, what="the second factor", state="not set up")
    if work.trail.noted_since("factor.refused", officer.login, work.at - LATELY) >= MOST_LATELY:
        return Receipt(state="throttled")
    if not take_code(work.connection, work.keys, officer.number, code, work.at):
        work.trail.note("factor.refused", work.at, officer.login)
        return Receipt(state="refused")
    codes = draw_recovery_codes(work.connection, officer.number)
    work.record("recovery_codes.renewed", None, **who, login=officer.login)
    return Receipt(state="renewed", number=officer.number, name=" ".join(codes))
