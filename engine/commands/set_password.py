"""Give an officer another password; whoever is signed in with the old one is signed out."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_sessions_of
from engine.storage.organisation_rows import officer_row, set_password_hash


def set_password(work: UnitOfWork, login: str, *, password: str, once: bool = False, keep: str = "") -> Receipt:
    """Store an argon2 hash; `once` where it must be changed at the next sign-in, `keep` the secret of a session that stays.

    Refused for what is no such hash: a password in clear text must never be stored.
    """
    who = expect_self_or_power(work, login, "administer", f"set the password of {login}")
    if not password.startswith("$argon2"):
        raise NotValid(what="the password", wanted="an argon2 hash", found="something else")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"officer {login}")
    set_password_hash(work.connection, number, password, once=once)
    revoke_sessions_of(work.connection, number, work.at, but=keep)
    work.record("password.set", None, **who, login=login)
    return Receipt(state="set", number=number, name=login)
