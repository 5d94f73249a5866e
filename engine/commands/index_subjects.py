"""Make anew what persons are found by, where it was made by an earlier edition of the rules."""

from __future__ import annotations

from engine.domain.receipt import Receipt
from engine.errors import NotYours
from engine.rights import HOUSE
from engine.storage import UnitOfWork


def index_subjects(work: UnitOfWork, *, most: int = 500) -> Receipt:
    """Index up to `most` persons anew. The receipt's number says how many there were. Refused to officers."""
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="index persons", post=HOUSE)
    done = work.subjects.index_anew(most)
    if done:
        work.record("subjects.indexed", persons=done)
    return Receipt(state="more" if done >= most else "done", number=done)
