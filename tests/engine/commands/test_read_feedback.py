"""Whoever said something of an SOP reads what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import read_feedback
from engine.domain.feedback import FeedbackState
from engine.storage import tables
from tests.engine.commands.feedback_given import furnish_owner, give, look
from tests.small_office import Play


@pytest.fixture
def owner(play: Play) -> str:
    """The login of a process owner; what answers is in force."""
    return furnish_owner(play)


def test_the_giver_reads_the_answer_by_number_and_pin(play: Play, owner: str) -> None:
    given = give(play, step="Menerima permohonan")
    before = look(play, given)

    play.complete("telaah_masukan", owner, facts={"jawaban_masukan": "Terima kasih, loket dibuka."}, outcome="dijawab")

    after = look(play, given)
    assert before is not None
    assert (before.state, before.answer, before.title) == (FeedbackState.NEW, "", "Main")
    assert after is not None
    assert (after.state, after.answer) == (FeedbackState.ANSWERED, "Terima kasih, loket dibuka.")
    assert after.answered_at == play.now
    assert after.of.step == "Menerima permohonan"


def test_what_is_laid_aside_says_so_with_its_reason(play: Play, owner: str) -> None:
    given = give(play)

    play.complete("telaah_masukan", owner, facts={"jawaban_masukan": "Sudah begitu."}, outcome="dikesampingkan")

    found = look(play, given)
    assert found is not None
    assert (found.state, found.answer) == (FeedbackState.LAID_ASIDE, "Sudah begitu.")


def test_a_wrong_pin_opens_nothing_and_after_five_tries_the_right_one_neither(play: Play, owner: str) -> None:
    given = give(play)

    wrong = [look(play, given, "no") for _ in range(5)]

    assert wrong == [None] * 5
    assert look(play, given) is None
    play.now += timedelta(minutes=16)
    assert look(play, given) is not None


def test_who_has_tried_too_often_costs_the_house_no_slow_hash(
    play: Play, owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = give(play)
    for _ in range(5):
        look(play, given, "no")
    monkeypatch.setattr("engine.storage.feedback.pin_hash", lambda *_: pytest.fail("hashed all the same"))

    assert look(play, given) is None


def test_each_look_and_each_wrong_try_is_recorded_and_says_nothing_of_the_giver(play: Play, owner: str) -> None:
    given = give(play)

    look(play, given)
    other = play.engine.perform(read_feedback, "000", given.pin, address="10.0.0.1", at=play.now)

    assert other is None
    kept = [row for row in play.rows(tables.access_record) if row["kind"].startswith("feedback.")]
    assert [row["kind"] for row in kept] == ["feedback.read", "feedback.refused"]
    assert given.pin not in str(kept)
