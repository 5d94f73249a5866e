"""Make an officer known. It gives no post."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import insert_officer, officer_row


def add_officer(
    work: UnitOfWork, login: str, *, name: str, password: str = "", language: str = "id", zone: str = ""
) -> Receipt:
    """Store an officer; `password` is a hash, empty where nobody can sign in yet. Refused for a login that exists."""
    who = expect_power(work, "administer", f"add officer {login}")
    if not login.strip() or login != login.strip().lower():
        raise NotValid(what="the login", wanted="in small letters without blanks around it", found=f"“{login}”")
    if officer_row(work.connection, login) is not None:
        raise WrongState(act=f"add officer {login}", what=f"the login {login}", state="taken")
    number = insert_officer(
        work.connection, login=login, name=name, password=password, language=language, zone=zone, at=work.at
    )
    work.record("officer.added", None, **who, login=login)
    return Receipt(state="added", number=number, name=login)
