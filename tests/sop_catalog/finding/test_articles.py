"""Places in a law, as they are cited and asked for."""

from __future__ import annotations

import pytest

from sop_catalog.finding import Article, articles, cited_law


@pytest.mark.parametrize(
    ("cited", "places"),
    [
        ("Pasal 18", ["Pasal 18"]),
        ("Pasal 18 ayat (2) huruf a", ["Pasal 18 ayat (2) huruf a"]),
        ("art. 18", ["Pasal 18"]),
        ("Pasal 18A ayat 1", ["Pasal 18a ayat (1)"]),
        ("Pasal 6 sampai dengan Pasal 8", ["Pasal 6", "Pasal 7", "Pasal 8"]),
        ("Pasal 44–46", ["Pasal 44", "Pasal 45", "Pasal 46"]),
        ("Pasal 4 s.d. Pasal 6", ["Pasal 4", "Pasal 5", "Pasal 6"]),
        ("Pasal 52, 53 dan 54", ["Pasal 52", "Pasal 53", "Pasal 54"]),
        ("Pasal 13 huruf e dan huruf f", ["Pasal 13 huruf e", "Pasal 13 huruf f"]),
        ("Pasal 5 ayat (1) huruf a dan ayat (2)", ["Pasal 5 ayat (1) huruf a", "Pasal 5 ayat (2)"]),
        ("Pasal 3 huruf b angka 2", ["Pasal 3 huruf b angka 2"]),
        ("Lampiran III", []),
        ("", []),
        ("Pasal 1 sampai dengan Pasal 999999999", ["Pasal 1", "Pasal 999999999"]),
    ],
)
def test_a_citation_names_these_places(cited: str, places: list[str]) -> None:
    assert [str(each) for each in articles(cited)] == places


def test_a_letter_lies_in_its_article_and_not_the_other_way_round() -> None:
    (letter,) = articles("Pasal 18 ayat (2) huruf a")

    assert letter.lies_in(Article("18"))
    assert letter.lies_in(Article("18", "2"))
    assert not Article("18").lies_in(letter)
    assert not letter.lies_in(Article("1"))
    assert not letter.lies_in(Article("18", "3"))


@pytest.mark.parametrize(
    ("question", "code", "place"),
    [
        ("Permen P2MI 23/2025 art. 18", "Permen P2MI 23/2025", "Pasal 18"),
        ("what rests on Permen P2MI 23/2025 art. 18?", "Permen P2MI 23/2025", "Pasal 18"),
        ("apa saja yang bersandar pada permen 23/2025 pasal 18 ayat 2", "Permen P2MI 23/2025", "Pasal 18 ayat (2)"),
        ("UU No. 18 Tahun 2017", "UU 18/2017", None),
        ("UU TPPO pasal 53", "UU 21/2007", "Pasal 53"),
        ("apa yang berdasar UU PDP?", "UU 27/2022", None),
        ("Undang-Undang Nomor 21 Tahun 2007 pasal 44", "UU 21/2007", "Pasal 44"),
        ("18/2017/2018x", "UU 18/2017", None),
    ],
)
def test_a_question_names_a_registered_law_however_it_is_written(question: str, code: str, place: str | None) -> None:
    found = cited_law(question)

    assert found is not None
    assert found.instrument.code == code
    assert (str(found.article) if found.article else None) == place


@pytest.mark.parametrize(
    ("question", "further"),
    [
        ("what rests on Permen P2MI 23/2025 art. 18?", ()),
        ("apa saja yang bersandar pada UU TPPO pasal 53 ayat (2)", ()),
        ("UU 21/2007 pasal 53 rujukan polri", ("rujukan", "polri")),
        ("laporan menurut UU PDP", ("laporan",)),
    ],
)
def test_what_a_question_says_beside_the_law_is_told_apart(question: str, further: tuple[str, ...]) -> None:
    found = cited_law(question)

    assert found is not None
    assert found.further == further


@pytest.mark.parametrize("question", ["pemulangan", "3 hari kerja", "PP 18/2017", "UU 999/2017"])
def test_a_question_that_names_no_registered_law_is_not_taken_for_one(question: str) -> None:
    assert cited_law(question) is None
