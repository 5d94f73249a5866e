"""Looking at a person's data."""

import pytest

from engine import NotFound, NotValid, reveal_subject
from engine.domain.release import Bound, Field
from engine.storage import tables
from tests.small_office import Play

FORM = {"form": (Field("nik", "NIK", bound=Bound.SUBJECT), Field("name", "Nama", bound=Bound.SUBJECT))}
PERSON = {"nik": "33.0000.000000.0001", "name": "Orang Contoh"}


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> user B -> end", A=FORM)
    case = play.open()
    play.complete("A", facts=PERSON)
    return case


def test_a_look_is_recorded_with_its_reason_and_without_the_data(play: Play, number: str) -> None:
    person = play.engine.perform(reveal_subject, number, reason="Verifikasi", officer="sri", at=play.now)

    assert dict(person.fields) == PERSON
    (record,) = play.rows(tables.access_record)
    assert record["kind"] == "subject.revealed"
    assert record["data"] == {"reason": "Verifikasi", "fields": ["name", "nik"]}


def test_a_look_without_a_reason_is_refused(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        play.engine.perform(reveal_subject, number, reason=" ", officer="sri", at=play.now)


def test_another_office_sees_no_such_case_and_that_is_recorded(play: Play, number: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(reveal_subject, number, reason="Ingin tahu", officer="wayan", at=play.now)

    (record,) = play.rows(tables.access_record)
    assert (record["kind"], record["officer"], record["data"]["refusal"]) == ("refused", "wayan", "NotFound")


def test_a_person_is_found_again_by_identity_number_however_it_is_written(play: Play, number: str) -> None:
    with play.engine.begin(at=play.now) as work:
        found = work.subjects.find({"nik": "3300000000000001"})

    assert found == (1,)
