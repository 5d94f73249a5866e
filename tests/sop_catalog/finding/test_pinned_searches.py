"""Twenty-eight searches as officials type them, each with the SOP that has to stand first. A change of ranking shows here."""

from __future__ import annotations

import pytest

from sop_catalog.finding import Found, Index

PINNED = (
    # as it is written
    ("wawancara mendalam", "c3-m03-03"),
    ("penetapan disposisi", "c3-m05"),
    ("berita acara serah terima", "c3-m07-02"),
    ("rumah ramah", "c3-m04"),
    # as it is remembered: other forms, other orders, only a part
    ("menjemput cpmi", "c3-m01-06"),
    ("korban penapisan", "c3-m03"),
    ("biaya pulang siapa yang menanggung", "c3-m06-02"),
    ("menghitung kerugian", "c3-m16-02"),
    # typing errors
    ("wawncara mendlam", "c3-m03-03"),
    ("restitsi", "c3-m16"),
    ("pemulngan pmi", "c3-m06"),
    ("penglolaan hak akses", "s11-m03-01"),
    ("insidn siber", "s11-m03-02"),
    # codes and parts of codes
    ("c3-m05-02", "c3-m05-02"),
    ("C3 M07 04", "c3-m07-04"),
    ("m15-04", "c3-m15-04"),
    ("p-c3-03", "p-c3-03"),
    # what officials and partners call otherwise
    ("shelter", "c3-m04"),
    ("skrining korban tppo", "c3-m03"),
    ("bast", "c3-m07-02"),
    ("cekal", "c3-m01-05"),
    ("kebocoran data", "s11-m03-03"),
    ("pengacara", "c3-m15-03"),
    ("surat jalan", "c3-m06-04"),
    # questions
    ("keluarga tidak mau menerima", "c3-m07-06"),
    ("siapa tanda tangan surat rujukan", "c3-m03-07"),
    # English
    ("legal aid", "c3-m15"),
    ("interview consent", "c3-m03-02"),
    ("repatriation", "c3-m06"),
    ("data breach", "s11-m03-03"),
)

TO_A_STEP = (
    ("mengingatkan batas 3 x 24 jam", "s11-m03-04", "ingatkan_batas"),
    ("90 hari", "c3-m16-05", "ingatkan_batas"),
    ("memesan tiket", "c3-m06-03", "pesan_tiket"),
)
"""Searches whose first hit has to be a step."""


def best(found: Found) -> str:
    """The code of the SOP in which the first hit stands."""
    return found.hits[0].entry.held.code


@pytest.mark.parametrize(("question", "code"), PINNED)
def test_what_is_meant_stands_first(index: Index, question: str, code: str) -> None:
    assert best(index.search(question)) == code


@pytest.mark.parametrize(("question", "code", "element"), TO_A_STEP)
def test_the_step_that_is_meant_stands_first(index: Index, question: str, code: str, element: str) -> None:
    entry = index.search(question).hits[0].entry

    assert (entry.held.code, entry.element) == (code, element)


def test_an_allowance_finds_the_steps_that_have_it(index: Index) -> None:
    found = index.search("3 hari kerja", most=10).hits

    assert all("3 hari kerja" in " ".join(text for _, text in each.entry.texts) for each in found)


def test_what_was_looked_for_by_another_word_is_told(index: Index) -> None:
    assert index.search("shelter").meant == (("shelter", "rumah ramah"),)


def test_another_word_takes_nothing_away_that_the_typed_one_finds(index: Index) -> None:
    typed = {(each.entry.held.code, each.entry.element) for each in index.search("calo", most=500).hits}
    meant = {(each.entry.held.code, each.entry.element) for each in index.search("perekrut", most=500).hits}

    assert typed >= meant
    assert meant
