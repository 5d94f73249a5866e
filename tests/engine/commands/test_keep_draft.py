"""Keeping what is still being typed."""

from datetime import timedelta
from typing import Any

import pytest

from engine import NotFound, NotValid, NotYours, cancel_case, keep_draft
from engine.domain.work_item import AlreadyDone, TakenByAnother
from engine.queries.drafts import own_draft
from engine.storage import tables
from engine.storage.answer_drafts import AnswerDraft
from engine.storage.key_ring import CellChanged
from tests.small_office import Play


@pytest.fixture(autouse=True)
def case(play: Play) -> str:
    play.publish("start -> user A -> user B -> end")
    return play.open()


def keep(play: Play, officer: str = "sri", **answers: Any) -> None:
    play.engine.perform(keep_draft, play.item("A").number, answers=answers, officer=officer, at=play.now)


def kept(play: Play, item: int, officer: str = "sri") -> AnswerDraft | None:
    with play.engine.reading(at=play.now) as reader:
        return own_draft(reader, play.engine.officer(officer, at=play.now), item)


def test_what_was_typed_last_is_there_on_any_machine_and_in_no_clear_text(play: Play) -> None:
    item = play.item("A").number
    keep(play, nama="Con")
    keep(play, nama="Contoh", kotak=["a", "b"])

    found = kept(play, item)

    assert found is not None
    assert (found.answers, found.saved_at) == ({"nama": "Contoh", "kotak": ["a", "b"]}, play.now)
    (row,) = play.rows(tables.answer_draft)
    assert "Contoh" not in row["answers"]


def test_it_leaves_no_link_in_the_chain_and_takes_nothing(play: Play) -> None:
    before, version = play.count(tables.audit), play.item("A").version

    keep(play, nama="Contoh")

    assert (play.count(tables.audit), play.item("A").version, play.item("A").officer) == (before, version, None)


def test_two_officers_have_each_their_own(play: Play) -> None:
    item = play.item("A").number
    keep(play, nama="Satu")
    keep(play, "budi", nama="Dua")

    mine, theirs = kept(play, item), kept(play, item, "budi")

    assert mine is not None
    assert theirs is not None
    assert (mine.answers, theirs.answers) == ({"nama": "Satu"}, {"nama": "Dua"})


def test_completing_the_item_lets_go_of_every_draft_of_it(play: Play) -> None:
    keep(play, nama="Satu")
    keep(play, "budi", nama="Dua")

    play.complete("A")

    assert play.count(tables.answer_draft) == 0


def test_drafts_of_a_case_that_was_cancelled_go_with_the_next_tidying(play: Play, case: str) -> None:
    keep(play, nama="Contoh")
    play.engine.perform(cancel_case, case, reason="Terdaftar dua kali", officer="sri", at=play.now)

    play.engine.tidy(at=play.now)

    assert play.count(tables.answer_draft) == 0


@pytest.mark.parametrize(("officer", "refusal"), [("tini", NotYours), ("wayan", NotFound)])
def test_who_may_not_complete_it_keeps_nothing_of_it(play: Play, officer: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        keep(play, officer, nama="Contoh")

    assert play.count(tables.answer_draft) == 0


def test_nothing_is_kept_of_what_another_has_taken_or_is_over(play: Play) -> None:
    item = play.item("A").number
    play.claim("A", officer="budi")
    with pytest.raises(TakenByAnother):
        keep(play, nama="Contoh")
    play.complete("A", "budi")

    with pytest.raises(AlreadyDone):
        play.engine.perform(keep_draft, item, answers={}, officer="sri", at=play.now + timedelta(1))


@pytest.mark.parametrize("answers", [{"a": "x" * 64_001}, {"x" * 201: "a"}, {str(n): "" for n in range(301)}, {"a": 1}])
def test_what_is_too_much_or_no_text_is_not_kept(play: Play, answers: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        keep(play, **answers)


def test_a_draft_that_was_moved_to_another_item_is_not_read(play: Play) -> None:
    keep(play, nama="Contoh")
    play.complete_number(play.item("A"), "budi")
    item = play.item("B").number
    play.engine.perform(keep_draft, item, answers={"a": "b"}, officer="sri", at=play.now)
    with play.engine.database.writing() as connection:
        stolen = play.engine._keys.lock('{"a":"c"}', "answer_draft.answers.1.1")
        connection.execute(tables.answer_draft.update().values(answers=stolen))

    with pytest.raises(CellChanged):
        kept(play, item)
