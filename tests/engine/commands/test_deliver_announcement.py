"""Carrying out what a step has announced."""

from dataclasses import replace
from datetime import timedelta

from engine import publish_release
from engine.commands.deliver_announcement import deliver_announcement
from engine.domain.release import Activity, Allowance, Clock, Performer
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play, release_of

TELLS = """
    start -> and f -> send S (about told) -> user A -> end
    f -> catch c (message told) -> end heard
"""


def test_a_message_for_somebody_outside_has_been_sent_and_is_recorded(play: Play) -> None:
    play.publish("start -> throw told (message arrived) -> user A -> end")
    play.open()
    (told,) = play.rows(tables.announcement)

    done = play.engine.perform(deliver_announcement, told["id"], at=play.now)

    assert done.state == "done"
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "message.sent"]
    assert record["data"]["message"] == "arrived"


def test_what_was_delivered_is_not_delivered_twice(play: Play) -> None:
    play.publish(TELLS)
    play.open()
    play.engine.perform(deliver_announcement, 1, at=play.now)
    after = play.rows(tables.audit)

    done = play.engine.perform(deliver_announcement, 1, at=play.now)

    assert done.state == "settled"
    assert play.rows(tables.audit) == after
    assert [each.element for each in play.items()] == ["A"]


def test_a_send_task_is_completed_once_its_message_has_arrived(play: Play) -> None:
    play.publish(TELLS)
    play.open()
    assert [(each.element, each.kind, each.post) for each in play.items()] == [("S", "sendTask", "")]

    play.engine.perform(deliver_announcement, 1, at=play.now)

    assert [each.element for each in play.items()] == ["A"]
    kinds = [row["kind"] for row in play.rows(tables.audit)]
    assert (kinds.count("message.received"), kinds.count("send.completed")) == (1, 1)


def test_the_clock_of_a_send_task_ends_with_it(play: Play) -> None:
    four = Allowance(4, Clock.WORKING_HOURS)
    step = Activity("main", "S", "Tell", "sendTask", performer=Performer("petugas"), allowance=four)
    release = release_of(TELLS)
    release = replace(release, activities={**release.activities, ("main", "S"): step})
    play.engine.perform(publish_release, release, at=play.now)
    play.open()
    assert [row["state"] for row in play.rows(tables.clock)] == ["running"]

    play.engine.perform(deliver_announcement, 1, at=play.now)

    assert [row["state"] for row in play.rows(tables.clock)] == ["ended"]


def test_a_send_task_whose_message_nobody_wants_waits_for_an_answer(play: Play) -> None:
    play.publish("start -> send S (about told) -> user A -> end")
    play.open()

    Worker(play.engine, lambda: play.now + timedelta(days=1)).work_once()

    assert [each.element for each in play.items()] == ["S"]
    assert [row["state"] for row in play.rows(tables.announcement)] == ["done"]


def test_a_service_task_is_never_completed_by_nobody(play: Play) -> None:
    play.publish("start -> service S -> user A -> end")
    play.open()

    Worker(play.engine, lambda: play.now + timedelta(days=1)).work_once()

    assert [(each.element, each.kind, each.post) for each in play.items()] == [("S", "serviceTask", "")]


def test_what_was_answered_first_is_not_delivered_afterwards(play: Play) -> None:
    play.publish("start -> send S (about told) -> user A -> end")
    play.open()

    play.complete("S", officer="tini")
    Worker(play.engine, lambda: play.now).work_once()

    assert [each.element for each in play.items()] == ["A"]
    assert [row["state"] for row in play.rows(tables.announcement)] == ["withdrawn"]
