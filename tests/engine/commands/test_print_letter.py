"""Making a letter of a case."""

import hashlib
from typing import Any

import pytest

from engine import Letter, Matter, NotFound, NotValid, decide_disposition, print_letter
from engine.domain.release import Bound, Choice, Field, FieldKind
from engine.storage import tables
from tests.small_office import Play

FORM = {
    "form": (
        Field("nama", "Nama", bound=Bound.SUBJECT),
        Field("telepon", "Telepon", bound=Bound.SUBJECT),
        Field("pilihan_penyintas", "Pilihan", FieldKind.SEVERAL, choices=(Choice("pulang", "Pulang"),)),
    )
}


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> user B -> end", A=FORM)
    play.publish("start -> user H -> end", code="home")
    case = play.open()
    play.complete("A", facts={"nama": "Orang Contoh", "telepon": "0800", "pilihan_penyintas": ["pulang"]})
    return case


def make(play: Play, number: str, officer: str = "budi", **more: Any) -> tuple[Letter, list[Matter]]:
    seen: list[Matter] = []

    def render(matter: Matter) -> bytes:
        seen.append(matter)
        return b"%PDF-"

    told = {"letter": "bast", "fields": ["nama"], "facts": ["moda"], "reason": "Untuk berkas", "render": render, **more}
    return play.engine.perform(print_letter, number, officer=officer, at=play.now, **told), seen


def test_only_what_the_letter_names_of_the_person_is_read_and_the_look_is_recorded(play: Play, number: str) -> None:
    letter, (matter,) = make(play, number)

    assert dict(matter.person) == {"nama": "Orang Contoh"}
    (look,) = play.rows(tables.access_record)
    assert (look["kind"], look["data"]["letter"], look["data"]["fields"]) == ("subject.revealed", "bast", ["nama"])
    record = play.rows(tables.audit)[-1]
    assert (record["kind"], record["data"]["sha256"]) == ("letter.printed", hashlib.sha256(letter.content).hexdigest())
    assert "Orang Contoh" not in str(record)


def test_the_choice_is_the_persons_and_the_letter_knows_who_wrote_it_down(play: Play, number: str) -> None:
    sub = play.engine.perform(decide_disposition, number, kind="pulang", ground="Siap", officer="tini", at=play.now)

    _, (own,) = make(play, number)
    _, (below,) = make(play, sub.sub_case or "")

    assert own.choice is not None
    assert own.choice.by == "Sri"
    assert below.choice is not None
    assert [(title, each.ground) for title, each in below.courses] == [("Pulang ke keluarga", "Siap")]


def test_without_a_reason_and_for_another_office_there_is_no_letter(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        make(play, number, reason=" ")
    with pytest.raises(NotFound):
        make(play, number, "wayan")
