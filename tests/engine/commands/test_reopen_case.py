"""A case that is opened again: where it stood, or as another that follows it."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, Receipt, cancel_case, decide_disposition, reopen_case, replace_disposition
from engine.commands.reopen_case import AboveNotRunning, AlreadyFollowed, CarriedOut, CourseReplaced, NothingKept
from engine.domain.case import CaseNotRunning
from engine.domain.release import Bound, Field, FieldKind
from engine.storage import tables
from engine.worker import Worker
from tests.small_office import Play

ASKED = {"form": (Field("age", "Umur", FieldKind.NUMBER), Field("nama", "Nama", bound=Bound.SUBJECT))}
DECIDED: dict[str, Any] = {"kind": "pulang", "ground": "Diminta"}


def do(play: Play, command: Any, number: str, officer: str = "tini", **more: Any) -> Receipt:
    play.now += timedelta(minutes=1)
    done: Receipt = play.engine.perform(
        command, number, officer=officer, at=play.now, **{"reason": "Datang lagi", **more}
    )
    return done


def test_a_cancelled_case_goes_on_where_it_stood_with_all_that_it_waited_for(play: Play) -> None:
    text = """
        start -> user A -> and f -> user B -> and j -> end
        f -> user C -> j
        boundary late (on B; timer PT3H) -> end over
        boundary asked (on B; message question) -> end asked_end
    """
    play.publish(text)
    number = play.open()
    play.complete("A")
    play.claim("B")
    before = [(each.element, each.state, each.officer) for each in play.items()]
    waits = [(row["token"], row["due_at"]) for row in play.rows(tables.timer)]
    do(play, cancel_case, number)
    assert (play.items(), play.count(tables.timer)) == ([], 0)

    do(play, reopen_case, number)

    assert [(each.element, each.state, each.officer) for each in play.items()] == before
    assert [(row["token"], row["due_at"]) for row in play.rows(tables.timer)] == waits
    assert [row["message"] for row in play.rows(tables.subscription)] == ["question"]
    play.complete("B")
    play.complete("C")
    assert (play.state(number), play.count(tables.cancelled_case)) == ("completed", 0)


def test_it_forgets_that_it_was_cancelled_but_the_chain_does_not(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    do(play, cancel_case, number, closing="declined")

    do(play, reopen_case, number)

    (row,) = play.rows(tables.case)
    assert (row["state"], row["ended_at"], row["ended_how"], row["closing"]) == ("running", None, "", "")
    assert [each["kind"] for each in play.rows(tables.audit)][-2:] == ["case.cancelled", "case.reopened"]


def test_a_service_that_was_asked_for_is_asked_for_again(play: Play) -> None:
    play.publish("start -> service Look -> end")
    number = play.open()
    do(play, cancel_case, number)

    do(play, reopen_case, number)

    assert [row["state"] for row in play.rows(tables.announcement)] == ["pending"]
    Worker(play.engine, lambda: play.now).work_once()
    assert [each.element for each in play.items()] == ["Look"]


def test_sub_cases_stay_closed_until_they_are_reopened_themselves(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> catch closed (message dispositions_closed) -> user Close -> end")
    number = play.open()
    play.engine.perform(decide_disposition, number, officer="sri", at=play.now, **DECIDED)
    do(play, cancel_case, number)

    with pytest.raises(AboveNotRunning):
        do(play, reopen_case, f"{number}.1")
    do(play, reopen_case, number)
    assert (play.state(number), play.state(f"{number}.1")) == ("running", "cancelled")

    do(play, reopen_case, f"{number}.1")
    assert [row["state"] for row in play.rows(tables.disposition)] == ["open"]
    play.complete("Home")
    assert [each.element for each in play.items()] == ["Close"]


def test_a_course_that_was_replaced_does_not_come_back(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user Court -> end", code="court")
    play.publish("start -> user A -> end")
    number = play.open()
    made = play.engine.perform(decide_disposition, number, officer="sri", at=play.now, **DECIDED)
    play.engine.perform(replace_disposition, made.number, kind="hukum", ground="Berubah", officer="sri", at=play.now)

    with pytest.raises(CourseReplaced):
        do(play, reopen_case, f"{number}.1")


def test_a_completed_case_is_followed_by_another_with_its_person_and_facts(play: Play) -> None:
    play.publish("start -> user A -> user Old -> end", A=ASKED)
    number = play.open()
    play.complete("A", facts={"age": 30, "nama": "Siti"})
    play.complete("Old")
    play.publish("start -> user A -> user New -> end", A=ASKED)

    done = do(play, reopen_case, number)

    old, new = play.rows(tables.case)
    assert done.case == new["number"] != number
    assert (new["follows_id"], new["subject_id"], new["office"]) == (old["id"], old["subject_id"], "JATENG")
    assert new["subject_id"] is not None
    assert [row["value"] for row in play.rows(tables.fact) if row["case_id"] == new["id"]] == [30]
    assert old["state"] == "completed"
    told = {(row["case_id"], row["kind"]): row["data"] for row in play.rows(tables.audit)}
    assert told[old["id"], "case.reopened"]["by_case"] == new["number"]
    assert told[new["id"], "case.opened"]["follows"] == number


def test_one_that_follows_already_is_named_until_it_has_ended(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    play.complete("A")
    first = do(play, reopen_case, number)
    with pytest.raises(AlreadyFollowed, match=str(first.case)):
        do(play, reopen_case, number)
    play.complete("A")

    assert do(play, reopen_case, number).case not in (number, first.case)


def test_a_sub_case_that_has_done_its_work_is_not_reopened(play: Play) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.publish("start -> user A -> end")
    number = play.open()
    play.engine.perform(decide_disposition, number, officer="sri", at=play.now, **DECIDED)
    play.complete("Home")

    with pytest.raises(CarriedOut, match=number):
        do(play, reopen_case, f"{number}.1")


def test_an_open_case_a_stranger_and_no_reason_are_refused(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    with pytest.raises(CaseNotRunning):
        do(play, reopen_case, number)
    do(play, cancel_case, number)

    with pytest.raises(NotValid):
        do(play, reopen_case, number, reason="")
    with pytest.raises(NotFound):
        do(play, reopen_case, number, officer="wayan")


def test_what_was_cancelled_before_its_place_was_kept_says_so(play: Play) -> None:
    play.publish("start -> user A -> end")
    number = play.open()
    do(play, cancel_case, number)
    with play.engine.database.writing() as connection:
        connection.execute(tables.cancelled_case.delete())

    with pytest.raises(NothingKept):
        do(play, reopen_case, number)
