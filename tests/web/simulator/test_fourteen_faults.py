"""Fourteen ways in which the placement system fails, each while reports go to it: nothing is lost, nothing is doubled.

The stand-in is a process of its own, and the calls are real; only the clock of who sends is turned on by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from engine import resolve_dispatch
from engine.delivery import NotReported, Placements, StaleCursor
from engine.domain.partner_line import OPENS_AFTER
from engine.domain.placement import PARTNER
from engine.storage import tables
from tests.engine.placements_out import Reports, reporting, send_all
from tests.small_office import Play
from tests.web.simulator.served import Apart
from web.simulator import Fault
from web.simulator.faults import OF_ANSWERS

LONG = 20
"""Reports for each way to fail."""
SHORT = 2
RATE = 0.5
EACH = [
    pytest.param(count, id=f"{count} each", marks=[pytest.mark.long] if count == LONG else [])
    for count in (SHORT, LONG)
]


@pytest.fixture(scope="module")
def stand() -> Iterator[Apart]:
    made = Apart("--slow-seconds", "0.5", "--seed", "11")
    yield made
    made.close()


@pytest.fixture
def healthy(stand: Apart) -> Iterator[Apart]:
    """The stand-in, failing in no way."""
    stand.fail()
    yield stand
    stand.fail()


def line(stand: Apart) -> Placements:
    return Placements(stand.url, lambda: "token-uji", private=True, timeout=0.3, altogether=1.0)


def ours(play: Play) -> dict[str, str]:
    """What became of each report of this play, by its key."""
    return {row["key"]: row["state"] for row in play.rows(tables.dispatch)}


def theirs(stand: Apart, play: Play) -> Counter[str]:
    """How often each of them was stored there: the store has one row for each time that one was taken as new."""
    keys = ours(play)
    return Counter(each["key"] for each in stand.state()["reports"] if each["key"] in keys)


def unknown_listed(play: Play) -> list[int]:
    return [row["id"] for row in play.rows(tables.dispatch) if row["state"] == "unknown"]


@pytest.mark.parametrize("count", EACH)
@pytest.mark.parametrize("fault", sorted(OF_ANSWERS))
def test_nothing_is_lost_or_doubled(play: Play, healthy: Apart, fault: Fault, count: int) -> None:
    reports = Reports(play)
    for _ in range(count):
        reports.begin()
    healthy.fail_by({fault: RATE})

    way = reporting(play, line(healthy))
    send_all(play, way)

    states, stored = ours(play), theirs(healthy, play)
    assert set(states.values()) <= {"sent", "unknown"}
    assert {key for key, state in states.items() if state == "sent"} <= set(stored)
    assert set(stored.values()) <= {1}

    healthy.fail()
    for each in unknown_listed(play):
        play.engine.perform(resolve_dispatch, each, arrived=False, at=play.now)
    send_all(play, way)

    assert set(ours(play).values()) == {"sent"}
    assert theirs(healthy, play) == dict.fromkeys(ours(play), 1)


def events_of(one: Placements, cases: set[str]) -> list[dict[str, Any]]:
    """Everything that was told of these cases, read as whoever polls reads it: on from the last place, or anew."""
    found: list[dict[str, Any]] = []
    after, fresh = "", 0
    while True:
        try:
            page = one.events(after, most=5)
        except StaleCursor:
            after, found, fresh = "", [], fresh + 1
            assert fresh < 1_000
            continue
        except NotReported:
            continue
        found += [dict(each) for each in page.rows if each["case"] in cases]
        after = page.cursor
        if not page.more:
            return found


@pytest.mark.parametrize("count", EACH)
@pytest.mark.parametrize("fault", sorted({*Fault} - OF_ANSWERS))
def test_no_event_is_lost_however_it_is_told(play: Play, healthy: Apart, fault: Fault, count: int) -> None:
    reports = Reports(play)
    cases = {reports.begin() for _ in range(count)}
    send_all(play, reporting(play, line(healthy)))
    healthy.fail_by({fault: 0.2 if fault is Fault.STALE_CURSOR else RATE})

    made = [healthy.happen(case)["made"] for case in sorted(cases)]
    healthy.ask("POST", "/held/tell")
    told = events_of(line(healthy), cases)

    assert {each["message"] for each in made} <= {each["message"] for each in told}
    by_id: dict[str, list[dict[str, Any]]] = {}
    for each in told:
        by_id.setdefault(each["message"], []).append(each)
    assert all(each == same[0] for same in by_id.values() for each in same)


@pytest.mark.parametrize("fault", [Fault.FAILED, Fault.RESET, Fault.GARBAGE, Fault.SLOW, Fault.REDIRECT])
def test_the_line_opens_within_ten_failures_and_closes_within_a_minute(
    play: Play, healthy: Apart, fault: Fault
) -> None:
    reports = Reports(play)
    for _ in range(12):
        reports.begin()
    healthy.fail_by({fault: 1})
    before = healthy.state()["drawn"].get(fault, 0)
    way = reporting(play, line(healthy))

    way.work(play.now)

    assert play.engine.line(PARTNER).open
    assert healthy.state()["drawn"][fault] - before <= 10 >= OPENS_AFTER
    play.now += timedelta(seconds=35)
    way.work(play.now)
    healthy.fail()
    back = play.now
    while play.engine.line(PARTNER).open:
        play.now = way.next_at(play.now) or play.now
        way.work(play.now)
    assert play.now - back <= timedelta(seconds=60)
