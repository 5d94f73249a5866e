"""Say where mail reaches an officer. Without an address nobody gets any."""

from __future__ import annotations

from engine.domain.notice import mail_address
from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_self_or_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import officer_row


def set_mail_address(work: UnitOfWork, login: str, *, address: str) -> Receipt:
    """Keep an address, encrypted, in place of the one before; an empty one ends all mail. The record does not name it.

    Officers set their own; that of others, who administers. Refused for what is no address.
    """
    who = expect_self_or_power(work, login, "administer", f"change officer {login}")
    found = mail_address(address)
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"an active officer {login}")
    work.notices.set_address(number, found, work.at)
    work.record("mail_address.set", None, **who, login=login, given=bool(found))
    return Receipt(state="set" if found else "none", number=number, name=login)
