"""Putting figures before the public."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotYours, add_post, prepare_figures, publish_figures
from engine.commands.publish_figures import FiguresChanged
from engine.domain.figures import FIGURES, Made
from engine.domain.organisation import Post
from engine.queries.figures import figure_file, prepared_figures, prepared_file, published_figures
from engine.storage import tables
from tests.engine.people import hire
from tests.figures_history import STEWARD, History
from tests.small_office import MORNING, Play


@pytest.fixture
def house(play: Play) -> Play:
    """Two data sets of October wait."""
    History(play.engine)
    prepare(play, "month,count\r\n2026-10,29\r\n")
    return play


def prepare(play: Play, csv: str) -> None:
    two = [Made(each, "2026-10", csv, "{}", str(len(csv)) * 32, 1) for each in ("dispositions", "hand-overs")]
    play.engine.perform(prepare_figures, two, at=play.now)


def ask(play: Play, query: Any, *args: Any) -> Any:
    with play.engine.reading(at=play.now) as reader:
        return query(reader, *args)


def seal(play: Play, login: str = STEWARD) -> str:
    (waiting,) = ask(play, prepared_figures, play.engine.officer(login, at=play.now))
    return str(waiting.seal)


def publish(play: Play, seen: str, login: str | None = STEWARD) -> Any:
    return play.engine.perform(publish_figures, "2026-10", seen=seen, officer=login, at=play.now + timedelta(hours=1))


def test_a_whole_month_is_published_at_once_and_recorded(house: Play) -> None:
    with pytest.raises(NotFound):
        ask(house, figure_file, "dispositions")

    done = publish(house, seal(house))

    assert (done.state, done.number) == ("published", 2)
    assert [each.dataset for each in ask(house, published_figures)] == ["dispositions", "hand-overs"]
    assert ask(house, figure_file, "dispositions").edition.published_at == house.now + timedelta(hours=1)
    records = [row for row in house.rows(tables.audit) if row["kind"] == "figures.published"]
    assert [(each["data"]["dataset"], each["officer"]) for each in records] == [
        ("dispositions", STEWARD),
        ("hand-overs", STEWARD),
    ]


def test_what_was_made_anew_since_it_was_looked_at_is_not_published(house: Play) -> None:
    looked_at = seal(house)
    prepare(house, "month,count\r\n2026-10,30\r\n")

    with pytest.raises(FiguresChanged):
        publish(house, looked_at)

    assert ask(house, published_figures) == ()
    publish(house, seal(house))
    with pytest.raises(NotFound):
        publish(house, looked_at)


def test_only_who_holds_the_power_in_the_head_office_publishes_and_looks(house: Play) -> None:
    hire(house, "jauh", ("walidata", "JATENG"))
    with house.engine.begin(at=MORNING) as work:
        add_post(work, Post("auditor", "Auditor", ("audit",)))
    hire(house, "rini", ("auditor", "PUSAT"))

    looked_at = seal(house, "rini")
    for login in ("sri", "jauh", "rini", None):
        with pytest.raises(NotYours):
            publish(house, looked_at, login)
    for login in ("sri", "jauh"):
        with pytest.raises(NotYours):
            seal(house, login)
        with pytest.raises(NotYours):
            ask(house, prepared_file, house.engine.officer(login, at=house.now), 1)


def test_one_that_waits_is_shown_until_it_is_published(house: Play) -> None:
    officer = house.engine.officer(STEWARD, at=house.now)
    number = house.rows(tables.figure_edition)[0]["id"]

    assert ask(house, prepared_file, officer, number).csv.startswith("month,count")
    publish(house, seal(house))
    with pytest.raises(NotFound):
        ask(house, prepared_file, officer, number)


def test_the_power_is_one_that_a_post_may_carry() -> None:
    assert FIGURES == "figures"
