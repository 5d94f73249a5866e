"""A wrong answer put right by a recorded counter-step."""

from datetime import timedelta
from typing import Any

import pytest

from engine import FormNotValid, NotValid, Receipt, correct_work_item, decide_disposition, reveal_subject
from engine.course.correcting import DecidedUpon, NotCorrectable, NothingToCorrect, OthersAsked, WrittenSince
from engine.domain.release import Bound, Field, FieldKind
from engine.domain.work_item import NotCompleted
from engine.errors import NotYours
from engine.storage import tables
from tests.small_office import Play, outcomes

AGE = Field("age", "Umur", FieldKind.NUMBER, required=True)
NAMA = Field("nama", "Nama", bound=Bound.SUBJECT)
PLACE = Field("destination_office", "Kantor tujuan", FieldKind.OFFICE, bound=Bound.CASE)
ASKED = {"form": (AGE, NAMA, PLACE)}


def correct(play: Play, officer: str = "sri", item: int = 1, reason: str = "Salah ketik", **answers: Any) -> Receipt:
    play.now += timedelta(minutes=1)
    done: Receipt = play.engine.perform(
        correct_work_item, item, answers=answers, reason=reason, officer=officer, at=play.now
    )
    return done


def facts(play: Play) -> dict[str, Any]:
    return {row["name"]: row["value"] for row in play.rows(tables.fact)}


@pytest.fixture
def done(play: Play) -> str:
    play.publish("start -> user A -> user B -> user C -> end", A=ASKED, B={"form": (AGE,)}, C={"form": (NAMA,)})
    number = play.open()
    play.complete("A", facts={"age": 30, "nama": "Siti"})
    return number


def test_the_new_answer_stands_and_the_record_holds_both(play: Play, done: str) -> None:
    correct(play, age=31)

    assert facts(play) == {"age": 31}
    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["officer"]) == ("work_item.corrected", "sri")
    told = record["data"]
    assert (told["fields"], told["before"], told["after"]) == (["age"], {"age": 30}, {"age": 31})
    assert [each.element for each in play.items()] == ["B"]


def test_of_a_person_only_the_name_of_the_field_is_recorded(play: Play, done: str) -> None:
    correct(play, nama="Sita")

    assert "Sit" not in "".join(str(row["data"]) for row in play.rows(tables.audit))
    found = play.engine.perform(reveal_subject, done, reason="Periksa", officer="sri", at=play.now)
    assert "Sita" in str(found)


def test_a_correction_can_be_corrected_and_by_a_colleague_of_the_post(play: Play, done: str) -> None:
    correct(play, age=31)

    correct(play, officer="budi", age=32)

    assert facts(play) == {"age": 32}
    with pytest.raises(NotYours):
        correct(play, officer="tini", age=33)


def test_a_later_value_stands_in_the_way(play: Play, done: str) -> None:
    play.complete("B", facts={"age": 40})

    with pytest.raises(WrittenSince, match="age"):
        correct(play, age=31)
    assert facts(play) == {"age": 40}


def test_so_does_a_later_answer_about_the_person(play: Play) -> None:
    play.publish("start -> user A -> user B -> user C -> end", A=ASKED, B={"form": (NAMA,)})
    play.open()
    play.complete("A", facts={"age": 30, "nama": "Siti"})
    play.complete("B", facts={"nama": "Sita"})

    with pytest.raises(WrittenSince, match="nama"):
        correct(play, nama="Situ")


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({}, NothingToCorrect),
        ({"colour": "red"}, FormNotValid),
        ({"age": "old"}, FormNotValid),
        ({"age": ""}, FormNotValid),
        ({"outcome": "on"}, FormNotValid),
        ({"destination_office": "NTB"}, NotCorrectable),
    ],
)
def test_only_what_the_form_takes_is_taken(
    play: Play, done: str, answers: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        correct(play, **answers)

    assert facts(play) == {"age": 30}


def test_an_open_item_and_no_reason_are_refused(play: Play, done: str) -> None:
    with pytest.raises(NotCompleted):
        correct(play, item=2, age=31)
    with pytest.raises(NotValid):
        correct(play, reason="", age=31)


WAY = """
    start -> user A -> xor x
    x -[age >= 18]-> user Grown -> user Later -> end
    x -[*]-> user Child -> end other
"""


def test_a_value_by_which_the_case_would_have_gone_elsewhere_is_not_slipped_in(play: Play) -> None:
    play.publish(WAY, A={"form": (AGE,)})
    play.open()
    play.complete("A", facts={"age": 30})

    with pytest.raises(DecidedUpon):
        correct(play, age=12)

    assert facts(play) == {"age": 30}


def test_one_by_which_it_would_stand_just_there_is_taken_while_that_can_be_told(play: Play) -> None:
    play.publish(WAY, A={"form": (AGE,)})
    play.open()
    play.complete("A", facts={"age": 30})
    correct(play, age=31)
    correct(play, age=32)
    play.complete("Grown")

    with pytest.raises(DecidedUpon):
        correct(play, age=33)

    assert facts(play) == {"age": 32}


def test_the_outcome_is_put_right_by_taking_the_item_back_only(play: Play) -> None:
    play.publish("start -> user A -> user B -> end", A={"form": (AGE,), "outcomes": outcomes("on", "off")})
    play.open()
    play.complete("A", outcome="on", facts={"age": 30})

    with pytest.raises(FormNotValid):
        correct(play, outcome="off")


def test_a_correction_does_not_change_what_else_is_asked(play: Play) -> None:
    guardian = Field("guardian", "Wali", required=True, when="age < 18")
    play.publish("start -> user A -> user B -> end", A={"form": (AGE, guardian)})
    play.open()
    play.complete("A", facts={"age": 30})
    correct(play, age=31)

    with pytest.raises(OthersAsked, match="guardian"):
        correct(play, age=12)


def test_a_sub_case_keeps_the_fact_it_was_given_and_is_named(play: Play, done: str) -> None:
    play.publish("start -> user Home -> end", code="home")
    play.engine.perform(decide_disposition, done, kind="pulang", ground="Diminta", officer="sri", at=play.now)

    receipt = correct(play, age=31)

    assert receipt.notes == (f"fact.copied: {done}.1",)
    assert sorted(row["value"] for row in play.rows(tables.fact)) == [30, 31]


def test_the_later_step_is_not_in_dispute_with_a_correction(play: Play, done: str) -> None:
    correct(play, age=31)

    receipt = play.complete("B", facts={"age": 32})

    assert receipt.notes == ()
