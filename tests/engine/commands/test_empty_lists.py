"""A list that nobody has filled: there is nothing to be done for each, and the case goes on."""

from typing import Any

import pytest

from engine.domain.release import Bound, Field, FieldKind
from engine.errors import Refusal
from engine.process import NotAList
from engine.storage import tables
from tests.small_office import Play

VISITS = "start -> user List -> user Visit (each person in persons) -> user Report -> end"


def opened(play: Play, *form: Field) -> None:
    play.publish(VISITS, List={"form": form})
    play.open()


@pytest.mark.parametrize("facts", [{}, {"persons": []}, {"persons": ""}, {"persons": None}])
def test_a_list_that_is_left_empty_is_passed_over(play: Play, facts: dict[str, Any]) -> None:
    opened(play, Field("persons", "Nama", FieldKind.LIST))

    play.complete("List", facts=facts)

    assert [each.element for each in play.items()] == ["Report"]
    assert [row["value"] for row in play.rows(tables.fact)] == [[]]


def test_a_list_that_was_filled_before_and_is_not_mentioned_stays(play: Play) -> None:
    persons = Field("persons", "Nama", FieldKind.LIST)
    play.publish("start -> user First -> user List -> user Visit (each person in persons) -> end",
                 First={"form": (persons,)}, List={"form": (persons, Field("note", "Catatan"))})  # fmt: skip
    play.open()
    play.complete("First", facts={"persons": ["a", "b"]})

    play.complete("List", facts={"note": "Lengkap"})

    assert sorted(each.instance or 0 for each in play.items()) == [0, 1]


def test_a_list_that_is_required_is_not_left_empty(play: Play) -> None:
    opened(play, Field("persons", "Nama", FieldKind.LIST, required=True))

    with pytest.raises(Refusal):
        play.complete("List", facts={"persons": []})


def test_a_list_that_no_form_has_asked_for_is_still_missed(play: Play) -> None:
    opened(play, Field("persons", "Nama", FieldKind.LIST, when="false"))

    with pytest.raises(NotAList):
        play.complete("List")


def test_other_lists_write_nothing_unless_they_are_emptied(play: Play) -> None:
    play.publish("start -> user A -> end", A={"form": (Field("tags", "Tanda", FieldKind.LIST),)})
    play.open()
    play.complete("A")

    assert play.rows(tables.fact) == []


def test_what_is_emptied_of_a_person_is_gone(play: Play) -> None:
    names = Field("alias", "Nama lain", FieldKind.LIST, bound=Bound.SUBJECT)
    play.publish("start -> user A -> user B -> end", A={"form": (names,)}, B={"form": (names,)})
    play.open()
    play.complete("A", facts={"alias": ["Siti"]})

    play.complete("B", facts={"alias": []})

    assert play.rows(tables.subject_field) == []
