"""Draw fresh recovery codes in the place of those before."""

from __future__ import annotations

from engine.course.second_factor import Bearer, renew_codes
from engine.domain.receipt import Receipt
from engine.rights import expect_officer, expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.second_factor import OFFICERS

ACT = "renew the recovery codes"


def renew_recovery_codes(work: UnitOfWork, *, code: str) -> Receipt:
    """Tell fresh codes, once, as the receipt's name: state `renewed`; `refused` for a wrong code, `throttled` after too many.

    Refused to who has no second factor.
    """
    officer = expect_officer(work, ACT)
    who = expect_self_or_power(work, officer.login, "administer", ACT)
    codes = renew_codes(work, Bearer(OFFICERS, officer.number, officer.login, "factor.refused"), code, ACT)
    if not codes:
        return Receipt(state="throttled" if codes is None else "refused")
    work.record("recovery_codes.renewed", None, **who, login=officer.login)
    return Receipt(state="renewed", number=officer.number, name=" ".join(codes))
