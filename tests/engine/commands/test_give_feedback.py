"""What the public says of an SOP becomes work of its owner."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from engine import NotFound, NotValid, assign_post, give_feedback, publish_release, read_paper
from engine.commands.give_feedback import MOST, NoFeedbackYet, SaidAlready, TooMuchFeedback
from engine.domain.feedback import contact_in
from engine.storage import tables
from tests.engine.commands.feedback_given import CONTACT, WORDS, furnish_owner, give
from tests.small_office import Play, release_of


@pytest.fixture
def owner(play: Play) -> str:
    """The login of a process owner; what answers is in force."""
    return furnish_owner(play)


def test_feedback_opens_a_case_of_the_head_office_with_its_words_and_contact_encrypted(play: Play, owner: str) -> None:
    given = give(play, contact=CONTACT, step="Menerima permohonan")

    (case,) = play.rows(tables.case)
    assert (case["number"], case["office"]) == (given.case, "PUSAT")
    papers = {each["kind"]: each["id"] for each in play.rows(tables.paper)}
    read = {
        kind: play.engine.perform(read_paper, given.case, number, officer=owner, at=play.now).content.decode()
        for kind, number in papers.items()
    }
    assert (read["masukan"], contact_in(read["kontak"])) == (WORDS, CONTACT)
    kept = str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert [each for each in (WORDS, CONTACT, given.code, given.pin) if each in kept] == []
    facts = {each["name"]: each["value"] for each in play.rows(tables.fact)}
    assert facts["kode_sop"] == "main"
    assert facts["langkah_sop"] == "Menerima permohonan"


def test_no_digest_gives_a_telephone_number_away_to_whoever_counts_them_through(play: Play, owner: str) -> None:
    give(play, contact=CONTACT)

    kept = str([play.rows(each) for each in tables.metadata.sorted_tables])
    assert hashlib.sha256(WORDS.encode()).hexdigest() in kept
    assert hashlib.sha256(CONTACT.encode()).hexdigest() not in kept


def test_the_owner_is_told_and_finds_it_among_the_work(play: Play, owner: str) -> None:
    give(play)

    assert [each["kind"] for each in play.rows(tables.notice)] == ["feedback.given"]
    assert [each.element for each in play.items()] == ["telaah_masukan"]
    assert "feedback.given" in {each["kind"] for each in play.rows(tables.audit)}


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


def test_of_an_offices_variant_that_office_takes_part_and_its_owners_are_told_too(play: Play, owner: str) -> None:
    with play.engine.begin(at=play.now) as work:
        assign_post(work, "wayan", post="pemilik", office="NTB", begins_on=play.now.date())
    variant = replace(release_of("start -> user A -> end", "main.NTB"), facts={"variant_of": "main", "office": "NTB"})
    play.engine.perform(publish_release, variant, at=play.now)

    play.engine.perform(give_feedback, "main.NTB", 1, kind="saran", text=WORDS, at=play.now)

    assert {row["office"] for row in play.rows(tables.participation)} == {"PUSAT", "NTB"}
    assert len({row["officer_id"] for row in play.rows(tables.notice)}) == 2
