"""Who may publish: the holders of the posts that carry that power. Asked under the lock, each time."""

from __future__ import annotations

from engine import UnitOfWork, expect_power

POWER = "publish"


def expect_owner(work: UnitOfWork, act: str) -> dict[str, str]:
    """Refuse an officer who holds no post that publishes. Returns in what capacity; the house itself may always."""
    return expect_power(work, POWER, act)
