"""Carry what is encrypted over to the current key, some cells at a time, while everybody goes on working."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import HOUSE
from engine.storage import UnitOfWork
from engine.storage.cells import relock


def rotate_keys(work: UnitOfWork, *, most: int = 500) -> Receipt:
    """Encrypt up to `most` cells anew that stand under an earlier key. The receipt's number says how many there were.

    Refused to officers: it is the house's own business, on the server's command line.
    """
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="rotate keys", post=HOUSE)
    done = relock(work.connection, work.keys, most)
    if done:
        work.record("keys.rotated", key=work.keys.newest().current, cells=done)
    return Receipt(state="more" if done else "done", number=done)
