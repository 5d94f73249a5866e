"""Who may publish: the holders of the posts that carry that power. Asked under the lock, each time.

Who holds such a post in the head office publishes everything; who holds one in another office only, that office's
variants of central SOPs and nothing else.
"""

from __future__ import annotations

from engine import NotYours, UnitOfWork, expect_power

POWER = "publish"


class NotYourOffice(NotYours):
    """Expected {who} to {act} of the own office only, but this is the work of {post}."""


def expect_owner(work: UnitOfWork, act: str, office: str | None = None) -> dict[str, str]:
    """Refuse an officer who holds no post that publishes; given an `office`, who may not publish for it.

    `office` is the office of a variant, empty for an SOP of every office. Returns in what capacity; the house itself may always.
    """
    who = expect_power(work, POWER, act)
    if work.officer is None or office is None:
        return who
    powers, head = work.organisation.powers, work.organisation.head
    places = {each.office for each in work.officer.holdings if POWER in powers.get(each.post, ())}
    if head in places or (office and office in places):
        return who
    raise NotYourOffice(who=work.officer.name, act=act, post=f"office {office or head}")
