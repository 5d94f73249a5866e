"""A case that goes on after it rested: what came meanwhile comes now, in its order."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, decide_disposition, receive_message, resume_case, suspend_case
from engine.commands.resume_case import SuspendedAbove
from engine.domain.case import CaseNotRunning
from engine.domain.release import Field
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play


def do(play: Play, command: Any, number: str, officer: str = "tini", reason: str = "Menunggu") -> None:
    play.engine.perform(command, number, reason=reason, officer=officer, at=play.now)


def work(play: Play) -> None:
    for _ in range(3):
        Worker(play.engine, lambda: play.now).work_once()


def test_it_goes_on_where_it_stood_and_says_so(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    do(play, suspend_case, number)

    do(play, resume_case, number)
    play.complete("A")

    assert (play.state(number), play.count(tables.suspension)) == ("completed", 0)
    assert "case.resumed" in [row["kind"] for row in play.rows(tables.audit)]


def test_timers_that_were_due_catch_up(play: Play) -> None:
    play.publish("start -> user A -> end\nboundary late (on A; timer PT3H) -> user B -> end over")
    number = play.open()
    do(play, suspend_case, number)
    play.now += timedelta(hours=4)

    do(play, resume_case, number)
    work(play)

    assert [each.element for each in play.items()] == ["B"]


def test_a_kept_message_is_delivered_with_what_it_said(play: Play) -> None:
    play.publish("start -> catch reply (message answer) -> user B -> end", B={"form": (Field("word", "Kata"),)})
    number = play.open()
    do(play, suspend_case, number)
    play.engine.perform(receive_message, "answer", keys={"case": number}, facts={"word": "ya"}, at=play.now)
    assert play.rows(tables.fact) == []

    do(play, resume_case, number)
    work(play)

    assert [each.element for each in play.items()] == ["B"]
    assert [row["value"] for row in play.rows(tables.fact)] == ["ya"]


def test_a_message_that_came_before_a_timer_was_due_comes_before_it(play: Play) -> None:
    play.publish("""
        start -> events e
        e -> catch reply (message answer) -> user Read -> end
        e -> catch enough (timer PT5H) -> user Give_up -> end over
    """)
    number = play.open()
    do(play, suspend_case, number)
    play.now += timedelta(hours=1)
    play.engine.perform(receive_message, "answer", keys={"case": number}, at=play.now)
    play.now += timedelta(hours=5)

    do(play, resume_case, number)
    work(play)

    assert [each.element for each in play.items()] == ["Read"]


def test_a_message_from_another_case_of_the_house_is_kept_too(play: Play) -> None:
    play.publish("start -> throw tell (message news) -> user Home -> end", code="home")
    play.publish("start -> user A -> catch told (message news) -> user B -> end")
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)
    play.complete("A")
    with play.engine.database.writing() as connection:  # the sub-case alone goes on, as if its message were on its way
        connection.execute(tables.announcement.update().values(next_at=play.now))
    do(play, suspend_case, f"{number}.1")
    work(play)
    assert "B" not in [each.element for each in play.items()]

    do(play, resume_case, f"{number}.1")
    work(play)

    assert "B" in [each.element for each in play.items()]


def test_what_rested_with_a_case_goes_on_with_it_and_not_alone(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user A -> end")
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)
    do(play, suspend_case, number)
    with pytest.raises(SuspendedAbove, match=number):
        do(play, resume_case, f"{number}.1")

    do(play, resume_case, number)

    assert (play.state(number), play.state(f"{number}.1")) == ("running", "running")


def test_a_sub_case_that_rested_before_rests_on(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user A -> end")
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Diminta", officer="sri", at=play.now)
    do(play, suspend_case, f"{number}.1")
    do(play, suspend_case, number)

    do(play, resume_case, number)

    assert play.state(f"{number}.1") == "suspended"
    do(play, resume_case, f"{number}.1")
    assert play.state(f"{number}.1") == "running"


def test_only_what_rests_goes_on_for_a_reason_and_by_its_own_office(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    with pytest.raises(CaseNotRunning):
        do(play, resume_case, number)
    do(play, suspend_case, number)

    with pytest.raises(NotFound):
        do(play, resume_case, number, officer="wayan")
    with pytest.raises(NotValid):
        do(play, resume_case, number, reason="")
