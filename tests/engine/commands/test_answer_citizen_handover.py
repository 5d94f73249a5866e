"""A local government answers a hand-over."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, Receipt, WrongState, answer_citizen_handover
from engine.storage import tables
from tests.engine.homes import Homes


def answer(homes: Homes, login: str, number: str, *, accepted: bool = True, **more: Any) -> Receipt:
    given: dict[str, Any] = {"accepted": accepted, "happened_at": homes.play.now, "protocol": "BA-7/2026", **more}
    made: Receipt = homes.do(answer_citizen_handover, login, number, **given)
    return made


def test_an_acceptance_is_kept_with_its_protocol_and_the_office_is_told(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()

    assert answer(homes, login, number).state == "accepted"

    (record,) = homes.records("citizen_handover.answered")
    assert record["data"]["pemda"] == "35.07"
    assert "BA-7/2026" not in str(homes.play.rows(tables.pemda_report)) + str(record)
    told = [row for row in homes.play.rows(tables.notice) if row["kind"] == "handover.pemda-answered"]
    assert told
    assert {row["name"] for row in told} == {"Pemda 35.07"}


def test_where_a_drawing_waits_for_the_answer_the_case_moves(homes: Homes) -> None:
    homes.play.publish("start -> catch answered (message pemda_serah_terima) -> user After -> end", code="home")
    number, login = homes.case(), homes.pemda()
    assert "After" not in {each.element for each in homes.play.items()}

    answer(homes, login, number)

    assert "After" in {each.element for each in homes.play.items()}


def test_a_refusal_says_why_and_may_be_followed_by_an_acceptance_but_not_the_other_way(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    with pytest.raises(NotValid):
        answer(homes, login, number, accepted=False)

    answer(homes, login, number, accepted=False, protocol="", note="Keluarga belum siap")
    answer(homes, login, number)
    with pytest.raises(WrongState):
        answer(homes, login, number, accepted=False, note="Berubah")


@pytest.mark.parametrize("wrong", [{"protocol": " "}, {"protocol": "x" * 101}, {"note": "x" * 2_001}], ids=str)
def test_without_its_protocol_or_with_too_many_words_it_is_refused(homes: Homes, wrong: dict[str, Any]) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid):
        answer(homes, login, number, **wrong)


@pytest.mark.parametrize("away", [timedelta(hours=1), timedelta(days=-400)], ids=["to come", "long ago"])
def test_it_has_happened_and_not_long_ago(homes: Homes, away: timedelta) -> None:
    number, login = homes.case(), homes.pemda()

    with pytest.raises(NotValid):
        answer(homes, login, number, happened_at=homes.play.now + away)


def test_nobody_answers_for_another_areas_citizen_or_for_who_is_protected(homes: Homes) -> None:
    number, hidden, login = homes.case(), homes.case(hasil_penapisan="terindikasi"), homes.pemda("35.08")
    own = homes.pemda()

    with pytest.raises(NotFound):
        answer(homes, login, number)
    with pytest.raises(NotFound):
        answer(homes, own, hidden)
