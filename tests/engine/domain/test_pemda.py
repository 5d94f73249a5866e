"""Working areas, agreements and ages."""

from datetime import UTC, date, datetime

import pytest

from engine.domain.pemda import AgeGroup, Pemda, age_group, is_area, lies_in, month_ends, month_of

NOW = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("code", ["35", "35.07", "35.07.11", "35.07.11.2003"])
def test_these_are_areas(code: str) -> None:
    assert is_area(code)


@pytest.mark.parametrize("code", ["", "5", "3507", "35.", "35.7", "35.07.1", "35.07.11.200", "35.07.11.2003.1", "ab"])
def test_these_are_none(code: str) -> None:
    assert not is_area(code)


def test_a_region_lies_in_an_area_by_whole_parts_of_its_code() -> None:
    assert lies_in("35.07.11", "35.07")
    assert lies_in("35.07", "35.07")
    assert not lies_in("35.071", "35.07")
    assert not lies_in("35", "35.07")
    assert not lies_in("35", "")


@pytest.mark.parametrize(
    ("born", "group"),
    [
        ("2010-01-01", AgeGroup.CHILD),
        ("2008-05-05", AgeGroup.CHILD),
        ("2008-05-04", AgeGroup.ADULT),
        ("1966-05-04", AgeGroup.ELDER),
        ("", AgeGroup.UNKNOWN),
        ("1998", AgeGroup.UNKNOWN),
        ("2030-01-01", AgeGroup.UNKNOWN),
    ],
)
def test_an_age_is_told_as_a_group(born: str, group: AgeGroup) -> None:
    assert age_group(born, NOW) is group


def test_an_agreement_holds_from_its_first_day_to_its_last_at_home() -> None:
    one = Pemda("35", "Jawa Timur", "PP 59/2021", "1/2026", date(2026, 5, 1), date(2026, 5, 4))

    assert one.holds(datetime(2026, 4, 30, 17, 0, tzinfo=UTC))
    assert not one.holds(datetime(2026, 4, 30, 16, 59, tzinfo=UTC))
    assert one.holds(datetime(2026, 5, 4, 16, 59, tzinfo=UTC))
    assert not one.holds(datetime(2026, 5, 4, 17, 0, tzinfo=UTC))


def test_a_month_is_that_at_home_and_ends_where_the_next_begins() -> None:
    assert month_of(datetime(2026, 4, 30, 17, 0, tzinfo=UTC)) == "2026-05"
    assert month_ends("2026-12") == datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="month"):
        month_ends("2026-13")
