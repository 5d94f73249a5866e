"""Whom a local government is told of, and of whom it is not."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from engine import (
    NotFound,
    NotValid,
    NotYours,
    cancel_case,
    end_pemda,
    list_citizens,
    place_citizen,
    read_citizen,
    reopen_case,
)
from engine.domain.pemda import AgeGroup, HandoverStep
from engine.storage import tables
from engine.storage.citizens import Citizen
from tests.engine.homes import Homes

MARKER = "Zzpenanda"
SECRETS = {
    "nik": "9900000000007711",
    "telepon": "089900007711",
    "alamat": f"Jalan {MARKER} 1",
    "perekrut_nama": f"{MARKER} Perekrut",
    "uraian_wawancara": f"{MARKER} wawancara",
    "kondisi_kesehatan": f"{MARKER} sakit",
    "rute": f"{MARKER} rute",
}


def test_a_citizen_is_told_in_these_fields_and_no_others(homes: Homes) -> None:
    number, login = homes.case(**SECRETS), homes.pemda()

    assert homes.listed(login) == (
        Citizen(
            number, "Siti Contoh", AgeGroup.ADULT, "35.07", ("pulang",), HandoverStep.NOT_YET, None, "", None, "JATENG"
        ),
    )
    assert MARKER not in repr(homes.do(list_citizens, login))
    assert len(fields(Citizen)) == 10


@pytest.mark.parametrize("area", ["35.08", "36", "35.07.11", "35.071", "35.7"])
def test_another_area_is_told_nothing_and_one_number_answers_like_none(homes: Homes, area: str) -> None:
    number = homes.case()
    if area in ("35.071", "35.7"):
        with pytest.raises(NotValid):
            homes.pemda(area)
        return
    login = homes.pemda(area)

    assert homes.listed(login) == ()
    assert homes.do(list_citizens, login).protected == ""
    with pytest.raises(NotFound):
        homes.do(read_citizen, login, number)


def test_an_area_around_is_told_too_and_a_village_only_of_those_who_are_known_to_be_from_there(homes: Homes) -> None:
    number, other = homes.case(), homes.case("Budi Contoh")
    homes.do(place_citizen, number, village="35.07.11.2003", officer="sri")
    province, district, village = (homes.pemda(each) for each in ("35", "35.07.11", "35.07.11.2003"))

    assert [each.number for each in homes.listed(province)] == [other, number]
    assert [each.region for each in homes.listed(village)] == ["35.07.11.2003"]
    assert [each.number for each in homes.listed(district)] == [number]


def test_nobody_is_told_before_a_course_is_set_or_where_the_origin_is_not_known(homes: Homes) -> None:
    homes.case(course="")
    homes.case(daerah_asal=None)

    assert homes.listed(homes.pemda()) == ()


def test_a_cancelled_case_and_one_that_ended_long_ago_are_told_no_more(homes: Homes) -> None:
    number, done, login = homes.case(), homes.case("Budi Contoh"), homes.pemda()
    homes.do(cancel_case, number, reason="Salah orang", officer="tini")
    assert [each.number for each in homes.listed(login)] == [done]

    homes.play.complete("B")
    homes.play.complete("H", facts={})
    homes.play.complete("I")
    assert [each.number for each in homes.listed(login)] == [done]
    homes.play.now += timedelta(days=366)
    assert homes.listed(login) == ()


HIDDEN: list[dict[str, Any]] = [
    {"hasil_penapisan": "terindikasi"},
    {"hasil_penapisan": "perlu_pendalaman"},
    {"hasil_penapisan": None},
    {"korban_dirahasiakan": True},
    {"kelas_kerahasiaan": "tertutup"},
    {"setuju_data_pemda": False},
    {"hasil_penapisan": "terindikasi", "setuju_data_pemda": False},
]


@pytest.mark.parametrize("facts", HIDDEN, ids=str)
def test_who_may_be_a_victim_is_never_told_by_name_number_or_search(homes: Homes, facts: dict[str, Any]) -> None:
    number, login = homes.case(MARKER, **facts), homes.pemda()

    assert homes.listed(login) == ()
    assert homes.listed(login, search=MARKER) == homes.listed(login, search=number) == ()
    with pytest.raises(NotFound):
        homes.do(read_citizen, login, number)
    assert homes.looks("citizens.listed") == homes.looks("citizen.read") == []


def test_a_victim_who_has_agreed_is_told_and_no_longer_once_they_think_otherwise(homes: Homes) -> None:
    number, login = homes.case(hasil_penapisan="terindikasi"), homes.pemda()

    homes.do(place_citizen, number, consent=True, officer="sri")
    assert [each.number for each in homes.listed(login)] == [number]
    homes.do(place_citizen, number, consent=False, officer="sri")
    assert homes.listed(login) == ()


def test_that_there_are_protected_citizens_is_told_in_bands_a_month_later_and_not_to_a_village(homes: Homes) -> None:
    regency, village = homes.pemda(), homes.pemda("35.07.11.2003")
    for _ in range(4):
        homes.case(hasil_penapisan="terindikasi", desa_asal="35.07.11.2003")
    assert homes.do(list_citizens, regency).protected == ""

    homes.month_over()
    assert homes.do(list_citizens, regency).protected == "<5"
    for _ in range(3):
        homes.case(hasil_penapisan="terindikasi", desa_asal="35.07.11.2003")
    assert homes.do(list_citizens, regency).protected == "<5"
    homes.month_over()
    assert homes.do(list_citizens, regency).protected == "5-9"
    assert homes.do(list_citizens, village).protected == ""


def test_the_hand_over_and_the_arrival_are_told_as_they_come(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.go_home(
        number,
        nomor_ba="BA-7/2026",
        serah_terima_hasil="diserahkan",
        tanggal_serah_terima="2026-05-04T09:00:00+07:00",
        tanggal_tiba="2026-05-04T08:00:00+07:00",
    )

    told = homes.listed(login)[0]

    assert (told.handover, told.protocol) == (HandoverStep.DONE, "BA-7/2026")
    assert (str(told.handover_at), str(told.arrived_at)) == ("2026-05-04 09:00:00+07:00", "2026-05-04 08:00:00+07:00")


def test_the_latest_answer_to_where_somebody_is_from_counts(homes: Homes) -> None:
    number, before, after = homes.case(), homes.pemda("35.07"), homes.pemda("35.08")
    homes.go_home(number, daerah_asal="35.08")

    assert homes.listed(before) == ()
    assert [each.number for each in homes.listed(after)] == [number]


def test_each_citizen_who_is_shown_is_noted_with_fields_purpose_and_who_looked(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.case("Budi Contoh", daerah_asal="35.08")

    homes.listed(login, purpose="csv")

    (look,) = homes.looks("citizens.listed")
    assert (look["officer"], look["data"]["pemda"], look["data"]["reason"]) == (f"pemda:{login}", "35.07", "csv")
    assert "name" in look["data"]["fields"]
    assert look["case_id"] is not None
    assert look["subject_id"] is not None
    assert number not in str(look["data"])


def test_a_search_finds_names_and_numbers_of_ones_own(homes: Homes) -> None:
    number, login = homes.case("Ayu Contoh"), homes.pemda()
    homes.case("Budi Contoh")

    assert [each.name for each in homes.listed(login, search=" ayu ")] == ["Ayu Contoh"]
    assert [each.name for each in homes.listed(login, search=number)] == ["Ayu Contoh"]


def test_a_page_has_fifty_and_says_where_the_next_begins(homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.commands.list_citizens.AT_ONCE", 2)
    for _ in range(3):
        homes.case()
    login = homes.pemda()

    first = homes.do(list_citizens, login)
    rest = homes.do(list_citizens, login, begin=first.following)

    assert (len(first.rows), first.whole, len(rest.rows), rest.following) == (2, 3, 1, None)
    assert len(homes.do(list_citizens, login, purpose="print").rows) == 3


def test_an_ended_one_and_one_whose_agreement_is_over_are_told_nothing(homes: Homes) -> None:
    homes.case()
    ended, over = homes.pemda(), homes.pemda("35", valid_until=homes.play.now.date() - timedelta(days=1))
    homes.do(end_pemda, "35.07", reason="Perjanjian diakhiri")

    for login in (ended, over, "nobody"):
        with pytest.raises(NotYours):
            homes.listed(login)


def test_a_purpose_that_nobody_knows_is_refused(homes: Homes) -> None:
    with pytest.raises(NotValid):
        homes.listed(homes.pemda(), purpose="curiosity")


def test_a_later_course_that_copies_what_its_case_says_does_not_undo_a_no(homes: Homes) -> None:
    number, login = homes.case(setuju_data_pemda=True), homes.pemda()
    homes.play.now += timedelta(hours=1)
    homes.do(place_citizen, f"{number}.1", consent=False, officer="sri")
    assert homes.listed(login) == ()

    homes.play.now += timedelta(hours=1)
    homes.decide(number, "hukum")

    assert homes.listed(login) == ()


def test_a_later_course_that_copies_what_its_case_says_does_not_move_anybody_back(homes: Homes) -> None:
    number, before, after = homes.case(), homes.pemda("35.07"), homes.pemda("35.08")
    homes.play.now += timedelta(hours=1)
    homes.go_home(number, daerah_asal="35.08")

    homes.play.now += timedelta(hours=1)
    homes.decide(number, "hukum")

    assert homes.listed(before) == ()
    assert [each.number for each in homes.listed(after)] == [number]


@pytest.mark.parametrize("facts", [HIDDEN[0], HIDDEN[3], HIDDEN[4], HIDDEN[5]], ids=str)
def test_who_is_protected_in_one_case_is_told_of_in_none_of_theirs(homes: Homes, facts: dict[str, Any]) -> None:
    first, again, login = homes.case(MARKER, **facts), homes.case(MARKER), homes.pemda()
    assert [each.number for each in homes.listed(login)] == [again]
    homes.same_person(first, again)

    assert homes.listed(login) == homes.listed(login, search=MARKER) == ()
    with pytest.raises(NotFound):
        homes.do(read_citizen, login, again)
    homes.play.now += timedelta(hours=1)
    homes.do(place_citizen, again, consent=True, officer="sri")
    assert [each.number for each in homes.listed(login)] == [again, first]


def test_a_case_that_takes_another_up_keeps_its_no_and_its_place(homes: Homes) -> None:
    homes.case(setuju_data_pemda=True, daerah_asal="35.07")
    homes.play.now += timedelta(hours=1)
    number = "S-2026-00001"
    homes.go_home(number, daerah_asal="35.08")
    homes.do(place_citizen, f"{number}.1", consent=False, officer="sri")
    homes.play.complete("I")
    homes.play.complete("B")

    homes.play.now += timedelta(hours=1)
    new = homes.do(reopen_case, number, reason="Datang lagi", officer="tini").case
    said = {"nama": MARKER, "hasil_penapisan": "tidak_terindikasi", "daerah_asal": "35.08"}
    homes.play.complete("A", facts=said)
    homes.decide(new)

    assert homes.listed(homes.pemda("35.07")) == homes.listed(homes.pemda("35.08")) == ()
    homes.play.now += timedelta(hours=1)
    homes.do(place_citizen, new, consent=True, officer="sri")
    assert homes.listed("petugas.35.07") == ()
    assert {each.number for each in homes.listed("petugas.35.08")} == {new, number}


@pytest.mark.parametrize(
    ("name", "stands", "against"),
    [
        ("setuju_data_pemda", True, False),
        ("hasil_penapisan", "tidak_terindikasi", "perlu_pendalaman"),
        ("hasil_penapisan", "tidak_terindikasi", "terindikasi"),
        ("daerah_asal", "35.07", "35.08"),
    ],
)
def test_where_two_branches_answered_differently_nobody_is_told(
    homes: Homes, name: str, stands: Any, against: Any
) -> None:
    number, login = homes.case(), homes.pemda()
    assert len(homes.listed(login)) == 1

    homes.dispute(number, name, stands, against)

    assert homes.listed(login) == ()


def test_how_many_are_protected_moves_with_nobody_who_comes_to_the_list_or_leaves_it(homes: Homes) -> None:
    shown, hidden, login = homes.case(), homes.case(MARKER, hasil_penapisan="terindikasi"), homes.pemda()
    homes.month_over()
    assert homes.do(list_citizens, login).protected == "<5"

    homes.do(place_citizen, hidden, consent=True, officer="sri")
    assert [each.number for each in homes.listed(login)] == [hidden, shown]
    assert homes.do(list_citizens, login).protected == "<5"
    homes.month_over()
    assert homes.do(list_citizens, login).protected == "<5"


def test_who_becomes_protected_is_among_the_protected_once_the_month_is_over_and_not_before(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.month_over()

    homes.do(place_citizen, number, consent=False, officer="sri")
    assert homes.listed(login) == ()
    assert homes.do(list_citizens, login).protected == ""
    homes.month_over()
    assert homes.do(list_citizens, login).protected == "<5"


def test_writing_down_the_village_alone_does_not_undo_a_no_of_another_part_of_the_case(homes: Homes) -> None:
    number, login = homes.case(), homes.pemda()
    homes.do(place_citizen, f"{number}.1", consent=False, officer="sri")
    homes.play.now += timedelta(hours=1)

    homes.do(place_citizen, number, village="35.07.11.2003", officer="sri")

    assert homes.listed(login) == ()


@pytest.mark.parametrize("typed", [f"35.07.11.2003 {MARKER}", f"35.07.{MARKER}", "35.07.", MARKER])
def test_what_somebody_typed_instead_of_a_code_is_no_place(homes: Homes, typed: str) -> None:
    homes.case(daerah_asal=None, desa_asal=typed, desa_perekrut=typed)
    login = homes.pemda()
    homes.month_over()

    assert homes.listed(login) == ()
    assert MARKER not in str(homes.play.rows(tables.pemda_month))
