"""Values as stored facts: one JSON for one value, and back."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Json, Range, Value, YearsMonths, from_json, to_json

WIT = timezone(timedelta(hours=9))

STORED: list[tuple[Value, Json]] = [
    (None, None),
    (True, True),
    ("teks", "teks"),
    (Decimal(5), 5),
    (Decimal("5.00"), 5),
    (Decimal("-0"), 0),
    (Decimal("1E+3"), 1000),
    (Decimal("12.50"), {"@number": "12.5"}),
    (Decimal(10**20), {"@number": "100000000000000000000"}),
    (date(2026, 3, 1), {"@date": "2026-03-01"}),
    (time(8, 30), {"@time": "08:30:00"}),
    (time(8, 30, tzinfo=UTC), {"@time": "08:30:00Z"}),
    (datetime(2026, 3, 1, 8, tzinfo=WIT), {"@datetime": "2026-03-01T08:00:00+09:00"}),
    (datetime(2026, 3, 1, 8, 0, 0, 5, tzinfo=UTC).replace(tzinfo=None), {"@datetime": "2026-03-01T08:00:00.000005"}),
    (datetime(2026, 3, 1, 8, tzinfo=ZoneInfo("Asia/Jakarta")), {"@datetime": "2026-03-01T08:00:00@Asia/Jakarta"}),
    (timedelta(days=1, hours=2, seconds=0.5), {"@duration": "P1DT2H0.5S"}),
    (timedelta(), {"@duration": "PT0S"}),
    (timedelta(minutes=-90), {"@duration": "-PT1H30M"}),
    (YearsMonths(14), {"@months": "P1Y2M"}),
    (YearsMonths(-1), {"@months": "-P1M"}),
    (YearsMonths(0), {"@months": "P0M"}),
    (Range(Decimal(1), None, True, False), {"@range": [1, None, True, False]}),
    ([Decimal(1), "a"], [1, "a"]),
    ({"b": Decimal(1), "a": None}, {"a": None, "b": 1}),
    ({"@date": "teks"}, {"@context": {"@date": "teks"}}),
    ({"@context": {}}, {"@context": {"@context": {}}}),
]


@pytest.mark.parametrize(("value", "stored"), STORED)
def test_a_value_has_one_json_form_and_comes_back(value: Value, stored: Json) -> None:
    assert json.dumps(to_json(value)) == json.dumps(stored)
    assert from_json(stored) == value


def test_whole_numbers_and_tuples_are_taken_at_the_border() -> None:
    assert to_json({"a": (1, 2)}) == {"a": [1, 2]}
    assert from_json(0.1) == Decimal("0.1")


@pytest.mark.parametrize("value", [1.5, object(), {1: 2}, Decimal("NaN"), Decimal("1E+40"), {"a": b"x"}, 10**35 + 1])
def test_what_is_not_a_value_is_not_stored(value: object) -> None:
    with pytest.raises(ValueError, match="Expected"):
        to_json(value)


@pytest.mark.parametrize(
    "stored",
    [
        {"@date": "2026-02-30"},
        {"@date": 5},
        {"@unknown": "x"},
        {"@number": "x"},
        {"@number": "1e99"},
        {"@range": [1, 2]},
        {"@context": 1},
        {"@duration": "P1M"},
        {"@datetime": "2026-03-01T08:00:00@../../etc/passwd"},
        {"@datetime": "2026-03-01T08:00:00@Asia"},
        float("inf"),
        object(),
    ],
)
def test_what_no_value_was_stored_as_is_not_read(stored: object) -> None:
    with pytest.raises(ValueError, match="Expected"):
        from_json(stored)


OFFSETS = st.one_of(
    st.none(), st.just(UTC), st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(min_value=-(10**20), max_value=10**20, allow_nan=False, places=6),
    st.integers(-(10**33), 10**33).map(Decimal),
    st.text(max_size=8),
    st.dates(),
    st.builds(lambda clock, zone: clock.replace(tzinfo=zone), st.times(), OFFSETS),
    st.builds(lambda moment, zone: moment.replace(tzinfo=zone), st.datetimes(), OFFSETS),
    st.timedeltas(),
    st.integers(-(10**6), 10**6).map(YearsMonths),
)
KEYS = st.one_of(st.text(max_size=5), st.sampled_from(["@date", "@context", "@number"]))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


@given(VALUES)
def test_every_value_comes_back_from_json(value: Value) -> None:
    stored = json.dumps(to_json(value))

    assert from_json(json.loads(stored)) == value
    assert json.dumps(to_json(from_json(json.loads(stored)))) == stored


@given(st.datetimes(timezones=st.just(ZoneInfo("Europe/Berlin"))))
def test_a_moment_in_a_named_zone_keeps_its_instant_in_doubled_hours_too(moment: datetime) -> None:
    again = from_json(to_json(moment))

    assert isinstance(again, datetime)
    assert again.timestamp() == moment.timestamp()
