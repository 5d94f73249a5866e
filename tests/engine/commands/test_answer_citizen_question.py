"""The office answers a local government."""

import pytest

from engine import NotFound, NotValid, answer_citizen_question, ask_citizen_question
from engine.queries.pemda import pemda_side
from engine.storage import tables
from tests.engine.homes import Homes

SAID = "Ya, mulai pekan depan."


def test_the_answer_stands_in_the_thread_of_the_one_that_asked(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.pemda("35")
    homes.do(ask_citizen_question, login, number, text="Perlu pendampingan?")
    homes.do(answer_citizen_question, f"{number}.1", area="35.07", text=SAID, officer="sri")

    with homes.play.engine.reading(at=homes.play.now) as reader:
        side = pemda_side(reader, homes.play.engine.officer("sri", at=homes.play.now), f"{number}.1")

    assert [each.area for each in side.pemda] == ["35", "35.07"]
    assert [(each.by, side.names[each.pemda].area) for each in side.words] == [
        ("Petugas 35.07", "35.07"),
        ("Sri", "35.07"),
    ]
    assert SAID not in str(homes.play.rows(tables.pemda_question)) + str(homes.play.rows(tables.audit))
    assert [each["data"]["pemda"] for each in homes.records("citizen_question.answered")] == ["35.07"]


def test_who_asked_nothing_is_answered_nothing_and_other_offices_do_not_answer(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    with pytest.raises(NotFound):
        homes.do(answer_citizen_question, number, area="35.07", text=SAID, officer="sri")

    homes.do(ask_citizen_question, login, number, text="Perlu pendampingan?")
    with pytest.raises(NotFound):
        homes.do(answer_citizen_question, number, area="35.07", text=SAID, officer="wayan")
    with pytest.raises(NotValid):
        homes.do(answer_citizen_question, number, area="35.07", text=" ", officer="sri")
