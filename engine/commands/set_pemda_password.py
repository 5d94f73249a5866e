"""Give somebody of a local government another password; whoever is signed in with the old one is signed out."""

from __future__ import annotations

from engine.course.by_pemda import expect_pemda_user
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import change_user, revoke_sessions, user_named


def set_pemda_password(
    work: UnitOfWork, login: str, *, password: str, once: bool = False, own: bool = False, keep: str = ""
) -> Receipt:
    """Store an argon2 hash; `once` where it must be changed at the next sign-in, `keep` the secret of a session that stays.

    `own`: the person changes it themselves; else it is the work of whoever administers the house.
    """
    act = f"set the password of {login}"
    who = {} if own else expect_power(work, "administer", act)
    user = expect_pemda_user(work, login, act) if own else user_named(work.connection, login)
    if user is None or not user.active:
        raise NotFound(what=f"account {login}")
    if not password.startswith("$argon2"):
        raise NotValid(what="the password", wanted="an argon2 hash", found="something else")
    change_user(work.connection, user.number, password=password, once=once)
    revoke_sessions(work.connection, user.number, work.at, but=keep)
    work.record("pemda_password.set", None, **who, area=user.pemda.area, login=login)
    return Receipt(state="set", number=user.number, name=login)
