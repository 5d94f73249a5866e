"""How the second factor is set up, tried and renewed: one set of rules for officers and for people of local governments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from engine.domain.sign_on import Factor
from engine.errors import WrongState
from engine.storage import UnitOfWork
from engine.storage.second_factor import Book, begin, confirm, draw_recovery_codes, factor_of, hold, take, take_code

TRIES: Final = ((timedelta(minutes=15), 5), (timedelta(days=1), 30))
"""So many wrong codes in so long a time, and no code helps: who tries has the password already."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose second factor it is."""

    book: Book
    number: int
    known_as: str
    """Their name in the record of accesses, under which wrong codes are counted."""
    refused: str
    """The kind under which a wrong code is noted."""


def draw_secret(work: UnitOfWork, whose: Bearer, act: str) -> str:
    """A fresh secret for the device. Refused where a second factor stands already: it is reset first."""
    found = factor_of(work.connection, whose.number, whose.book)
    if found is not None and found.confirmed_at is not None:
        raise WrongState(act=act, what="it", state="set up already")
    return begin(work.connection, work.keys, whose.number, work.at, whose.book)


def confirm_secret(work: UnitOfWork, whose: Bearer, code: str, act: str) -> tuple[str, ...]:
    """Take the first code, and tell the recovery codes; none where the code is wrong. Refused where nothing was begun."""
    found = factor_of(work.connection, whose.number, whose.book)
    if found is None or found.confirmed_at is not None:
        raise WrongState(act=act, what="it", state="not begun" if found is None else "set up already")
    if not take_code(work.connection, work.keys, whose.number, code, work.at, whose.book):
        return ()
    confirm(work.connection, whose.number, work.at, whose.book)
    return draw_recovery_codes(work.connection, whose.number, whose.book)


def try_code(work: UnitOfWork, whose: Bearer, code: str, address: str) -> Factor | None:
    """What a code is that was typed, each good once; a wrong one is counted. None after too many: nothing helps then."""
    hold(work.connection, whose.number, whose.book)
    if _exhausted(work, whose):
        return None
    found = take(work.connection, work.keys, whose.number, code, work.at, whose.book)
    if found is Factor.NONE:
        work.trail.note(whose.refused, work.at, whose.known_as, address=address)
    return found


def renew_codes(work: UnitOfWork, whose: Bearer, code: str, act: str) -> tuple[str, ...] | None:
    """Fresh recovery codes for a code of the device; none where it is wrong, None after too many wrong ones.

    Refused where there is no second factor.
    """
    hold(work.connection, whose.number, whose.book)
    found = factor_of(work.connection, whose.number, whose.book)
    if found is None or found.confirmed_at is None:
        raise WrongState(act=act, what="the second factor", state="not set up")
    if _exhausted(work, whose):
        return None
    if not take_code(work.connection, work.keys, whose.number, code, work.at, whose.book):
        work.trail.note(whose.refused, work.at, whose.known_as)
        return ()
    return draw_recovery_codes(work.connection, whose.number, whose.book)


def _exhausted(work: UnitOfWork, whose: Bearer) -> bool:
    counted = ((work.trail.noted_since(whose.refused, whose.known_as, work.at - span), most) for span, most in TRIES)
    return any(found >= most for found, most in counted)
