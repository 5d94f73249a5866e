"""Taking numbers out of the house leaves a note of who took what, and what for."""

from __future__ import annotations

import pytest

from engine import NotValid, NotYours, add_post, export_figures
from engine.commands.export_figures import MOST, TooManyExports
from engine.domain.organisation import Post
from tests.engine.people import hire
from tests.small_office import MORNING, Play


@pytest.fixture
def office(play: Play) -> Play:
    with play.engine.begin(at=MORNING) as work:
        add_post(work, Post("kepala", "Kepala", ("oversee",)))
    hire(play, "rini", ("kepala", "JATENG"))
    return play


def take(play: Play, login: str = "rini", **more: str) -> object:
    given = {"kind": "csv", "purpose": "Laporan triwulan", **more}
    return play.engine.perform(export_figures, "sop", officer=login, at=play.now, **given)


def test_what_is_taken_out_is_noted_with_its_purpose(office: Play) -> None:
    from engine.storage import tables  # noqa: PLC0415

    take(office)

    (note,) = [row for row in office.rows(tables.access_record) if row["kind"] == "figures.exported"]
    assert (note["officer"], note["data"]["what"], note["data"]["purpose"]) == ("rini", "sop", "Laporan triwulan")


@pytest.mark.parametrize("more", [{"purpose": " "}, {"kind": "exe"}])
def test_without_a_purpose_or_as_another_kind_nothing_is_taken(office: Play, more: dict[str, str]) -> None:
    with pytest.raises(NotValid):
        take(office, **more)


def test_who_oversees_nothing_takes_nothing(office: Play) -> None:
    with pytest.raises(NotYours):
        take(office, "sri")


def test_after_many_within_an_hour_one_has_to_wait(office: Play) -> None:
    with office.engine.begin(at=office.now) as work:
        for _ in range(MOST):
            work.trail.note("figures.exported", office.now, "rini")

    with pytest.raises(TooManyExports):
        take(office)
