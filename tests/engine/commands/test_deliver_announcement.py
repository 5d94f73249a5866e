"""Carrying out what a step has announced."""

from engine.commands.deliver_announcement import deliver_announcement
from engine.storage import tables
from tests.small_office import Play


def test_a_message_for_somebody_outside_has_been_sent_and_is_recorded(play: Play) -> None:
    play.publish("start -> throw told (message arrived) -> user A -> end")
    play.open()
    (told,) = play.rows(tables.announcement)

    done = play.engine.perform(deliver_announcement, told["id"], at=play.now)

    assert done.state == "done"
    (record,) = [row for row in play.rows(tables.audit) if row["kind"] == "message.sent"]
    assert record["data"]["message"] == "arrived"


def test_what_was_delivered_is_not_delivered_twice(play: Play) -> None:
    play.publish("start -> service S -> user A -> end")
    play.open()
    play.engine.perform(deliver_announcement, 1, at=play.now)
    after = play.rows(tables.audit)

    done = play.engine.perform(deliver_announcement, 1, at=play.now)

    assert done.state == "settled"
    assert play.rows(tables.audit) == after
    assert [each.element for each in play.items()] == ["A"]
