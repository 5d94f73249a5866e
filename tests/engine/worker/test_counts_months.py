"""The month that is over is counted by itself, where anybody is told of it."""

from engine.storage import tables
from engine.worker.housekeeping import Housekeeping
from tests.engine.homes import Homes


def test_it_is_counted_once_where_there_is_a_local_government(homes: Homes) -> None:
    homes.pemda()
    homes.next_month()
    for turn in (Housekeeping(homes.play.engine), Housekeeping(homes.play.engine)):
        turn.tidy(homes.play.now)

    assert [row["month"] for row in homes.play.rows(tables.pemda_month)] == ["2026-05"]
    assert len(homes.records("pemda_month.counted")) == 1


def test_nothing_is_counted_for_nobody(homes: Homes) -> None:
    homes.next_month()
    Housekeeping(homes.play.engine).tidy(homes.play.now)

    assert homes.play.rows(tables.pemda_month) == []
