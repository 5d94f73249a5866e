"""Where things are used, both ways, to the step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.release import LegalBasis
from sop_catalog.finding import Article, Held, How, Uses, articles, document_address


def place(text: str) -> Article:
    """The one place that a citation names."""
    return articles(text)[0]


@pytest.fixture
def resting(shipped: list[Held]) -> Uses:
    """One procedure whose first four steps rest on a regulation, each in its own words."""
    held = next(each for each in shipped if each.code == "c3-m03-03")
    said = ("Pasal 18 ayat (2) huruf a", "Pasal 18", "", "Pasal 17 sampai dengan Pasal 19")
    steps = tuple(
        replace(step, legal=(LegalBasis("Permen P2MI 23/2025", cited),))
        for step, cited in zip(held.steps, said, strict=False)
    )
    return Uses([replace(held, steps=steps)])


def test_what_rests_on_an_article_is_told_to_the_step(resting: Uses) -> None:
    found = resting.law("Permen P2MI 23/2025", place("art. 18"))

    assert [each.said for each in found.exactly] == [
        "Pasal 18 ayat (2) huruf a",
        "Pasal 18",
        "Pasal 17 sampai dengan Pasal 19",
    ]
    assert all(each.element and each.held.code == "c3-m03-03" for each in found.exactly)
    assert [each.said for each in found.unplaced] == [""]


def test_what_cites_the_whole_article_is_told_apart_where_a_paragraph_was_asked_for(resting: Uses) -> None:
    found = resting.law("Permen P2MI 23/2025", place("Pasal 18 ayat (2)"))

    assert [each.said for each in found.exactly] == ["Pasal 18 ayat (2) huruf a"]
    assert [each.said for each in found.wider] == ["Pasal 18", "Pasal 17 sampai dengan Pasal 19"]


def test_an_article_that_nobody_cites_leaves_what_cites_the_law_as_a_whole(resting: Uses) -> None:
    found = resting.law("Permen P2MI 23/2025", place("Pasal 5"))

    assert (len(found.exactly), len(found.wider), len(found.unplaced)) == (0, 0, 1)


def test_the_articles_of_a_law_are_counted_in_their_order(resting: Uses) -> None:
    assert {str(each): count for each, count in resting.cited("Permen P2MI 23/2025").items()} == {
        "Pasal 17": 1,
        "Pasal 18": 3,
        "Pasal 19": 1,
    }


def test_a_duty_leads_to_the_step_that_ends_it(uses: Uses) -> None:
    found = uses.law("UU 21/2007", place("Pasal 53")).exactly

    duty = next(each for each in found if each.how is How.OWES)
    assert duty.held.code == "c3-m03-07"
    assert duty.element


def test_a_micro_is_called_by_its_macro(uses: Uses) -> None:
    found = uses.called_by("c3-m03-03")

    assert ("c3-m03", How.CALLS) in {(each.held.code, each.how) for each in found}


def test_a_document_is_made_by_some_steps_and_needed_by_others(uses: Uses) -> None:
    found = uses.documents[document_address("SURAT  rujukan.")]

    assert {How.MAKES, How.NEEDS} <= {each.how for each in found}


def test_a_fact_is_asked_by_forms_and_read_by_decisions(uses: Uses) -> None:
    hows = {name: {each.how for each in uses.asked_for(name)} for name in uses.fields}

    assert {How.ASKS, How.READS} in hows.values()
    assert uses.asked_for("and") == ()
    assert uses.asked_for("nobody_asks_this") == ()


def test_every_step_with_a_post_is_found_by_it(uses: Uses, shipped: list[Held]) -> None:
    of_posts = {(use.held.code, use.element) for found in uses.posts.values() for use in found}

    assert of_posts == {
        (each.code, step.element) for each in shipped for step in each.steps if step.performer and step.performer.post
    }
