"""Names as they sound."""

import pytest

from engine.domain.names import name_tokens, phone, place_word, whole_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Soekarno", "Sukarno"),
        ("Djoko Soerjo", "Joko Suryo"),
        ("Tjipto", "Cipto"),
        ("Yusuf", "Jusup"),
        ("Moch. Ali", "M. Ali"),
        ("Hj. Siti Aisyah, S.Pd.", "Sitti Aisya"),
        ("Nurjannah", "NURJANAH"),
        ("Zainal", "Jaenal"),
        ("Ma'ruf", "Maruf"),
    ],
)
def test_the_same_name_is_written_in_many_ways(one: str, other: str) -> None:
    assert name_tokens(one) == name_tokens(other)


@pytest.mark.parametrize(("one", "other"), [("Siti", "Sinta"), ("Bambang", "Bambung"), ("Rina", "Rini")])
def test_other_names_stay_others(one: str, other: str) -> None:
    assert name_tokens(one) != name_tokens(other)


def test_muhammad_is_looked_for_only_where_there_is_no_other_word() -> None:
    assert name_tokens("Muhammad Rizki") == name_tokens("Rizki")
    assert name_tokens("Mhd.") == ("muhamad",)


def test_a_name_has_words_in_any_order_and_a_number_one_form() -> None:
    assert whole_name("Contoh Joko") == whole_name("JOKO CONTOH")
    assert {phone(each) for each in ("0812-345", "+62 812 345", "0062812345")} == {"0812345"}
    assert place_word("Kab. Demak") == place_word("Demak")
    assert name_tokens("…") == ()
