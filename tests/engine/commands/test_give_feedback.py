"""What the public says of an SOP becomes work of its owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, add_post, assign_post, give_feedback, read_feedback, read_paper
from engine.commands.give_feedback import MOST, NoFeedbackYet, SaidAlready, TooMuchFeedback
from engine.commands.give_feedback import FeedbackGiven as Given
from engine.commands.read_feedback import FeedbackStatus
from engine.domain.feedback import FeedbackState
from engine.domain.organisation import Post
from engine.domain.release import Field, FieldKind
from engine.storage import tables
from tests.small_office import Play, outcomes

WORDS, CONTACT = "Loket tutup pukul dua, padahal di SOP sampai pukul empat.", "082100000000"
HANDLING = "start -> user telaah_masukan -> end"


@pytest.fixture
def owner(play: Play) -> str:
    """A process owner in the head office, an SOP in force, and the procedure that answers."""
    with play.engine.begin(at=play.now) as work:
        add_post(work, Post("pemilik", "Pemilik Proses", ("publish",)))
        assign_post(work, "hana", post="pemilik", office="PUSAT", begins_on=play.now.date())
    play.publish("start -> user A -> end")
    answer = (Field("jawaban_masukan", "Jawaban", FieldKind.LONG_TEXT, True),)
    step: dict[str, Any] = {"form": answer, "outcomes": outcomes("dijawab", "dikesampingkan")}
    play.publish(HANDLING, code="p-s03-01", telaah_masukan=step)
    return "hana"


def give(play: Play, *, kind: str = "tidak-sesuai", text: str = WORDS, **more: Any) -> Given:
    return play.engine.perform(give_feedback, "main", 1, kind=kind, text=text, at=play.now, **more)


def look(play: Play, given: Given, pin: str = "") -> FeedbackStatus | None:
    return play.engine.perform(read_feedback, given.code, pin or given.pin, address="10.0.0.1", at=play.now)


def test_feedback_opens_a_case_of_the_head_office_with_its_words_and_contact_encrypted(play: Play, owner: str) -> None:
    given = give(play, contact=CONTACT, step="Menerima permohonan")

    (case,) = play.rows(tables.case)
    assert (case["number"], case["office"]) == (given.case, "PUSAT")
    papers = {each["kind"]: each["id"] for each in play.rows(tables.paper)}
    read = {
        kind: play.engine.perform(read_paper, given.case, number, officer=owner, at=play.now).content.decode()
        for kind, number in papers.items()
    }
    assert read == {"masukan": WORDS, "kontak": CONTACT}
    kept = str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each for each in (WORDS, CONTACT, given.code, given.pin) if each in kept] == []
    facts = {each["name"]: each["value"] for each in play.rows(tables.fact)}
    assert facts["kode_sop"] == "main"
    assert facts["langkah_sop"] == "Menerima permohonan"


def test_the_owner_is_told_and_finds_it_among_the_work(play: Play, owner: str) -> None:
    give(play)

    assert [each["kind"] for each in play.rows(tables.notice)] == ["feedback.given"]
    assert [each.element for each in play.items()] == ["telaah_masukan"]
    assert "feedback.given" in {each["kind"] for each in play.rows(tables.audit)}


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


@pytest.mark.parametrize("changed", [{"kind": "pujian"}, {"text": "  "}, {"text": "a" * 4001}, {"contact": "1" * 201}])
def test_what_is_no_feedback_is_refused_and_leaves_no_trace(play: Play, owner: str, changed: dict[str, str]) -> None:
    with pytest.raises(NotValid):
        give(play, **changed)

    assert (play.count(tables.case), play.count(tables.feedback), play.count(tables.paper)) == (0, 0, 0)


def test_an_edition_that_does_not_exist_is_not_found(play: Play, owner: str) -> None:
    with pytest.raises(NotFound):
        play.engine.perform(give_feedback, "main", 9, kind="saran", text=WORDS, at=play.now)


def test_while_nobody_could_answer_it_is_refused(play: Play) -> None:
    play.publish("start -> user A -> end")

    with pytest.raises(NoFeedbackYet):
        give(play)


def test_one_sop_takes_only_so_many_a_day(play: Play, owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.commands.give_feedback.MOST", 2)
    give(play)
    give(play, text="Satu lagi.")

    with pytest.raises(TooMuchFeedback):
        give(play, text="Dan satu lagi.")
    assert MOST > 2
    play.now += timedelta(days=1, minutes=1)
    give(play, text="Dan satu lagi.")


def test_the_same_words_sent_twice_make_one_case(play: Play, owner: str) -> None:
    give(play)

    with pytest.raises(SaidAlready):
        give(play)

    assert play.count(tables.case) == 1
