"""A search finds what was meant, best first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop_catalog.finding import Index
from sop_catalog.finding.words import stems


def first(index: Index, question: str) -> tuple[str, str]:
    """Code and element of the best hit."""
    entry = index.search(question).hits[0].entry
    return entry.held.code, entry.element


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("wawancara mendalam", "c3-m03-03"),
        ("WAWANCARA, Mendalam!", "c3-m03-03"),
        ("c3-m05-02", "c3-m05-02"),
        ("C3 M05 02", "c3-m05-02"),
        ("p-c3-01", "p-c3-01"),
        ("penetapan hasil penapisan", "c3-m03-06"),
    ],
)
def test_a_title_or_a_code_finds_its_sop_first(index: Index, question: str, code: str) -> None:
    assert first(index, question) == (code, "")


def test_another_form_of_a_word_finds_the_same(index: Index) -> None:
    for question in ("pulang", "dipulangkan", "memulangkan"):
        assert "c3-m06" in {each.entry.held.code for each in index.search(question).hits[:3]}


def test_a_step_has_the_words_of_its_sops_title_too(index: Index) -> None:
    found = {(each.entry.held.code, each.entry.element): each.whole for each in index.search("surat penghuni").hits}

    assert found["c3-m04-06", "buat_rujukan"]


@pytest.mark.parametrize("question", ["wawancra mendalam", "wawancara mendlaam", "wawncara mendalm"])
def test_a_typing_error_is_forgiven_and_told(index: Index, question: str) -> None:
    found = index.search(question)

    assert found.hits[0].entry.held.code == "c3-m03-03"
    assert found.mended


def test_a_word_that_is_written_right_is_not_mended(index: Index) -> None:
    assert index.search("wawancara").mended == ()


def test_a_word_that_stands_nowhere_is_told_and_the_rest_is_looked_for(index: Index) -> None:
    found = index.search("zebra wawancara")

    assert found.missing == ("zebra",)
    assert found.hits


def test_nothing_is_found_of_nothing(index: Index) -> None:
    assert index.search("").hits == index.search("?!").hits == index.search("zebra").hits == ()


@pytest.mark.parametrize(
    "question", ["UU 21/2007 Pasal 44", "surat rujukan", "penyuluh hukum", "3 hari kerja", "nomor berita acara"]
)
def test_laws_documents_posts_allowances_and_questions_of_forms_lead_to_steps(index: Index, question: str) -> None:
    found = index.search(question)

    assert found.missing == ()
    assert any(each.entry.element and each.whole for each in found.hits)


def test_what_has_all_the_words_stands_alone(index: Index) -> None:
    assert all(each.whole for each in index.search("surat rujukan").hits)


@pytest.mark.parametrize(
    ("formed", "stem"),
    [
        ("pemulangan", "pulang"),
        ("dipulangkan", "pulang"),
        ("penapisan", "tapis"),
        ("menyidik", "sidik"),
        ("pengiriman", "kirim"),
        ("pencatatan", "catat"),
        ("mengantar", "antar"),
        ("diberitahukan", "beritahu"),
    ],
)
def test_affixes_are_taken_off_and_what_a_nasal_swallowed_comes_back(formed: str, stem: str) -> None:
    assert stem in stems(formed)


@settings(max_examples=60, deadline=None)
@given(question=st.text(max_size=60))
def test_whatever_is_typed_is_answered(index: Index, question: str) -> None:
    found = index.search(question)

    assert found.count >= len(found.hits)
