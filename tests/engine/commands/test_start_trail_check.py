"""Asking for a check of every chain."""

from __future__ import annotations

import pytest

from engine import NotYours, add_post, start_trail_check
from engine.domain.organisation import Post
from engine.storage import tables
from tests.engine.people import hire
from tests.small_office import MORNING, Play


@pytest.fixture
def house(play: Play) -> Play:
    with play.engine.begin(at=MORNING) as work:
        add_post(work, Post("auditor", "Auditor", ("audit",)))
    hire(play, "rini", ("auditor", "JATENG"))
    return play


def start(play: Play, login: str = "rini") -> str:
    return str(play.engine.perform(start_trail_check, officer=login, at=play.now).state)


def kinds(play: Play) -> list[str]:
    return [row["kind"] for row in play.rows(tables.audit) if row["kind"].startswith("trail_check.")]


def test_a_check_is_asked_for_once_while_it_is_under_way(house: Play) -> None:
    assert (start(house), start(house)) == ("started", "running")
    assert kinds(house) == ["trail_check.started"]


def test_the_worker_reads_it_piece_by_piece_and_keeps_the_result(house: Play) -> None:
    start(house)

    turns = 0
    while house.engine.check_trail(at=house.now):
        turns += 1

    assert turns == 3  # the acts, the seals, and the looks that have none
    assert kinds(house) == ["trail_check.started", "trail_check.finished"]
    assert house.engine.check_trail(at=house.now) == 0
    assert start(house) == "started"


def test_who_may_not_read_the_audit_asks_for_none(house: Play) -> None:
    with pytest.raises(NotYours):
        start(house, "sri")

    assert kinds(house) == []
