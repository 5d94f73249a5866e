"""Taking back a work item: the case stands where it stood, unless something has followed."""

from datetime import timedelta
from typing import Any

import pytest

from engine import (
    NotValid,
    Receipt,
    accept_handover,
    decide_disposition,
    offer_handover,
    pass_time,
    take_back_work_item,
    verify_audit,
)
from engine.course.going_back import (
    CourseSince,
    GoneOn,
    HandedOverSince,
    MessageOut,
    StepFollowed,
    SubCaseSince,
    TakenSince,
    WayNotKept,
)
from engine.domain.release import Field, FieldKind
from engine.domain.work_item import CompletedByAnother, NotCompleted, StalePage
from engine.errors import NotYours
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play, outcomes

ASKED = {"form": (Field("age", "Umur", FieldKind.NUMBER),)}


def back(play: Play, element: str, officer: str = "sri", **more: Any) -> Receipt:
    """Take back the last completed item at this element."""
    row = [each for each in play.rows(tables.work_item) if each["element"] == element and each["state"] == "completed"][
        -1
    ]
    more = {"seen": row["version"], "reason": "Salah ketik", **more}
    play.now += timedelta(minutes=1)
    return play.engine.perform(take_back_work_item, row["id"], officer=officer, at=play.now, **more)


def open_ones(play: Play) -> list[tuple[str, str]]:
    return sorted((each.element, each.state.value) for each in play.items())


def test_the_item_is_open_again_and_whose_it_was_and_what_came_of_it_is_exited(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=ASKED)
    play.open()
    play.complete("A", facts={"age": 30})

    back(play, "A")

    assert open_ones(play) == [("A", "reserved")]
    assert [row["state"] for row in play.rows(tables.work_item)] == ["reserved", "exited"]
    assert [row["value"] for row in play.rows(tables.fact)] == [30]


def test_it_is_recorded_with_what_was_undone_and_the_reason_is_readable_to_nobody_else(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")

    back(play, "A", reason="Nama ibunya salah")

    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["officer"]) == ("work_item.taken_back", "sri")
    assert [each["element"] for each in record["data"]["opened"]] == ["A"]
    (step,) = play.rows(tables.counter_step)
    assert "ibunya" not in step["reason"] + str(record["data"])
    with play.engine.database.reading() as connection:
        assert list(verify_audit(connection)) == []


def test_a_case_taken_back_and_walked_again_ends_like_one_that_never_was(play: Play) -> None:
    play.publish(
        'start -> user A -> xor x\nx -[outcome = "b"]-> user B -> end\nx -[*]-> user C -> end over',
        A={"outcomes": outcomes("b", "c")},
    )
    number = play.open()
    play.complete("A", outcome="c")
    back(play, "A")

    play.complete("A", outcome="b")
    play.complete("B")

    assert (play.state(number), play.items()) == ("completed", [])
    assert {row["way_back"] for row in play.rows(tables.work_item)} == {None}


def test_timers_and_messages_that_the_step_took_away_are_back_with_the_times_they_had(play: Play) -> None:
    text = """
        start -> user A -> catch reply (message answer) -> end
        boundary late (on A; timer PT3H) -> end over
        boundary asked (on A; message question) -> end asked_end
    """
    play.publish(text)
    play.open()
    timer, messages = play.rows(tables.timer)[0]["due_at"], {row["message"] for row in play.rows(tables.subscription)}
    play.complete("A")

    back(play, "A")

    assert [row["due_at"] for row in play.rows(tables.timer)] == [timer]
    assert {row["message"] for row in play.rows(tables.subscription)} == messages == {"question"}


def test_what_was_answered_before_is_no_dispute_when_it_is_answered_anew(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A=ASKED)
    play.open()
    play.complete("A", facts={"age": 30})
    back(play, "A")

    done = play.complete("A", facts={"age": 31})

    assert done.notes == ()
    assert [(row["value"], row["disputed"]) for row in play.rows(tables.fact)] == [(31, None)]


def test_the_stage_goes_back_too(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A={"stage": "intake"}, B={"stage": "shelter"})
    play.open()
    play.complete("A")

    back(play, "A")

    assert [row["stage"] for row in play.rows(tables.case)] == ["intake"]


