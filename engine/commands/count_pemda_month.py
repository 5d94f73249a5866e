"""Count the figures of a month that has ended, once and for all, as every local government is told its part of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.course.by_pemda import citizens
from engine.domain.pemda import month_ends
from engine.domain.receipt import Receipt
from engine.domain.small_numbers import KEPT_BACK, LEAST, SMALL, veiled
from engine.errors import NotValid
from engine.rights import expect_power
from engine.storage import UnitOfWork
from engine.storage.citizens import PROTECTED
from engine.storage.pemda import add_month, has_month


def count_pemda_month(work: UnitOfWork, month: str) -> Receipt:
    """Keep the figures with small numbers kept back: `counted`, or `stood` where that was done before.

    Refused for a month that has not ended, and for a text that names none.
    """
    who = expect_power(work, "administer", "count the figures for local governments")
    try:
        ends = month_ends(month)
    except ValueError:
        raise NotValid(what="the month", wanted="one like 2026-10", found=f"“{month[:10]}”") from None
    if ends > work.at:
        raise NotValid(what="the month", wanted="over", found=month)
    if has_month(work.connection, month):
        return Receipt(state="stood", name=month)
    told = citizens(work)
    counts = told.counted(month)
    origins = veiled(counts["origins"])
    rest = _around(counts["origins"]), _around(counts["repeats"])

    def tells_who(area: str) -> bool:
        """Whether it would say of nearly everybody on a list of names that they came again, or that they did not."""
        known = origins.get(area, KEPT_BACK)
        return (
            known in (SMALL, KEPT_BACK)
            or 0 < rest[0].get(area, 0) - rest[1].get(area, 0) < LEAST
            or (rest[0].get(area, 0) == rest[1].get(area, 0))
        )

    figures = {
        "origins": origins,
        "repeats": veiled(counts["repeats"], keep_back=tells_who),
        "recruiters": veiled(counts["recruiters"]),
        PROTECTED: told.protected_by(ends),
    }
    add_month(work.connection, month, figures, work.at)
    work.record("pemda_month.counted", None, **who, month=month)
    return Receipt(state="counted", name=month)


def _around(counts: Mapping[str, int]) -> dict[str, int]:
    """The count of every area around these places."""
    total: dict[str, int] = {}
    for place, count in counts.items():
        parts = place.split(".")
        for length in range(1, len(parts) + 1):
            area = ".".join(parts[:length])
            total[area] = total.get(area, 0) + count
    return total
