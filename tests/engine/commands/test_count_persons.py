"""Counting persons by sex and age."""

from __future__ import annotations

import pytest

from engine import NotYours, count_persons
from engine.storage import tables
from tests.figures_history import FEMALE, MALE, OCTOBER, History
from tests.small_office import Play


def test_sums_alone_come_back_by_sex_and_by_age_on_the_day_of_the_case(play: Play) -> None:
    history = History(play.engine)
    for born in ("2008-10-13", "2008-10-12", "1986-10-12", "1981-10-13", "1981-10-12", "bukan tanggal", "2030-01-01"):
        history.case(person={**FEMALE, "tanggal_lahir": born})
    history.case(person=MALE)
    history.case()

    found = play.engine.perform(count_persons, "2026-10", at=OCTOBER)

    assert found.sexes == {"perempuan": 7, "laki-laki": 1, "": 1}
    assert found.ages == {"0-17": 1, "18-24": 1, "35-44": 2, "45+": 1, "": 4}


def test_it_is_noted_how_many_were_read_and_of_whom_is_not(play: Play) -> None:
    history = History(play.engine)
    history.cases(3, person=FEMALE)

    play.engine.perform(count_persons, "2026-10", at=OCTOBER)

    (noted,) = [row for row in play.rows(tables.access_record) if row["kind"] == "persons.counted"]
    assert (noted["subject_id"], noted["case_id"], noted["data"]["cases"]) == (None, None, 3)
    assert [row["kind"] for row in play.rows(tables.audit)][-1] == "persons.counted"


def test_nothing_is_noted_where_nobody_is_counted(play: Play) -> None:
    History(play.engine)

    play.engine.perform(count_persons, "2026-09", at=OCTOBER)

    assert [row for row in play.rows(tables.access_record) if row["kind"] == "persons.counted"] == []


def test_no_officer_does_it(play: Play) -> None:
    with pytest.raises(NotYours):
        play.engine.perform(count_persons, "2026-10", officer="sri", at=OCTOBER)
