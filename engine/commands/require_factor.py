"""Say from which day on the holders of a post need a second factor."""

from __future__ import annotations

from datetime import date

from engine.domain.receipt import Receipt
from engine.domain.sign_on import ANY_POST
from engine.errors import NotFound
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import post_exists
from engine.storage.second_factor import set_factor_rule


def require_factor(work: UnitOfWork, post: str = ANY_POST, *, since: date | None) -> Receipt:
    """Require it of the holders of one post, or of everybody who holds any and so sees persons; without a day, no longer.

    From that day who has none yet can do nothing but set it up. Refused without the power, and for an unknown post.
    """
    who = expect_power(work, "administer", "change who needs a second factor")
    if post != ANY_POST and not post_exists(work.connection, post):
        raise NotFound(what=f"post {post}")
    set_factor_rule(work.connection, post, since, work.at)
    work.organisation_changed()
    work.record("factor.required", None, **who, held=post, since=since.isoformat() if since else "")
    return Receipt(state="required" if since else "free", name=post)
