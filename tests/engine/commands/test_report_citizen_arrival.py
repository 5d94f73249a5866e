"""A local government reports that a citizen has come home."""

import pytest

from engine import NotFound, WrongState, report_citizen_arrival
from engine.storage import tables
from tests.engine.homes import Homes


def test_it_is_kept_once_and_the_office_is_told(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    homes.do(report_citizen_arrival, login, number, happened_at=homes.play.now, note="Dijemput kakaknya")
    with pytest.raises(WrongState):
        homes.do(report_citizen_arrival, login, number, happened_at=homes.play.now)

    (row,) = homes.play.rows(tables.pemda_report)
    assert row["kind"] == "arrived"
    assert "Dijemput" not in str(row) + str(homes.records("citizen_arrival.reported"))
    assert "handover.pemda-arrival" in {row["kind"] for row in homes.play.rows(tables.notice)}


def test_where_a_drawing_waits_for_it_the_case_moves(homes: Homes) -> None:
    homes.play.publish("start -> catch arrived (message pemda_lapor_tiba) -> user After -> end", code="home")
    number, login = homes.case(), homes.pemda()

    homes.do(report_citizen_arrival, login, number, happened_at=homes.play.now)

    assert "After" in {each.element for each in homes.play.items()}


def test_nobody_reports_another_areas_citizen(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda("36")

    with pytest.raises(NotFound):
        homes.do(report_citizen_arrival, login, number, happened_at=homes.play.now)
