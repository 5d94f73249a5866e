"""Somebody of a local government begins to set up their second factor."""

from __future__ import annotations

from engine.course.by_pemda import bearer, expect_pemda_user
from engine.course.second_factor import draw_secret
from engine.domain.receipt import Receipt
from engine.storage import UnitOfWork

ACT = "set up a second factor"


def begin_pemda_factor(work: UnitOfWork, login: str) -> Receipt:
    """Draw a secret for the device; it is the receipt's name. Until a code confirms it, nobody is told of anybody.

    Refused where a second factor stands already: it is reset first.
    """
    user = expect_pemda_user(work, login, ACT)
    secret = draw_secret(work, bearer(user), ACT)
    work.record("pemda_factor.begun", None, area=user.pemda.area, login=login)
    return Receipt(state="begun", number=user.number, name=secret)
