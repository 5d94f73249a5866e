"""Messages from outside, and between cases."""

import pytest

from engine import NotFound, decide_disposition, receive_message
from engine.commands.receive_message import NobodyWaits, SeveralWait
from engine.domain.release import Field
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play

WAITS = "start -> user A -> catch reply (message answer) -> user B -> end"
FORM = {"form": (Field("letter", "Surat"),)}


def test_a_message_goes_to_the_case_that_its_number_names(play: Play) -> None:
    play.publish(WAITS)
    first, second = play.open(), play.open()
    for item in list(play.items()):
        play.complete_number(item)

    done = play.engine.perform(receive_message, "answer", keys={"case": second}, at=play.now)

    assert done.case == second
    assert [(each.element, each.case) for each in play.items()] == [("B", 2)]
    assert [row["case_id"] for row in play.rows(tables.audit) if row["kind"] == "message.received"] == [2]
    assert first != second


def test_a_message_finds_its_case_by_a_fact(play: Play) -> None:
    play.publish(WAITS, A=FORM)
    for letter in ("one", "two"):
        play.open()
        play.complete("A", facts={"letter": letter})

    play.engine.perform(receive_message, "answer", keys={"letter": "two"}, at=play.now)

    assert [each.case for each in play.items()] == [2]


def test_a_message_that_fits_two_cases_goes_to_neither(play: Play) -> None:
    play.publish(WAITS)
    for _ in range(2):
        play.open()
        play.complete("A")

    with pytest.raises(SeveralWait):
        play.engine.perform(receive_message, "answer", at=play.now)

    assert play.count(tables.subscription) == 2


def test_a_message_for_which_nobody_waits_is_refused(play: Play) -> None:
    play.publish(WAITS)
    number = play.open()

    with pytest.raises(NobodyWaits):
        play.engine.perform(receive_message, "answer", keys={"case": number}, at=play.now)


def test_an_officer_of_another_office_cannot_reach_the_case(play: Play) -> None:
    play.publish(WAITS)
    number = play.open()
    play.complete("A")

    with pytest.raises(NotFound):
        play.engine.perform(receive_message, "answer", keys={"case": number}, officer="wayan", at=play.now)


def test_a_message_begins_a_case_where_a_procedure_begins_with_it(play: Play) -> None:
    play.publish("start found (message found) -> user A -> end")

    done = play.engine.perform(receive_message, "found", office="NTB", at=play.now)

    assert done.state == "running"
    assert [(each.element, each.office) for each in play.items()] == [("A", "NTB")]


def test_a_sub_case_tells_the_case_above_by_a_message(play: Play) -> None:
    play.publish("start -> user Help -> throw told (message arrived) -> user After -> end", code="home")
    play.publish(
        "start -> user Decide -> catch c (message arrived) -> user B -> end", Decide={"act": "decide_disposition"}
    )
    number = play.open()
    play.engine.perform(decide_disposition, number, kind="pulang", ground="x", officer="sri", at=play.now)
    play.complete("Decide")

    play.complete("Help")
    Worker(play.engine, lambda: play.now).work_once()

    assert sorted(each.element for each in play.items()) == ["After", "B"]
    assert [row["state"] for row in play.rows(tables.announcement)] == ["done"]
