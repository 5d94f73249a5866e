"""What a slip opens, once its code and PIN are right: one case, and no other. Shared by what the person may do with it."""

from __future__ import annotations

from datetime import timedelta

from engine.storage import UnitOfWork
from engine.storage.slips import Slip

LOOKS_BACK = timedelta(minutes=15)
MOST_OF_CODE, MOST_EVER, MOST_FROM_ADDRESS = 5, 50, 30
"""Wrong tries after which nothing opens: of one code lately, of one code at all, and from one address lately."""


def open_slip(work: UnitOfWork, code: str, pin: str, address: str) -> Slip | None:
    """Find the slip, and remember the try. None for a wrong code, a wrong PIN and too many tries alike."""
    if has_tried_too_often(work, code, address):
        return None  # before the PIN is hashed, which is slow so that it cannot be guessed: nobody keeps the house busy by it
    found = work.slips.open(code, pin, work.at)
    work.slips.note_try(code, address, work.at, succeeded=found is not None)
    return found


def has_tried_too_often(work: UnitOfWork, code: str, address: str) -> bool:
    """Whether a code was tried wrongly so often, or so much was tried from an address, that nothing opens for now."""
    lately, ever, near = work.slips.failures(code, address, work.at, LOOKS_BACK)
    return lately >= MOST_OF_CODE or ever >= MOST_EVER or near >= MOST_FROM_ADDRESS
