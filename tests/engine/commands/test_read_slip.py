"""What the holder of a slip sees, and what a finder does not."""

from datetime import timedelta
from typing import Any

import pytest

from engine import SlipIssued, decide_disposition, issue_slip, read_slip
from engine.domain.release import Bound, Choice, Field, FieldKind
from engine.storage import tables
from tests.small_office import Play

FORM = {
    "form": (
        Field("nama", "Nama", bound=Bound.SUBJECT),
        Field("pilihan_penyintas", "Pilihan", FieldKind.SEVERAL, choices=(Choice("pulang", "Pulang"),)),
        Field("rahasia", "Rahasia"),
    )
}


@pytest.fixture
def slip(play: Play) -> SlipIssued:
    play.publish("start -> user A -> user B -> end", A=FORM)
    play.publish("start -> user H -> end", code="home")
    number = play.open()
    play.complete("A", facts={"nama": "Orang Contoh", "pilihan_penyintas": ["pulang"], "rahasia": "x"})
    play.engine.perform(decide_disposition, number, kind="pulang", ground="Siap", officer="sri", at=play.now)
    made: SlipIssued = play.engine.perform(issue_slip, number, officer="sri", at=play.now)
    return made


def look(play: Play, code: str, pin: str, address: str = "10.0.0.1") -> Any:
    return play.engine.perform(read_slip, code, pin, address=address, at=play.now)


def test_the_person_sees_the_choice_and_the_course_and_nothing_that_names_anybody(play: Play, slip: SlipIssued) -> None:
    seen = look(play, slip.code.lower().replace("-", " "), slip.pin)

    assert seen.facts == {"pilihan_penyintas": ["pulang"]}
    assert [(each.title, each.state) for each in seen.courses] == [("Pulang ke keluarga", "open")]
    assert seen.office_name == "BP3MI Jawa Tengah"
    assert "Orang Contoh" not in repr(seen)
    assert play.rows(tables.access_record)[-1]["kind"] == "slip.read"


def test_a_wrong_code_and_a_wrong_pin_get_the_same_answer(play: Play, slip: SlipIssued) -> None:
    wrong = "000000" if slip.pin != "000000" else "111111"

    assert look(play, slip.code, wrong) is None
    assert look(play, "AAAAA-BBBBB-CCCCC", slip.pin) is None
    assert {row["kind"] for row in play.rows(tables.access_record)} == {"slip.refused"}


def test_after_five_wrong_pins_the_right_one_waits_a_quarter_of_an_hour(play: Play, slip: SlipIssued) -> None:
    wrong = "000000" if slip.pin != "000000" else "111111"
    for turn in range(5):
        look(play, slip.code, wrong, f"10.0.0.{turn}")

    assert look(play, slip.code, slip.pin) is None

    play.now += timedelta(minutes=16)
    assert look(play, slip.code, slip.pin) is not None


def test_a_slip_is_good_for_a_year(play: Play, slip: SlipIssued) -> None:
    play.now += timedelta(days=366)

    assert look(play, slip.code, slip.pin) is None


def test_tries_are_forgotten_after_a_month(play: Play, slip: SlipIssued) -> None:
    look(play, slip.code, slip.pin)

    play.engine.tidy(at=play.now + timedelta(days=31))

    assert play.count(tables.slip_attempt) == 0
