"""However many cases have news that waits, or that cannot be applied, those behind them get theirs."""

from __future__ import annotations

import pytest

from engine import Receipt
from engine.commands.apply_event import apply_event
from engine.storage import UnitOfWork, placements, tables
from engine.worker import arrivals
from engine.worker.arrivals import Arrivals
from tests.engine.placement_news import Partner
from tests.small_office import Play

BOTH = "start -> user A -> catch lat (message siskop2mi_pelatihan) -> user B -> end"
CALLED_OFF = "start -> user A -> catch batal (message siskop2mi_batal) -> user B -> end"


@pytest.fixture
def partner(play: Play, monkeypatch: pytest.MonkeyPatch) -> Partner:
    monkeypatch.setattr(placements, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(arrivals, "MOST_AT_ONCE", 3)
    monkeypatch.setattr("engine.runtime.engine.MOST_AT_ONCE", 3)
    return Partner(play)


def told_early(partner: Partner, cases: list[str], kind: str) -> None:
    for place, case in enumerate(cases):
        partner.tell(kind, 1, case=case, message=f"m-{case}", reference=f"R-{place}")


def test_news_that_waits_hides_none_behind_it(partner: Partner) -> None:
    early = [partner.placed(BOTH), *(partner.again() for _ in range(4))]
    last = partner.again()
    for each in partner.play.items():
        partner.play.complete_number(each)
    told_early(partner, early, "departed")
    partner.tell("trained", 1, case=last, message="m-last", reference="R-last")

    partner.work()

    assert partner.open() == ["B"]
    assert partner.play.engine.placements_to_move() == ()


def test_waiting_for_the_calling_off_lets_nothing_be_looked_at_for_ever(partner: Partner) -> None:
    early = [partner.placed(CALLED_OFF), *(partner.again() for _ in range(4))]
    for each in partner.play.items():
        partner.play.complete_number(each)
    told_early(partner, early, "departed")

    assert partner.play.engine.placements_to_move() == ()


def test_a_case_that_is_over_below_one_that_runs_is_not_looked_at_for_ever(partner: Partner) -> None:
    number = partner.placed("start -> user A -> end")
    partner.play.open()
    with partner.play.engine.begin(at=partner.play.now) as work:
        below = {"parent_id": 2, "state": "completed"}
        work.connection.execute(tables.case.update().where(tables.case.c.id == 1).values(**below))
    partner.tell("departed", 1, case=number)

    assert partner.play.engine.placements_to_move() == ()


def test_cases_that_cannot_be_moved_hide_none_behind_them(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [partner.placed(BOTH), *(partner.again() for _ in range(7))]
    for each in partner.play.items():
        partner.play.complete_number(each)
    told_early(partner, cases, "trained")

    def sick(work: UnitOfWork, case: int) -> Receipt:
        if case <= 6:
            raise RuntimeError("uji")
        return apply_event(work, case)

    monkeypatch.setattr(arrivals, "apply_event", sick)
    one = Arrivals(partner.play.engine)

    assert sum(one.work(partner.play.now) for _ in range(3)) == 2
    assert partner.open() == ["B", "B"]
