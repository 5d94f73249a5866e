"""One citizen, as their local government is told of them."""

import pytest

from engine import NotFound, answer_citizen_question, ask_citizen_question, read_citizen, report_citizen_arrival
from engine.queries.persons import person_page
from engine.storage import tables
from tests.engine.homes import Homes


def test_it_tells_the_citizen_and_what_passed_with_this_one_alone(homes: Homes) -> None:
    number, mine, around = homes.case(), homes.pemda(), homes.pemda("35")
    homes.do(ask_citizen_question, mine, number, text="Kapan tiba?")
    homes.do(answer_citizen_question, number, area="35.07", text="Besok pagi.", officer="sri")
    homes.do(report_citizen_arrival, around, number, happened_at=homes.play.now)

    page, other = homes.do(read_citizen, mine, number), homes.do(read_citizen, around, number)

    assert page.citizen.name == "Siti Contoh"
    assert [(each.text, each.office) for each in page.words] == [("Kapan tiba?", ""), ("Besok pagi.", "JATENG")]
    assert (page.reports, other.words) == ((), ())
    assert [each.by for each in other.reports] == ["Petugas 35"]


def test_each_look_is_noted(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.do(read_citizen, login, number)

    (look,) = homes.looks("citizen.read")
    assert look["officer"] == f"pemda:{login}"
    assert look["data"]["fields"]


def test_the_person_and_whoever_answers_them_can_see_who_was_told(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.do(read_citizen, login, number)

    row = next(each for each in homes.play.rows(tables.case) if each["number"] == number)
    with homes.play.engine.reading(at=homes.play.now) as reader:
        page = person_page(reader, homes.play.engine.officer("sri", at=homes.play.now), row["subject_id"])

    assert [(each.officer, each.kind) for each in page.looks] == [(f"pemda:{login}", "citizen.read")]
    assert "name" in page.looks[0].fields


@pytest.mark.parametrize("number", ["S-2026-99999", "", "' or 1=1"])
def test_a_number_that_is_nobodys_and_a_sub_case_answer_alike(homes: Homes, number: str) -> None:
    known, login = homes.case(), homes.pemda()

    for each in (number, f"{known}.1"):
        with pytest.raises(NotFound, match="citizen"):
            homes.do(read_citizen, login, each)
    assert homes.looks("citizen.read") == []


def test_who_asks_about_somebody_they_are_not_told_of_is_noted_and_not_what_they_typed(homes: Homes) -> None:
    stranger, login = homes.case(daerah_asal="35.08"), homes.pemda()

    for number in (stranger, "Zzdiketik"):
        with pytest.raises(NotFound):
            homes.do(read_citizen, login, number)

    tries = [row for row in homes.looks("refused") if row["data"]["command"] == "read_citizen"]
    assert [row["officer"] for row in tries] == [f"pemda:{login}"] * 2
    assert [row["case_id"] for row in tries] == [None, None]
    assert "Zzdiketik" not in str(tries)
