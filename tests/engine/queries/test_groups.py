"""The list of groups, the board of one, and items that are worked on together."""

from datetime import timedelta

import pytest

from engine import Engine, NotFound, NotValid
from engine.domain.organisation import Officer
from engine.queries.groups import Face, board, faces, group, groups
from engine.queries.together import together
from tests.engine.commands.rombongan import admit, opened
from tests.small_office import Play


def who(engine: Engine, play: Play, login: str = "sri") -> Officer:
    return engine.officer(login, at=play.now)


def test_the_list_counts_people_and_running_cases_of_own_offices_only(play: Play) -> None:
    number = opened(play, note="Nakhoda bernama Contoh", place="Pelabuhan")
    for name in ("Rini Contoh", "Tono Contoh"):
        admit(play, number, nama=name)
    play.complete_number(play.items()[0], facts={"nama": "Rini Contoh", "anak": False})

    with play.engine.reading(at=play.now) as reader:
        (row,) = groups(reader, who(play.engine, play)).rows
        others = groups(reader, who(play.engine, play, "wayan")).rows
        note = group(reader, who(play.engine, play), number).note

    assert (row.number, row.people, row.running, row.place) == (number, 2, 1, "Pelabuhan")
    assert others == ()
    assert note == "Nakhoda bernama Contoh"


def test_pages_of_the_list_follow_each_other(play: Play) -> None:
    numbers = [opened(play) for _ in range(3)]

    with play.engine.reading(at=play.now) as reader:
        first = groups(reader, who(play.engine, play), length=2)
        rest = groups(reader, who(play.engine, play), length=2, after=first.following)

    assert [row.number for row in (*first.rows, *rest.rows)] == numbers[::-1]


def test_the_board_shows_who_has_what_and_never_a_name(play: Play) -> None:
    number = opened(play)
    admit(play, number, nama="Rini Contoh", tanggal_lahir="2010-01-01", anak="yes")
    admit(play, number, nama="Tono Contoh")

    with play.engine.reading(at=play.now) as reader:
        shown = board(reader, who(play.engine, play), number, facts=["anak"])
        told = faces(reader, who(play.engine, play), number, places=[1])

    first, second = shown.people
    assert (first.place, first.case, first.facts) == (1, "S-2026-00001", {"anak": True})
    assert told == {1: Face(born="2010-01-01")}
    assert [(item.name, item.may, item.holder) for item in second.items] == [("A", True, "")]
    assert "Rini" not in str(shown)


def test_another_office_s_board_does_not_exist(play: Play) -> None:
    number = opened(play)

    with play.engine.reading(at=play.now) as reader, pytest.raises(NotFound):
        board(reader, who(play.engine, play, "wayan"), number)
    with play.engine.reading(at=play.now) as reader, pytest.raises(NotFound):
        faces(reader, who(play.engine, play, "wayan"), number, places=[1])


def test_items_together_bring_what_each_case_knows(play: Play) -> None:
    number = opened(play)
    for name, child in (("Rini Contoh", "yes"), ("Tono Contoh", "no")):
        admit(play, number, nama=name, anak=child)
    play.now += timedelta(minutes=1)

    with play.engine.reading(at=play.now) as reader:
        chosen = together(reader, who(play.engine, play), [item.number for item in play.items()])

    assert [(each.values, each.may_claim, each.activity.element) for each in chosen] == [
        ({"anak": True}, True, "A"),
        ({"anak": False}, True, "A"),
    ]


def test_items_of_other_offices_and_too_many_are_refused(play: Play) -> None:
    admit(play, opened(play))
    numbers = [item.number for item in play.items()]

    with play.engine.reading(at=play.now) as reader:
        with pytest.raises(NotFound):
            together(reader, who(play.engine, play, "wayan"), numbers)
        with pytest.raises(NotValid):
            together(reader, who(play.engine, play), list(range(251)))
