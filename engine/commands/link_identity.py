"""Let an account of another house in as an officer, because an administrator says whose it is."""

from __future__ import annotations

from typing import Final

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid, WrongState
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import officer_row
from engine.storage.sign_on import add_link, find_link

LONGEST: Final = 255


def link_identity(work: UnitOfWork, login: str, *, issuer: str, subject: str) -> Receipt:
    """Link the account `subject` of the provider `issuer` to an officer; it never links itself by a name or an address.

    Refused without the power, for unknown officers, and for an account that lets somebody in already.
    """
    who = expect_power(work, "administer", f"link an account to {login}")
    for what, text in (("the issuer", issuer), ("the subject", subject)):
        if not 0 < len(text) <= LONGEST or text != text.strip():
            raise NotValid(
                what=what, wanted=f"1 to {LONGEST} letters without blanks around them", found=f"“{text[:40]}”"
            )
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"an active officer {login}")
    known = find_link(work.connection, issuer, subject)
    if known is not None:
        raise WrongState(act=f"link an account to {login}", what="this account", state=f"linked to {known.login}")
    by = work.officer.number if work.officer else None
    made = add_link(work.connection, number, issuer, subject, by=by, at=work.at)
    work.record("identity.linked", None, **who, login=login, issuer=issuer, link=made)
    return Receipt(state="linked", number=made, name=login)
