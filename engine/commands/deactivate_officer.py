"""Take an officer out of the house: nobody signs in as them any more, and what they had in hand goes back."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.identity import revoke_sessions_of, revoke_tokens_of
from engine.storage.organisation_rows import officer_row, reserved_by, set_active


def deactivate_officer(work: UnitOfWork, login: str, *, reason: str) -> Receipt:
    """End every session and token of an officer and give their reserved work items back to their posts.

    What they did stays under their name, and so do their posts with their dates. Refused without a reason, for who is
    not active, and to whoever may not administer the house.
    """
    who = expect_power(work, "administer", f"deactivate officer {login}")
    if not reason.strip():
        raise NotValid(what="the reason", wanted="given", found="missing")
    number = officer_row(work.connection, login)
    if number is None:
        raise NotFound(what=f"an active officer {login}")
    items = reserved_by(work.connection, number)
    for each in items:
        _give_back(work, each, number)
    set_active(work.connection, number, active=False)
    revoke_sessions_of(work.connection, number, work.at)
    revoke_tokens_of(work.connection, number, work.at)
    work.record("officer.deactivated", None, **who, login=login, reason=reason, items=len(items))
    return Receipt(state="deactivated", number=number, name=login)


def _give_back(work: UnitOfWork, number: int, officer: int) -> None:
    """The house gives it back; whoever opens the page sees that it was changed."""
    held, item, _ = work.cases.lock_for_item(number)
    if item.officer != officer:
        return
    item = item.release(by=officer, at=work.at)
    work.cases.save_item(item)
    work.record(
        "work_item.released",
        held.case,
        item=item.number,
        token=item.token,
        element=item.element,
        why="officer deactivated",
    )
