"""Put the figures of a period before the public: from then on they stay as they are, at their address."""

from __future__ import annotations

from typing import Any

from engine.domain.figures import FIGURES, Period
from engine.domain.organisation import OfficeKind
from engine.domain.receipt import Receipt
from engine.errors import NotFound, NotYours, WrongState
from engine.rights import expect_officer, expect_power
from engine.storage import UnitOfWork
from engine.storage.figures import seal_of


class FiguresChanged(WrongState):
    """Expected to publish the figures of {period} as you saw them, but they were made anew since. Please look at them again."""


def publish_figures(work: UnitOfWork, period: str, *, seen: str) -> Receipt:
    """Publish everything that is prepared of a period. `seen` is the seal of what the officer has looked at.

    Refused to who has no such power in the head office, where nothing is prepared, and where it was made anew since.
    """
    officer = expect_officer(work, "publish figures")
    who = expect_power(work, FIGURES, "publish figures")
    powers, offices = work.organisation.powers, work.organisation.offices
    if not any(
        FIGURES in powers.get(each.post, ()) and offices[each.office].kind is OfficeKind.HEAD
        for each in officer.holdings
    ):
        raise NotYours(who=officer.name, act="publish figures", post="office of the head office")
    work.hold_house()
    found = work.figures.prepared(Period.of(period).text)
    if not found:
        raise NotFound(what=f"figures of {period} that wait to be published")
    if seal_of(found) != seen:
        raise FiguresChanged(period=period)
    work.figures.publish([each.number for each in found], by=officer.number, at=work.at)
    for each in found:
        told: dict[str, Any] = {
            "dataset": each.dataset,
            "period": period,
            "edition": each.edition,
            "sha256": each.sha256,
        }
        work.record("figures.published", None, **who, **told)
    return Receipt(state="published", number=len(found))
