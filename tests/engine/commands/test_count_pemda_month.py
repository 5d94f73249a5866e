"""The figures of a month."""

import pytest

from engine import NotValid, NotYours, count_pemda_month
from engine.queries.pemda import PemdaMonth, pemda_figures, pemda_months
from engine.storage import tables
from tests.engine.homes import Homes


def figures(homes: Homes, area: str) -> PemdaMonth:
    with homes.play.engine.reading(at=homes.play.now) as reader:
        found = pemda_figures(reader, area, "2026-05")
    assert found is not None
    return found


def told(homes: Homes, area: str, measure: str = "origins") -> dict[str, str]:
    return {each.area: each.count for each in figures(homes, area).rows[measure]}


def test_a_month_is_counted_once_and_stands(homes: Homes) -> None:
    for _ in range(6):
        homes.case()
    homes.next_month()

    assert homes.do(count_pemda_month, "2026-05").state == "counted"
    homes.case()
    assert homes.do(count_pemda_month, "2026-05").state == "stood"
    assert told(homes, "35") == {"35": "6", "35.07": "6"}
    with homes.play.engine.reading(at=homes.play.now) as reader:
        assert pemda_months(reader) == ("2026-05",)
    assert [each["data"]["month"] for each in homes.records("pemda_month.counted")] == ["2026-05"]


@pytest.mark.parametrize("month", ["2026-05", "2026-13", "kemarin", "", "2026-5"])
def test_a_month_that_is_not_over_and_one_that_is_none_are_refused(homes: Homes, month: str) -> None:
    with pytest.raises(NotValid):
        homes.do(count_pemda_month, month)


def test_it_is_the_work_of_whoever_administers_the_house(homes: Homes) -> None:
    with pytest.raises(NotYours):
        homes.do(count_pemda_month, "2026-04", officer="sri")


def test_who_is_protected_is_in_no_figure(homes: Homes) -> None:
    for _ in range(5):
        homes.case()
    for _ in range(6):
        homes.case(hasil_penapisan="terindikasi", desa_perekrut="35.07.11.2003")
    homes.next_month()
    homes.do(count_pemda_month, "2026-05")

    assert told(homes, "35.07") == {"35.07": "5"}
    assert told(homes, "35.07", "recruiters") == {}


def test_small_numbers_are_not_even_stored(homes: Homes) -> None:
    for village, count in (("35.07.11.2003", 2), ("35.07.12.2001", 8), ("35.07.13.2001", 20)):
        for _ in range(count):
            homes.case(desa_asal=village)
    homes.next_month()
    homes.do(count_pemda_month, "2026-05")

    found = told(homes, "35.07")
    assert (found["35.07"], found["35.07.11"], found["35.07.12"], found["35.07.13"]) == ("30", "<5", "-", "20")
    assert "35.07.12.2001" not in found
    assert "35.07.11.2003" not in str(homes.play.rows(tables.pemda_month))
    assert told(homes, "36") == {}


def test_who_came_again_and_where_recruiters_are_from_are_counted(homes: Homes) -> None:
    same = {"nik": "9900000000008800", "tanggal_lahir": "1990-01-01"}
    for turn in range(6):
        homes.case(f"Orang {turn}", desa_perekrut="35.08.01.2001", **{**same, "nik": f"99000000000088{turn:02}"})
    homes.next_month()
    homes.do(count_pemda_month, "2026-05")

    assert told(homes, "35.08", "recruiters")["35.08"] == "6"
    assert told(homes, "35.07", "repeats") == {}
