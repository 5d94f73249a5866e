"""Keep figures that were made, for the head office to look at before anybody else does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.domain.figures import MOST_REASON, Made, Period
from engine.domain.receipt import Receipt
from engine.errors import NotValid, NotYours, WrongState
from engine.rights import HOUSE
from engine.storage import UnitOfWork


class FiguresPublished(WrongState):
    """Expected to prepare {dataset} of {period} the first time, but it was published. A correction says why it is made."""


class NoFiguresYet(WrongState):
    """Expected to correct {dataset} of {period}, but nothing of it was published yet."""


def prepare_figures(work: UnitOfWork, made: Sequence[Made], *, reason: str = "") -> Receipt:
    """Keep these data sets as the next editions; what was prepared of them and not published goes.

    With a reason they are corrections. Refused to officers, without a reason where an edition was published, with one
    where none was, and with one that is too long.
    """
    if work.officer is not None:
        raise NotYours(who=work.officer.name, act="prepare figures", post=HOUSE)
    why = " ".join(reason.split())
    if len(why) > MOST_REASON:
        raise NotValid(what="the reason", wanted=f"at most {MOST_REASON} characters", found=len(why))
    work.hold_house()
    for each in made:
        Period.of(each.period)
        last = work.figures.published(each.dataset, each.period)
        if last and not why:
            raise FiguresPublished(dataset=each.dataset, period=each.period)
        if why and not last:
            raise NoFiguresYet(dataset=each.dataset, period=each.period)
        work.figures.prepare(each, edition=last + 1, reason=why, at=work.at)
        said: dict[str, Any] = {"dataset": each.dataset, "period": each.period, "edition": last + 1}
        said |= {"sha256": each.sha256} | ({"reason": why} if why else {})
        work.record("figures.prepared", None, **said)
    return Receipt(state="prepared", number=len(made))
