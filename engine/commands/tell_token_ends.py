"""Tell whoever a token acts for that it ends soon, so that the program goes on with another."""

from __future__ import annotations

from engine.course.telling import tell
from engine.domain.notice import NoticeKind
from engine.domain.receipt import Receipt
from engine.domain.token import TOLD_BEFORE
from engine.storage import UnitOfWork
from engine.storage.identity import ending_tokens, set_token_told


def tell_token_ends(work: UnitOfWork) -> Receipt:
    """Tell of every good token that ends within two weeks, each once. The receipt's number says of how many."""
    ending = ending_tokens(work.connection, work.at, work.at + TOLD_BEFORE)
    for row in ending:
        told = {"officers": [row.officer_id], "name": row.name, "until": row.expires_at.isoformat()}
        tell(work, None, NoticeKind.TOKEN_ENDS, f"token {row.id}", **told)
        set_token_told(work.connection, row.id, work.at)
    return Receipt(state="told", number=len(ending))
