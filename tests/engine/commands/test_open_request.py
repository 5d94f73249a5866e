"""Requests of the person about their own data."""

import pytest

from engine import NotValid, SlipIssued, issue_slip, open_request, read_paper
from engine.commands.open_request import NoSuchRequest, TooManyRequests
from engine.domain.release import Bound, Field
from engine.storage import tables
from tests.small_office import Play

FORM = {"form": (Field("nama", "Nama", bound=Bound.SUBJECT),)}
WORDS = "Nama ibu saya salah tulis."


@pytest.fixture
def slip(play: Play) -> SlipIssued:
    play.publish("start -> user A -> user B -> end", A=FORM)
    number = play.open()
    play.complete("A", facts={"nama": "Orang Contoh"})
    made: SlipIssued = play.engine.perform(issue_slip, number, officer="sri", at=play.now)
    return made


def ask(play: Play, slip: SlipIssued, pin: str = "", *, kind: str = "perbaikan", text: str = WORDS) -> str | None:
    told = {"kind": kind, "text": text, "address": "10.0.0.1"}
    receipt = play.engine.perform(open_request, slip.code, pin or slip.pin, **told, at=play.now)
    return receipt.case if receipt else None


def test_a_request_opens_a_case_about_the_same_person_with_its_words_encrypted(play: Play, slip: SlipIssued) -> None:
    play.publish("start -> user Check -> end", code="p-s11-01")

    made = ask(play, slip)

    first, second = play.rows(tables.case)
    assert (second["number"], second["office"], second["subject_id"]) == (made, "JATENG", first["subject_id"])
    (paper,) = play.rows(tables.paper)
    read = play.engine.perform(read_paper, made, paper["id"], officer="sri", at=play.now)
    assert read.content.decode() == WORDS
    assert WORDS not in str([play.rows(each) for each in (tables.fact, tables.audit, tables.access_record)])
    assert "request.opened" in {row["kind"] for row in play.rows(tables.audit)}


def test_without_the_pin_nothing_happens(play: Play, slip: SlipIssued) -> None:
    play.publish("start -> user Check -> end", code="p-s11-01")

    assert ask(play, slip, "no") is None
    assert play.count(tables.case) == 1


def test_a_request_of_no_known_kind_or_without_words_is_refused(play: Play, slip: SlipIssued) -> None:
    play.publish("start -> user Check -> end", code="p-s11-01")

    with pytest.raises(NotValid):
        ask(play, slip, kind="lain")
    with pytest.raises(NotValid):
        ask(play, slip, text=" ")


def test_only_three_a_day_are_taken(play: Play, slip: SlipIssued) -> None:
    play.publish("start -> user Check -> end", code="p-s11-01")
    for _ in range(3):
        ask(play, slip)

    with pytest.raises(TooManyRequests):
        ask(play, slip)


def test_where_no_procedure_is_in_force_the_person_is_told_where_to_go(play: Play, slip: SlipIssued) -> None:
    with pytest.raises(NoSuchRequest, match="BP3MI Jawa Tengah"):
        ask(play, slip)
