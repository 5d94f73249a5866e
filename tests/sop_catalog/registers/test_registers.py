from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.domain.calendar import PATTERNS, DayKind, check_zone
from engine.domain.release import Clock
from sop_catalog import registers
from sop_catalog.registers.organisation import RegisteredPost
from sop_catalog.registers.reading import RegisterBroken, row


def test_there_are_a_head_office_and_23_regional_ones() -> None:
    assert Counter(each.kind for each in registers.offices()) == {"head": 1, "regional": 23}


def test_every_office_has_a_calendar_that_can_be_counted_with() -> None:
    for each in registers.offices():
        check_zone(each.zone)
        assert each.pattern in PATTERNS


def test_every_office_stands_in_the_zone_of_its_province() -> None:
    zones = {each.code: each.zone for each in registers.provinces()}

    assert all(zones[each.province] == each.zone for each in registers.offices())


def test_every_province_lies_in_the_area_of_one_office_and_every_regional_office_has_one() -> None:
    areas = registers.working_areas()

    assert len(areas) == 38
    assert set(areas.values()) == {each.code for each in registers.offices() if each.kind == "regional"}


def test_an_office_that_no_source_names_for_a_province_is_marked_as_assumed() -> None:
    own = {each.province for each in registers.offices() if each.kind == "regional"}
    sourced_elsewhere = {"75", "81", "82"}  # Gorontalo, Maluku and Maluku Utara: the area of BP3MI Sulawesi Utara

    assumed = {each.code for each in registers.provinces() if each.assumed}

    assert assumed == {each.code for each in registers.provinces()} - own - sourced_elsewhere


def test_a_regency_carries_the_code_of_its_province() -> None:
    listed = [(each.code, inner.code) for each in registers.provinces() for inner in each.listed]

    assert all(inner.startswith(f"{outer}.") and len(inner) == 5 for outer, inner in listed)
    assert len({inner for _, inner in listed}) == len(listed) == 514


def test_a_region_is_named_with_its_province_and_an_unknown_code_is_not_named() -> None:
    assert registers.region_name("32.12") == "Kabupaten Indramayu, Jawa Barat"
    assert registers.region_name("99.99") is None


@pytest.mark.parametrize("code", ["99.07.11.2003", "32.12", "32.12.01", "32.12.01.200", "Sumberpetung", ""])
def test_a_village_is_named_by_its_code_and_regency_and_nothing_else_is(code: str) -> None:
    assert registers.village_name("32.12.01.2001") == "32.12.01.2001, Kabupaten Indramayu, Jawa Barat"
    assert registers.village_name(code) is None


def test_the_province_of_a_village_is_found_from_its_code() -> None:
    found = registers.province_of("81.71.01.1001")

    assert found is not None
    assert (found.name, found.office) == ("Maluku", "bp3mi-sulut")


@pytest.mark.parametrize("codes", ["offices", "posts", "areas", "dispositions", "instruments", "closing_reasons"])
def test_no_code_stands_twice_in_a_register(codes: str) -> None:
    rows = getattr(registers, codes)()

    assert [code for code, times in Counter(each.code for each in rows).items() if times > 1] == []


def test_every_kind_of_office_that_a_post_names_exists() -> None:
    kinds = {each.kind for each in registers.offices()}

    assert all(set(each.offices) <= kinds for each in registers.posts())


def test_only_known_powers_are_given_and_each_is_given_to_somebody() -> None:
    given = {power.partition(":")[0] for each in registers.posts() for power in each.powers}

    assert given == {"publish", "administer", "audit", "oversee", "exchange", "extend", "figures", "open"}
    assert {each.code for each in registers.posts() if "publish" in each.powers} == {"pemilik-proses"}
    assert {each.code for each in registers.posts() if "figures" in each.powers} == {"kepala-pusdatin", "walidata"}


def test_a_replaced_instrument_names_one_of_the_register_that_is_in_force() -> None:
    for each in registers.instruments():
        if each.status == "replaced":
            successor = registers.instrument(each.replaced_by)
            assert successor is not None, each.code
            assert successor.status == "in-force"


def test_a_closing_reason_rests_on_an_instrument_of_the_register_and_counts_with_a_known_clock() -> None:
    clocks = {each.value for each in Clock} | {""}

    for each in registers.closing_reasons():
        assert not each.instrument or registers.instrument(each.instrument), each.code
        assert each.clock in clocks
        assert bool(each.amount) == bool(each.clock) == bool(each.since)


def test_the_status_of_an_instrument_is_one_of_three() -> None:
    assert {each.status for each in registers.instruments()} == {"in-force", "replaced", "to-verify"}


def test_there_are_twenty_process_areas() -> None:
    assert Counter(each.kind for each in registers.areas()) == {"core": 5, "supporting": 14, "other": 1}


def test_the_days_of_2026_are_those_of_the_joint_decree() -> None:
    days = registers.national_days([2026])

    assert Counter(each.kind for each in days) == {DayKind.PUBLIC: 17, DayKind.JOINT_LEAVE: 8}
    assert date(2026, 3, 18) in {each.day for each in days if each.kind is DayKind.JOINT_LEAVE}


def test_no_day_is_seeded_twice() -> None:
    days = [each.day for each in registers.national_days()]

    assert len(days) == len(set(days))


def test_only_years_whose_decree_is_registered_are_certain() -> None:
    book = registers.first_book(registers.offices())

    assert book.calendar("Asia/Jakarta").certain == frozenset({2025, 2026})
    assert {each.basis for each in book.days if each.day.year == 2026} == {"SKB 1497/2025, 2/2025, 5/2025"}


def test_estimated_dates_say_so() -> None:
    estimated = {each.title: each.day for each in registers.national_days([2027]) if each.estimated}

    assert estimated["Hari Raya Idul Fitri"] == date(2027, 3, 10)
    assert not any(each.estimated for each in registers.national_days([2026]))


def test_ramadan_ends_the_day_before_idulfitri() -> None:
    book = registers.first_book(())
    feasts = {each.day for each in book.days if each.title == "Hari Raya Idul Fitri"}

    assert {each.last + timedelta(days=1) for each in book.weeks if each.name == "Ramadan" and each.last} == feasts


def test_every_service_of_a_post_has_its_week() -> None:
    held = {each.service for each in registers.posts() if each.service}

    assert held == {each.code for each in registers.services()}
    assert held == {each.service for each in registers.first_book(()).weeks if each.service}


def test_countries_are_named_in_the_language_asked_for() -> None:
    assert registers.countries("id")["SA"] == "Arab Saudi"
    assert registers.countries("en")["SA"] == "Saudi Arabia"
    assert len(registers.countries()) == 249  # ISO 3166-1


def test_a_word_that_nobody_asked_for_is_refused_with_its_row() -> None:
    with pytest.raises(RegisterBroken, match="row 3 of the register posts"):
        row(
            "posts",
            3,
            {"code": "x", "name": "X", "english": "X", "offices": [], "level": 1, "colour": "red"},
            RegisteredPost,
        )


def test_a_row_without_its_name_is_refused() -> None:
    with pytest.raises(RegisterBroken):
        row("posts", 1, {"code": "x"}, RegisteredPost)


def test_every_register_file_is_read_by_one_of_the_readers() -> None:
    folder = Path(registers.__file__).parent

    assert {each.stem for each in folder.glob("*.toml")} == {
        "closing_reasons",
        "dispositions",
        "legal",
        "offices",
        "posts",
        "process_areas",
        "regions",
        "synonyms",
        "units",
        "working_times",
    }
