"""Make a post known, or change its title."""

from __future__ import annotations

from engine.domain.organisation import Post
from engine.domain.receipt import Receipt
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.organisation_rows import put_post


def add_post(work: UnitOfWork, post: Post) -> Receipt:
    """Store a post that lanes may name and officers hold. Refused to who does not administer."""
    who = expect_power(work, "administer", f"add post {post.code}")
    put_post(work.connection, post)
    work.organisation_changed()
    work.record("post.added", None, **who, code=post.code, title=post.title, powers=sorted(post.powers))
    return Receipt(state="added", name=post.code)
