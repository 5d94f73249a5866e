"""Somebody of a local government draws fresh recovery codes in the place of those before."""

from __future__ import annotations

from engine.course.by_pemda import bearer, expect_pemda_user
from engine.course.second_factor import renew_codes
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork

ACT = "renew the recovery codes"


def renew_pemda_codes(work: UnitOfWork, login: str, *, code: str) -> Receipt:
    """Tell fresh codes, once, as the receipt's name: state `renewed`; `refused` for a wrong code, `throttled` after too many.

    Refused to who has no second factor.
    """
    user = expect_pemda_user(work, login, ACT)
    codes = renew_codes(work, bearer(user), code, ACT)
    if not codes:
        return Receipt(state="throttled" if codes is None else "refused")
    work.record("pemda_codes.renewed", None, area=user.pemda.area, login=login)
    return Receipt(state="renewed", number=user.number, name=" ".join(codes))
