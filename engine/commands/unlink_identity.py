"""Let an account of another house in no more."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.sign_on import end_link, link_by_number


def unlink_identity(work: UnitOfWork, number: int) -> Receipt:
    """End a link and every session that began with it. Refused without the power, and for one that is over."""
    who = expect_power(work, "administer", f"unlink account {number}")
    link = link_by_number(work.connection, number)
    if link is None:
        raise NotFound(what=f"account {number}")
    ended = end_link(work.connection, number, work.at)
    work.record("identity.unlinked", None, **who, login=link.login, issuer=link.issuer, link=number, sessions=ended)
    return Receipt(state="unlinked", number=number, name=link.login)
