"""A local government asks something."""

import pytest

from engine import NotFound, NotValid, ask_citizen_question
from engine.storage import tables
from tests.engine.homes import Homes

SAID = "Apakah keluarga perlu pendampingan?"


def test_the_question_is_encrypted_and_the_office_is_told_that_there_is_one(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    homes.do(ask_citizen_question, login, number, text=f" {SAID} ")

    assert SAID not in str(homes.play.rows(tables.pemda_question)) + str(homes.play.rows(tables.audit))
    assert [each["data"]["user"] for each in homes.records("citizen_question.asked")] == [login]
    assert "handover.pemda-asked" in {row["kind"] for row in homes.play.rows(tables.notice)}


@pytest.mark.parametrize("text", [" ", "x" * 2_001])
def test_it_says_something_and_not_too_much(homes: Homes, text: str) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid):
        homes.do(ask_citizen_question, login, number, text=text)


def test_nobody_asks_about_who_is_protected(homes: Homes) -> None:
    number, login = homes.case(hasil_penapisan=None), homes.pemda()

    with pytest.raises(NotFound):
        homes.do(ask_citizen_question, login, number, text=SAID)
