"""Withdrawing a document of a case."""

from typing import Any

import pytest

from engine import FormNotValid, NotFound, NotValid, attach_paper, read_paper, withdraw_paper
from engine.domain.paper import AlreadyWithdrawn
from engine.domain.release import Field, FieldKind
from engine.storage import tables
from tests.engine.commands.papers import PDF
from tests.small_office import Play

CARD = {"form": (Field("kk", "Kartu keluarga", FieldKind.DOCUMENT, required=True),)}


@pytest.fixture
def number(play: Play) -> str:
    play.publish("start -> user A -> end", A=CARD)
    case = play.open()
    play.engine.perform(attach_paper, case, kind="kk", name="kk.pdf", content=PDF, officer="sri", at=play.now)
    return case


def withdraw(play: Play, number: str, officer: str = "budi", **more: Any) -> Any:
    told = {"reason": "Milik orang lain", **more}
    return play.engine.perform(withdraw_paper, number, 1, officer=officer, at=play.now, **told)


def test_it_stays_readable_with_who_and_why_but_answers_for_nothing(play: Play, number: str) -> None:
    withdraw(play, number)

    read = play.engine.perform(read_paper, number, 1, officer="sri", at=play.now)
    assert (read.content, read.paper.reason) == (PDF, "Milik orang lain")
    assert play.rows(tables.audit)[-1]["kind"] == "paper.withdrawn"
    with pytest.raises(FormNotValid):
        play.complete("A")


def test_it_is_refused_without_a_reason_and_a_second_time(play: Play, number: str) -> None:
    with pytest.raises(NotValid):
        withdraw(play, number, reason=" ")

    withdraw(play, number)

    with pytest.raises(AlreadyWithdrawn, match="Budi"):
        withdraw(play, number)


def test_a_document_of_another_case_or_office_is_not_there(play: Play, number: str) -> None:
    other = play.open()

    with pytest.raises(NotFound):
        withdraw(play, other)
    with pytest.raises(NotFound):
        withdraw(play, number, "wayan")