def test_only_who_completed_it_takes_it_back(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")

    with pytest.raises(CompletedByAnother, match="Sri"):
        back(play, "A", officer="budi")
    with pytest.raises(NotYours):
        back(play, "A", officer="tini")


def test_a_step_that_followed_is_named(play: Play) -> None:
    play.publish("start -> user A -> user B -> user C -> end")
    play.open()
    play.complete("A")
    play.complete("B", officer="budi")

    with pytest.raises(StepFollowed, match="Budi has completed “B”"):
        back(play, "A")


def test_an_item_that_somebody_else_has_taken_is_left_to_them(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")
    play.claim("B", officer="budi")

    with pytest.raises(TakenSince, match="Budi has taken “B”"):
        back(play, "A")


def test_a_timer_that_fired_cannot_be_called_back(play: Play) -> None:
    play.publish("start -> user A -> catch pause (timer PT1H) -> user B -> end")
    play.open()
    play.complete("A")
    play.now += timedelta(hours=2)
    play.engine.perform(pass_time, case=1, at=play.now)

    with pytest.raises(GoneOn):
        back(play, "A")


def test_a_message_that_has_gone_out_cannot_be_called_back_but_one_that_waits_is(play: Play) -> None:
    play.publish("start -> user A -> throw tell (message news) -> user B -> end")
    play.open()
    play.complete("A")
    back(play, "A")
    assert [row["state"] for row in play.rows(tables.announcement)] == ["withdrawn"]
    play.complete("A")
    Worker(play.engine, lambda: play.now).work_once()

    with pytest.raises(MessageOut, match="news"):
        back(play, "A")


def test_a_service_that_the_step_had_made_unnecessary_is_asked_for_again(play: Play) -> None:
    inside = "start in -> and f -> user A -> end done (terminate)\nf -> service Look -> end looked"
    play.publish(f"start -> sub S {{\n{inside}\n}}\nS -> user B -> end")
    play.open()
    play.complete("A")
    assert open_ones(play) == [("B", "ready")]

    back(play, "A")

    assert open_ones(play) == [("A", "reserved"), ("Look", "ready")]
    assert [row["state"] for row in play.rows(tables.announcement)] == ["pending"]


def test_a_disposition_since_then_stands_in_the_way(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user A -> user B -> end")
    number = play.open()
    play.complete("A")
    play.now += timedelta(minutes=1)
    more = {"kind": "pulang", "ground": "Diminta keluarga"}
    play.engine.perform(decide_disposition, number, officer="sri", at=play.now, **more)

    with pytest.raises((SubCaseSince, CourseSince)):
        back(play, "A")


def test_a_case_that_another_office_has_taken_over_is_theirs(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    number = play.open()
    play.complete("A")
    play.now += timedelta(minutes=1)
    said: dict[str, Any] = {"to_office": "NTB", "reason": "Dekat keluarga", "until": play.now + timedelta(days=3)}
    offer = play.engine.perform(offer_handover, number, officer="sri", at=play.now, **said)
    play.engine.perform(accept_handover, offer.number, officer="wayan", at=play.now)

    with pytest.raises(HandedOverSince, match="Nusa Tenggara Barat"):
        back(play, "A")


def test_the_step_that_ended_a_case_is_not_taken_back(play: Play) -> None:
    play.publish("start -> user A -> end")
    play.open()
    play.complete("A")

    with pytest.raises(Exception, match="completed"):
        back(play, "A")


def test_a_step_whose_way_back_is_not_known_says_so(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    play.complete("A")
    with play.engine.database.writing() as connection:
        connection.execute(tables.work_item.update().values(way_back=None))

    with pytest.raises(WayNotKept):
        back(play, "A")


def test_another_branch_may_have_gone_on_meanwhile(play: Play) -> None:
    play.publish("start -> and f -> user A -> user A2 -> and j -> end\nf -> user B -> user B2 -> j")
    play.open()
    play.complete("A")
    play.complete("B", officer="budi")

    back(play, "A")

    assert open_ones(play) == [("A", "reserved"), ("B2", "ready")]


def test_a_join_that_was_passed_waits_again(play: Play) -> None:
    play.publish("start -> and f -> user A -> and j -> user C -> end\nf -> user B -> j")
    number = play.open()
    play.complete("A")
    play.complete("B")
    back(play, "B")
    assert open_ones(play) == [("B", "reserved")]

    play.complete("B")
    play.complete("C")

    assert play.state(number) == "completed"


def test_a_stale_page_an_open_item_and_no_reason_are_refused(play: Play) -> None:
    play.publish("start -> user A -> user B -> end")
    play.open()
    with pytest.raises(NotCompleted):
        play.engine.perform(take_back_work_item, 1, seen=1, reason="Salah", officer="sri", at=play.now)
    play.complete("A")

    with pytest.raises(StalePage):
        back(play, "A", seen=1)
    with pytest.raises(NotValid):
        back(play, "A", reason=" ")
