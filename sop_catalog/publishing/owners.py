"""Who may publish: the holders of the posts that the register gives that power. Asked under the lock, each time."""

from __future__ import annotations

from engine import NotYours, UnitOfWork
from sop_catalog.registers import posts_with

POWER = "publish"


def expect_owner(work: UnitOfWork, act: str) -> dict[str, str]:
    """Refuse an officer who holds no post that publishes. Returns in what capacity; the house itself may always."""
    if work.officer is None:
        return {}
    posts = posts_with(POWER)
    held = next((each for each in work.officer.holdings if each.post in posts), None)
    if held is None:
        raise NotYours(who=work.officer.name, act=act, post=", ".join(sorted(posts)))
    return {"office": held.office, "post": held.post, "on_behalf": held.acting.value}
