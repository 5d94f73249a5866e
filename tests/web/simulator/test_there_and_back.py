"""A case goes to the stand-in, a process of its own, and comes back step by step: to departure, and six months of monitoring."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from engine.delivery import Hearing, Placements
from engine.domain.placement import MESSAGES, EventKind
from engine.storage import tables
from engine.worker.arrivals import Arrivals
from engine.worker.loop import utc_now
from tests.engine.placements_out import WHO, Reports, reporting, send_all
from tests.small_office import Play
from tests.web.one_app import app_over
from tests.web.simulator.served import Apart
from tests.web.simulator.test_stand_in import begin
from web.simulator.store import COURSE
from web.wiring import Wiring

MONTHS = 6
STEPS = [*COURSE[:-1], *[EventKind.MONITORED] * MONTHS]
DRAWING = "start -> user A -> send S (about siskop2mi_mulai) -> " + " -> ".join(
    [f"catch e{place} (message {MESSAGES[kind]})" for place, kind in enumerate(STEPS)]
    + ["send U (about siskop2mi_tutup)", "user D", "end"]
)


@pytest.fixture
def stand() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.close()


class House:
    """What the worker does, turn by turn."""

    def __init__(self, play: Play, stand: Apart) -> None:
        self.play = play
        line = Placements(stand.url, lambda: "token-uji", private=True, timeout=5.0)
        self.sends = reporting(play, line)
        self.hears = Hearing(play.engine, line, lambda: play.now)
        self.arrivals = Arrivals(play.engine)

    def hear(self) -> None:
        """Half a minute later: ask for news, and let it come to cases."""
        self.play.now += timedelta(seconds=31)
        self.hears.work(self.play.now)
        self.arrivals.work(self.play.now)


def reported(play: Play, stand: Apart) -> tuple[House, Reports, str]:
    """A case that the stand-in knows."""
    stand.fail()
    reports = Reports(play)
    play.publish(DRAWING, A=WHO)
    number = reports.begin()
    house = House(play, stand)
    send_all(play, house.sends)
    return house, reports, number


def test_a_case_goes_there_and_comes_back_step_by_step(play: Play, stand: Apart) -> None:
    house, reports, number = reported(play, stand)

    for place, kind in enumerate(STEPS):
        waiting = {row["message"] for row in play.rows(tables.subscription)}
        assert waiting == {MESSAGES[kind]}, place
        assert stand.happen(number)["made"]["kind"] == kind
        house.hear()
    reports.deliver()
    send_all(play, house.sends)

    assert [each.element for each in play.items()] == ["D"]
    assert reports.states() == [("placement.begun", "sent"), ("placement.closed", "sent")]
    own = [row for row in play.rows(tables.partner_event) if row["case_id"]]
    assert [row["state"] for row in own] == ["applied"] * len(STEPS)
    (known,) = play.rows(tables.partner_case)
    assert (known["sequence"], known["stage"]) == (len(STEPS), "monitored")
    assert next(each for each in stand.state()["placements"] if each["case"] == number)["open"] is False


def test_news_that_is_doubled_late_and_out_of_order_moves_it_once_and_in_order(play: Play, stand: Apart) -> None:
    house, _, number = reported(play, stand)

    for _ in range(4):
        stand.fail_by({"duplicate": 0.4, "late": 0.3, "out-of-order": 0.3})
        stand.happen(number)
        house.hear()
    stand.fail()
    for _ in range(len(STEPS) - 4):
        stand.happen(number)
    stand.ask("POST", "/held/tell")
    for _ in range(3):
        house.hear()

    moved = [row["sequence"] for row in play.rows(tables.partner_event) if row["state"] == "applied"]
    assert sorted(moved) == list(range(1, len(STEPS) + 1))
    received = [row["data"]["message"] for row in play.rows(tables.audit) if row["kind"] == "message.received"]
    assert received == [MESSAGES[each] for each in STEPS]


def test_what_the_stand_in_signs_is_heard_at_the_door(wiring: Wiring, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("rahasia-uji\n")
    now = replace(
        wiring, settings=replace(wiring.settings, siskop2mi_secret=secret), clock=utc_now
    )  # the stand-in signs the true time
    server = make_server("127.0.0.1", 0, app_over(now), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    door = f"http://127.0.0.1:{server.server_port}/api/siskop2mi/events"
    stand = Apart("--webhook", door, environment={"LAJUR_SISKOP2MI_SECRET": str(secret)})
    begin(stand, "S-2026-99999")

    stand.happen("S-2026-99999")

    answers = stand.state()["answers"]
    stand.close()
    server.shutdown()
    server.server_close()
    assert list(answers.values()) == ["204"]
    with wiring.engine.database.reading() as connection:
        assert connection.execute(tables.partner_event.select()).one().message in answers
