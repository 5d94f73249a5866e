"""Somebody of a local government confirms their second factor with the first code that the device shows."""

from __future__ import annotations

from engine.course.by_pemda import bearer, expect_pemda_user
from engine.course.second_factor import confirm_secret
from engine.domain.receipt import Receipt
from engine.domain.sign_on import Factor
from engine.storage import UnitOfWork
from engine.storage.pemda import set_factor

ACT = "confirm the second factor"


def confirm_pemda_factor(work: UnitOfWork, login: str, *, code: str, session: str) -> Receipt:
    """From now on a code is asked for at each sign-in: state `confirmed` with the recovery codes as name, else `refused`.

    The session of the secret `session` goes on; every other one is asked for a code. Refused where nothing was begun.
    """
    user = expect_pemda_user(work, login, ACT)
    codes = confirm_secret(work, bearer(user), code, ACT)
    if not codes:
        return Receipt(state="refused", number=user.number)
    set_factor(work.connection, session, user.number, Factor.TOTP)
    work.record("pemda_factor.confirmed", None, area=user.pemda.area, login=login)
    return Receipt(state="confirmed", number=user.number, name=" ".join(codes))
