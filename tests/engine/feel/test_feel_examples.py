"""Worked examples: what an expression gives, by table."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.domain.release import Allowance, Clock
from engine.feel import FeelSyntaxError, Range, Value, YearsMonths, is_true, parse
from engine.feel.functions import FUNCTIONS, IS_DEFINED

WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=WIB)
FACTS = {
    "umur": 17,
    "nilai permohonan": Decimal("1500000.50"),
    "status": "lengkap",
    "kosong": None,
    "sejak": Range(Decimal(5), None),
    "kunci salah": {1: 2},
    "dokumen": [{"jenis": "paspor", "ada": True}, {"jenis": "SPLP", "ada": False}],
    "angka": (3, 1, 2),
    "lahir": date(2008, 5, 17),
    "masuk": datetime(2026, 3, 1, 23, 15, tzinfo=WIB),
    "keluarga": {"anak": 2, "alamat asal": "Desa Contoh"},
}
NAMES = [*FACTS, "alamat asal"]

NUMBERS = {
    "0.1 + 0.2 = 0.3": True,
    "1 / 3 * 3": Decimal("0.9999999999999999999999999999999999"),
    "12345678901234567890.5 * 2": Decimal("24691357802469135781.0"),
    "10 ** 33": Decimal(10) ** 33,
    "10 ** 34": None,
    "0 ** -1": None,
    "1.5e3": Decimal(1500),
    "round half up(1.005, 2)": Decimal("1.01"),
    "round up(1234, -2)": Decimal(1300),
    "decimal(2.5, 0)": Decimal(2),
    "ceiling(1.21, 1)": Decimal("1.3"),
    "modulo(5.5, 0.1)": Decimal(0),
    "modulo(-10, 3)": Decimal(2),
    "even(-4) and odd(3)": True,
    "abs(-2.5)": Decimal("2.5"),
    "log(0)": None,
    "floor(nilai permohonan)": Decimal(1500000),
    'number("1.500.000,50", ".", ",")': Decimal("1500000.50"),
    'number("1e99")': None,
    'number("１２")': None,
    "string(nilai permohonan)": "1500000.5",
}

STRINGS = {
    '"a\\"b\\u0041\\n"': 'a"bA\n',
    '"pola \\d"': "pola \\d",
    'upper case("straße")': "STRASSE",
    'substring("purna pmi", 7)': "pmi",
    'substring("purna", 0)': None,
    'starts with(string: "abc", match: "a")': True,
    'substring(start position: 2, string: "abc")': "bc",
    'matches("0001010101010001", "^[0-9]{16}$")': True,
    'matches("320101", "[")': None,
    'replace("0812-3456", "([0-9]+)-([0-9]+)", "$2/$1")': "3456/0812",
    'replace("a.b", "\\.", "$$")': "a$$b",
    'extract("a1b22", "[0-9]+")': ["1", "22"],
    'split("Ani, Budi", ",\\s*")': ["Ani", "Budi"],
    'string join(["a", null, "b"], "-")': "a-b",
    'string([1, "a", null, {b: date("2026-01-02")}])': '[1, "a", null, {b: 2026-01-02}]',
    'string([1..3)) + string(@"P1DT2H")': "[1..3)P1DT2H",
    'trim("  a ")': "a",
    'split("abc", "")': ["a", "b", "c"],
    'substring("abc", -9)': None,
    'substring("abc", -3)': "abc",
    'substring("abc", 1, -1)': None,
    'substring("abc", 4)': "",
    'substring before("abc", "")': "",
    'substring after("abc", "")': "abc",
    '-"a"': None,
    'replace("ab", "(a)|(x)", "[$1$2$3]")': "[a$3]b",
}

LOGIC = {
    "umur < 18": True,
    "umur between 13 and 17": True,
    'status in ("lengkap", "kurang")': True,
    "umur in [13..17)": False,
    "umur in ]16..18[": True,
    "umur in (< 10, > 16)": True,
    "umur in (10, [15..20])": True,
    "umur in (10 + 7)": True,
    "umur in (10 + 7) and true": True,
    "umur in angka": False,
    "angka = [3, 1, 2]": True,
    "is defined(umur) and is defined(kosong) and not(is defined(hilang))": True,
    "is defined(keluarga.anak) and not(is defined(keluarga.istri))": True,
    'if umur < 18 then "anak" else "dewasa"': "anak",
    "if kosong then 1 else 2": Decimal(2),
    "all([true, null, false])": False,
    "any([false, null])": None,
    "all(true, true)": True,
    "is(1, 1.0)": True,
    'is(@"10:00:00Z", @"17:00:00+07:00")': False,
    "umur instance of number and angka instance of list<number>": True,
    'date("2026-01-01") instance of date and time': False,
    "kosong instance of Null": True,
    "umur instance of list<number>": False,
    "angka instance of list<string>": False,
    "is defined(1) and not(is defined(null))": True,
    "for x in [null, 1] return is defined(x)": [False, True],
    "decimal(1.5, 34)": Decimal("1.5"),
    "decimal(1.5, 35)": None,
}

LISTS = {
    "angka[item > 1]": [Decimal(3), Decimal(2)],
    "angka[-1]": Decimal(2),
    "angka[9]": None,
    "dokumen[ada].jenis": ["paspor"],
    'count(dokumen[jenis = "paspor" and ada]) > 0': True,
    "dokumen[1].jenis": "paspor",
    "[][item > 1]": [],
    "sort(angka)": [Decimal(1), Decimal(2), Decimal(3)],
    'sort(["b", 1])': None,
    'sum([@"PT1H", @"PT30M"])': timedelta(minutes=90),
    'max(date("2026-01-01"), lahir)': date(2026, 1, 1),
    "mean([1, 2])": Decimal("1.5"),
    "median([5, 1, 2])": Decimal(2),
    "stddev([2, 4, 7, 5])": Decimal("2.081665999466132735282297706979931"),
    "mode([1, 2, 2, 1])": [Decimal(1), Decimal(2)],
    "min([1, null])": None,
    'distinct values([1, 1.0, "1"])': [Decimal(1), "1"],
    'index of(["a", "b", "a"], "a")': [Decimal(1), Decimal(3)],
    "for x in 1..3 return x * x": [Decimal(1), Decimal(4), Decimal(9)],
    "for x in [1, 2], y in 1..x return x + y": [Decimal(2), Decimal(3), Decimal(4)],
    "for jenis dokumen in dokumen.jenis return lower case(jenis dokumen)": ["paspor", "splp"],
    "every d in dokumen satisfies is defined(d.ada)": True,
    'some d in dokumen satisfies d.jenis = "SPLP"': True,
    "for a in angka return angka[item < a][1]": [Decimal(1), None, Decimal(1)],
    "flatten([1, [2, [3]]])": [Decimal(1), Decimal(2), Decimal(3)],
    "list replace([1, 2], 2, 9)": [Decimal(1), Decimal(9)],
    "remove([1, 2, 3], -1)": [Decimal(1), Decimal(2)],
    "1[1]": Decimal(1),
    "remove([1, 2], 0)": None,
    "remove([1, 2], 1.5)": None,
    "remove([1, 2], 3)": None,
    "remove([1, 2], -3)": None,
    "sublist([1, 2, 3], 2, 3)": None,
    "sublist([1, 2, 3], 2, -1)": None,
    "sublist([1, 2, 3], -2, 1)": [Decimal(2)],
    "insert before([1, 2], 3, 9)": [Decimal(1), Decimal(2), Decimal(9)],
    "[1, 2][0]": None,
    "[1, 2][1.5]": None,
    "[1, 2][-3]": None,
    "all([true, 1])": None,
    "sum([1, true])": None,
    "median([1, 2, 3, 10])": Decimal("2.5"),
    "stddev([1])": None,
    "mode([])": [],
    'string join(["a", 1])': None,
}

CONTEXTS = {
    "keluarga.anak": Decimal(2),
    "keluarga.alamat asal": "Desa Contoh",
    "{a: 1, b: a + 1}.b": Decimal(2),
    '{"kunci lain": 1, x: kunci lain}.x': Decimal(1),
    'get value(keluarga, "anak")': Decimal(2),
    'get entries({a: 1})[1].key = "a"': True,
    'context put(keluarga, "anak", 3).anak': Decimal(3),
    'context put({}, ["a", "b"], 1)': None,
    "context merge([{a: 1}, {a: 2}]).a": Decimal(2),
    "context merge([{a: 1}, 2])": None,
    'context([{key: "a"}])': None,
    'context([{key: "a", value: 1}, {key: "a", value: 2}])': None,
    'get value(keluarga, ["anak", "x"])': None,
    "context put(keluarga, [], 1)": None,
    'get value(keluarga, ["anak", 1])': None,
    'get value({a: {b: 1}}, ["a", "b"])': Decimal(1),
    'context put({a: {b: 1}}, ["a", "b"], 2).a.b': Decimal(2),
    'context put({a: 1}, ["a", "b"], 2)': None,
    "kunci salah": None,
    'context([{key: "a", value: 1}])': {"a": Decimal(1)},
}

MOMENTS = {
    "today()": date(2026, 3, 2),
    "now()": NOW,
    'today() - lahir > @"P365D"': True,
    "years and months duration(lahir, today()).years >= 18": False,
    'date("2024-01-31") + @"P1M"': date(2024, 2, 29),
    'date("2024-03-31") - @"P1M"': date(2024, 2, 29),
    'date("2024-01-31") + @"PT36H"': date(2024, 2, 1),
    'masuk + @"PT1H"': datetime(2026, 3, 2, 0, 15, tzinfo=WIB),
    'now() - masuk < @"PT10H"': True,
    'date and time("2026-03-29T01:30:00@Europe/Berlin") + @"PT1H"': datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    'date and time(@"2026-03-01T10:00:00Z", "Asia/Makassar").hour': Decimal(18),
    'date and time("2026-03-01T10:00:00@Tidak/Ada")': None,
    'date and time(lahir, @"08:00:00Z")': datetime(2008, 5, 17, 8, tzinfo=UTC),
    'time("23:00:00") + @"PT2H"': time(1),
    'time(8, 30, 1.5, @"PT7H")': time(8, 30, 1, 500000, WIB),
    "time(masuk)": time(23, 15, tzinfo=WIB),
    'date("2023-02-29")': None,
    '@"10:00:00" = @"10:00:00Z"': None,
    '@"10:00:00" - @"10:00:00Z"': None,
    'masuk = date and time("2026-03-01T23:15:00")': None,
    'masuk - date and time("2026-03-01T23:15:00")': None,
    'masuk = date and time("2026-03-01T16:15:00Z")': True,
    'date and time("2026-03-01T16:15:00Z") in [masuk]': True,
    '@"2026-03-01T10:00:00" + @"PT1H"': datetime(2026, 3, 1, 11),  # noqa: DTZ001 - local time is what is tested
    '@"2026-01-31T10:00:00Z" - @"P2M"': datetime(2025, 11, 30, 10, tzinfo=UTC),
    'years and months duration(@"2026-03-31", @"2026-02-28")': YearsMonths(-1),
    'years and months duration(@"2026-02-28", @"2026-03-27")': YearsMonths(0),
    'duration("P0Y")': YearsMonths(0),
    '@"PT1H" / @"PT0S"': None,
    '@"-P1DT30M".days = -1 and @"-P1DT30M".minutes = -30': True,
    '@"-P14M".years = -1 and @"-P14M".months = -2': True,
    "time(24, 0, 0)": None,
    'time("x")': None,
    'time("25:00:00")': None,
    'time("10:00:00+10:60")': None,
    'time("10:00:00-03:30")': time(10, tzinfo=timezone(timedelta(hours=-3.5))),
    'time("10:00:00.1234567")': None,
    'date("2026-02-30")': None,
    'date("26-02-03")': None,
    'date and time("x")': None,
    'date and time("2026-02-30T10:00:00Z")': None,
    'date and time("2026-02-03T25:00:00Z")': None,
    'date and time("0001-01-01T00:00:00@Asia/Tokyo")': None,
    'date and time("2026-02-03")': datetime(2026, 2, 3),  # noqa: DTZ001 - local time is what is tested
    'duration("P")': None,
    'duration("PT")': None,
    'duration("P999999999W")': None,
    '@"-PT0.25S".seconds': Decimal(0),
    "time(8, 0, 0.0000001)": None,
    'time("10:00:00+25:00")': None,
    'date and time("2026-03-01T10:00:00Z@Asia/Jakarta")': None,
    "date(2026, 13, 1)": None,
    'date("9999-12-31") + @"P1D"': None,
    'duration("P1Y2M")': YearsMonths(14),
    'duration("P1Y1D")': None,
    'duration("P2W")': timedelta(days=14),
    'duration("-PT0.5S")': timedelta(seconds=-0.5),
    'duration("PT1H") * 1.5': timedelta(minutes=90),
    'duration("P5M") / 2': YearsMonths(2),
    'duration("P1Y") / duration("P6M")': Decimal(2),
    'duration("PT90M").hours = 1 and duration("PT90M").minutes = 30': True,
    '-@"P1Y"': YearsMonths(-12),
    "masuk.time offset": timedelta(hours=7),
    '@"2026-03-01T10:00:00@Asia/Jakarta".timezone': "Asia/Jakarta",
    'last day of month(@"2024-02-10")': date(2024, 2, 29),
    "day of week(today())": "Monday",
    "month of year(today())": "March",
    "day of year(today())": Decimal(61),
    'week of year(@"2027-01-01")': Decimal(53),
    'lahir in [@"2008-01-01"..@"2008-12-31"]': True,
}

RANGES = {
    "[1..5)": Range(Decimal(1), Decimal(5), True, False),
    "[1..5).end included": False,
    "includes([1..5], [2..5))": True,
    "during(5, [1..5))": False,
    "before(1, 2) and after(3, 2) and before([1..2), [2..3])": True,
    "meets([1..5], [5..9]) and met by([5..9], [1..5])": True,
    "overlaps([1..5], [5..9])": True,
    "coincides([1..2], [1..2])": True,
    "[1..kosong]": None,
    '[1.."a"]': None,
    'before(1, "a")': None,
    '"a" in sejak': None,
    "7 in sejak": True,
    "for x in [1..3) return x": None,
    "for x in 1..1.5 return x": None,
    "before(sejak, 1) = null and includes(sejak, 6) and not(includes(sejak, 4))": True,
    "includes(sejak, [5..6])": None,
    "includes((1..5), [1..2])": False,
    "includes([1..5), [2..5])": False,
    "includes([1..5], [0..2])": False,
    "overlaps([1..5), [5..9])": False,
    "before([1..5], [5..9])": False,
    "meets([1..5), [5..9])": False,
    "overlaps([1..2], sejak)": None,
}

EXAMPLES = {**NUMBERS, **STRINGS, **LOGIC, **LISTS, **CONTEXTS, **MOMENTS, **RANGES}


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_expression_gives_what_the_table_says(text: str) -> None:
    value = parse(text, names=NAMES).evaluate(FACTS, now=NOW)

    assert value == EXAMPLES[text]
    assert type(value) is type(EXAMPLES[text])


SPANS = {
    "working days(umur - 14)": Allowance(3, Clock.WORKING_DAYS),
    "if umur < 18 then working hours(7.5) else working days(2)": Allowance(7.5, Clock.WORKING_HOURS),
    "calendar days(n: 7)": Allowance(7, Clock.CALENDAR_DAYS),
    "consecutive days(7)": Allowance(7, Clock.CONSECUTIVE_DAYS),
    "running hours(72)": Allowance(72, Clock.RUNNING_HOURS),
    "months(1)": Allowance(1, Clock.MONTHS),
    "working days(0)": None,
    "working days(1.5)": None,
    "working days(kosong)": None,
    'working days("3")': None,
    "working days(1) + 1": None,
    "working days(1) < working days(2)": None,
}


@pytest.mark.parametrize("text", SPANS)
def test_a_span_that_an_office_counts_stands_in_the_duration_of_a_timer_only(text: str) -> None:
    assert parse(text, timed=True).evaluate(FACTS) == SPANS[text]

    with pytest.raises(FeelSyntaxError, match="in the duration of a timer only"):
        parse(text)


def test_every_function_stands_in_an_example() -> None:
    oracle = (Path(__file__).parent / "oracle" / "expressions.txt").read_text()
    written = "\n".join([*EXAMPLES, oracle, *SPANS])

    missing = [name for name in [*FUNCTIONS, IS_DEFINED] if f"{name}(" not in written]

    assert missing == []


def test_an_hour_over_a_change_of_the_clock_really_passes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)

    after = parse('start + @"PT1H"').evaluate({"start": before})

    assert after == datetime(2026, 3, 29, 3, 30, tzinfo=berlin)
    assert parse("b - a").evaluate({"a": before, "b": after}) == timedelta(hours=1)


def test_only_true_lets_a_condition_hold() -> None:
    values: list[Value] = [None, False, Decimal(1), "true", [True]]

    assert [is_true(parse("x"), {"x": value}) for value in values] == [False] * 5
    assert is_true(parse("x"), {"x": True})


def test_an_evaluation_changes_no_fact() -> None:
    facts: dict[str, object] = {"list": [3, 1], "map": {"a": [1]}}

    result = parse('{a: append(sort(list), 9), b: context put(map, "a", 2), c: list}').evaluate(facts)

    assert facts == {"list": [3, 1], "map": {"a": [1]}}
    assert isinstance(result, dict)
    assert result["c"] is not facts["list"]


def test_every_function_stands_on_the_page_about_feel() -> None:
    page = (Path(__file__).parents[3] / "docs" / "feel.md").read_text()

    assert [name for name in [*FUNCTIONS, IS_DEFINED] if f"`{name}`" not in page] == []
