"""Let somebody sign in for a local government."""

from __future__ import annotations

import re

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.pemda import add_user, pemda_at, user_named

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def add_pemda_user(
    work: UnitOfWork, area: str, login: str, *, name: str, password: str, language: str = "id"
) -> Receipt:
    """Store somebody under an argon2 hash; the password must be changed at the first sign-in.

    Refused for a login that somebody has, in whichever local government.
    """
    who = expect_power(work, "administer", f"add {login} to local government {area}")
    one = pemda_at(work.connection, area)
    if one is None:
        raise NotFound(what=f"local government {area}")
    if not _LOGIN.fullmatch(login):
        raise NotValid(what="the account", wanted="small letters, digits, dots and hyphens", found=f"“{login[:20]}”")
    if not password.startswith("$argon2"):
        raise NotValid(what="the password", wanted="an argon2 hash", found="something else")
    if not name.strip():
        raise NotValid(what="the name", wanted="given", found="missing")
    if user_named(work.connection, login) is not None:
        raise NotValid(what="the account", wanted="one that nobody has", found=login)
    language = language if language in ("id", "en") else "id"
    given = {"name": name.strip()[:120], "password": password, "language": language}
    made = add_user(work.connection, one.number, login, at=work.at, **given)
    work.record("pemda_user.added", None, **who, area=area, login=login)
    return Receipt(state="added", number=made, name=login)
