"""Two processes that send reports and take in news at once, on both databases: each once, in order per case."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine import Engine
from engine.commands.set_aside_event import set_aside_event
from engine.commands.take_dispatch import take_dispatch
from engine.commands.take_in_event import take_in_event
from engine.delivery import Reporting
from engine.delivery.reporting import HELD_FOR
from engine.domain.dispatch import Channel, Parcel
from engine.domain.report import Arrival
from engine.errors import Refusal
from engine.storage import tables
from engine.worker.arrivals import Arrivals
from tests.engine.placement_news import Partner, news
from tests.engine.placements_out import Reports, reporting
from tests.small_office import Play

CASES = 8


class Recording:
    """A line that keeps what arrives, from whichever thread."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.arrived: list[Parcel] = []

    def report(self, parcel: Parcel) -> Arrival:
        with self.lock:
            self.arrived.append(parcel)
        return Arrival(parcel.key, parcel.body["kind"], parcel.body["case"], f"SIM-{parcel.body['case']}")

    def ping(self) -> None:
        """It is there."""


def together(*acts: Callable[[], Any]) -> list[Refusal]:
    """Do all of this at once. Returns what was refused."""
    barrier, refused = threading.Barrier(len(acts)), []

    def do(act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            act()
        except Refusal as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=do, args=(each,)) for each in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return refused


def test_each_report_is_sent_once_and_those_of_a_case_in_order(play: Play, new_engine: Callable[[], Engine]) -> None:
    reports, line = Reports(play), Recording()
    for _ in range(CASES):
        reports.begin()
    for step in ("B", "C"):
        for item in [each for each in play.items() if each.element == step]:
            play.complete_number(item)
        reports.deliver()
    ways = [Reporting(new_engine(), line, lambda: play.now, jitter=lambda: 0.0) for _ in range(2)]

    while play.engine.to_send(Channel.SISKOP2MI, at=play.now):
        assert together(*(lambda way=way: way.work(play.now) for way in ways)) == []

    assert set(Counter(each.key for each in line.arrived).values()) == {1}
    assert len(line.arrived) == 3 * CASES
    told: dict[str, list[str]] = {}
    for each in line.arrived:
        told.setdefault(each.body["case"], []).append(each.body["kind"].partition(".")[2])
    assert set(map(tuple, told.values())) == {("begun", "changed", "closed")}
    assert {row["state"] for row in play.rows(tables.dispatch)} == {"sent"}


def test_what_somebody_had_in_hand_who_died_is_asked_for_by_one_other(
    play: Play, new_engine: Callable[[], Engine]
) -> None:
    reports, line = Reports(play), Recording()
    reports.begin()
    play.engine.perform(take_dispatch, 1, until=play.now + HELD_FOR, at=play.now)
    ways = [Reporting(new_engine(), line, lambda: play.now, jitter=lambda: 0.0) for _ in range(2)]
    together(*(lambda way=way: way.work(play.now) for way in ways))
    assert line.arrived == []
    play.now += HELD_FOR + timedelta(seconds=1)

    together(*(lambda way=way: way.work(play.now) for way in ways))

    assert [each.doubtful for each in line.arrived] == [True]
    assert reporting(play, line).work(play.now) == 0


def test_news_told_twice_at_once_and_in_disorder_moves_each_case_once_and_in_order(
    play: Play, new_engine: Callable[[], Engine]
) -> None:
    partner = Partner(play)
    text = " -> ".join(
        ["start", "user A", *(f"catch c{n} (message siskop2mi_{m})" for n, m in enumerate(WAYS)), "user B", "end"]
    )
    cases = [partner.placed(text), *(partner.again() for _ in range(CASES - 1))]
    for item in play.items():
        play.complete_number(item)
    told = [
        news(kind, place, case=case, message=f"{case}-{place}", reference=f"R-{case}")
        for case in cases
        for place, kind in enumerate(KINDS, 1)
    ]

    def keep(engine: Engine, seed: int) -> None:
        mine = list(told)
        random.Random(seed).shuffle(mine)  # noqa: S311 - an order, no secret
        for each in mine:
            engine.perform(take_in_event, each, at=play.now)

    def apply(engine: Engine) -> None:
        for _ in range(12):
            Arrivals(engine).work(play.now)

    engines = [new_engine() for _ in range(4)]
    refused = together(
        lambda: keep(engines[0], 1), lambda: keep(engines[1], 2), lambda: apply(engines[2]), lambda: apply(engines[3])
    )
    while Arrivals(play.engine).work(play.now):
        pass

    assert refused == []
    assert play.count(tables.incident) == 0
    assert {row["state"] for row in play.rows(tables.partner_event)} == {"applied"}
    order: dict[int, list[int]] = {}
    for row in play.rows(tables.audit):
        if row["kind"] == "placement.moved":
            order.setdefault(row["case_id"], []).append(row["data"]["sequence"])
    assert set(map(tuple, order.values())) == {tuple(range(1, len(KINDS) + 1))}


def test_setting_aside_while_it_is_applied_ends_in_one_of_both(play: Play, new_engine: Callable[[], Engine]) -> None:
    partner = Partner(play)
    cases = [partner.placed(), *(partner.again() for _ in range(CASES - 1))]
    for item in play.items():
        play.complete_number(item)
    for case in cases:
        partner.tell(case=case, message=f"m-{case}", reference=f"R-{case}")
    first, second = new_engine(), new_engine()

    def aside() -> None:
        for number in range(1, CASES + 1):
            try:
                first.perform(set_aside_event, number, reason="uji", at=play.now)
            except Refusal as refusal:
                assert type(refusal).__name__ == "EventSettled"  # noqa: PT017 - each of many may be refused

    assert together(aside, lambda: Arrivals(second).work(play.now)) == []

    moved = Counter(row["kind"] for row in play.rows(tables.audit))
    assert moved["placement.moved"] + moved["placement.set_aside"] == CASES
    assert {row["state"] for row in play.rows(tables.partner_event)} <= {"applied", "set-aside"}


KINDS = ("registered", "examined", "trained", "oriented")
WAYS = ("pendaftaran", "kesehatan", "pelatihan", "opp")
