"""Make an officer known. It gives no post."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import insert_officer, login_taken

LONGEST_LOGIN, LONGEST_NAME = 80, 200


def add_officer(
    work: UnitOfWork,
    login: str,
    *,
    name: str,
    password: str = "",
    language: str = "id",
    zone: str = "",
    once: bool = False,
) -> Receipt:
    """Store an officer; `password` is a hash, empty where nobody can sign in yet, `once` where it must be changed then.

    Refused for a login that exists, and for a name of no length or too long.
    """
    who = expect_power(work, "administer", f"add officer {login}")
    if not login.strip() or login != login.strip().lower():
        raise NotValid(what="the login", wanted="in small letters without blanks around it", found=f"“{login}”")
    if len(login) > LONGEST_LOGIN:
        raise NotValid(what="the login", wanted=f"at most {LONGEST_LOGIN} letters", found=f"{len(login)}")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise NotValid(what="the name", wanted=f"1 to {LONGEST_NAME} letters", found=f"{len(name.strip())}")
    if login_taken(work.connection, login):
        raise WrongState(act=f"add officer {login}", what=f"the login {login}", state="taken")
    number = insert_officer(
        work.connection,
        login=login,
        name=name,
        password=password,
        language=language,
        zone=zone,
        once=once,
        at=work.at,
    )
    work.record("officer.added", None, **who, login=login)
    return Receipt(state="added", number=number, name=login)
