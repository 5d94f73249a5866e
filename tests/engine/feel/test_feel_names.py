"""Names: which facts an expression reads, and how names with spaces are told apart."""

import copy
import pickle
from decimal import Decimal

import pytest

from engine.feel import FeelSyntaxError, parse


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b * a", {"a", "b"}),
        ("1 + 2", set()),
        ("a.b.c", {"a"}),
        ("for x in a return x + b", {"a", "b"}),
        ("for x in a, y in x return y", {"a"}),
        ("some x in x satisfies x > 1", {"x"}),
        ("{a: 1, b: a + c}", {"c"}),
        ("{a: 1}.a + a", {"a"}),
        ("list[item > limit]", {"list", "limit"}),
        ("persons[age > 17]", {"persons", "age"}),
        ("is defined(a)", {"a"}),
        ("is defined(a.b)", {"a"}),
        ("is defined(x.b) and (for x in a return is defined(x)) = b", {"x", "a", "b"}),
        ("x in (a, > b, [c..d])", {"x", "a", "b", "c", "d"}),
        ("if a then b else c", {"a", "b", "c"}),
        ("x instance of number", {"x"}),
        ("contains(string: a, match: b)", {"a", "b"}),
    ],
)
def test_an_expression_tells_the_facts_it_reads(text: str, names: set[str]) -> None:
    expression = parse(text)

    assert expression.names == names


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("today() > birth", True),
        ("if a then 1 else [now()][1]", True),
        ("{b: count(l[due < today()])}.b", True),
        ('date("2026-01-01") > birth', False),
        ("today > 1", False),
    ],
)
def test_an_expression_tells_whether_it_asks_the_clock(text: str, asks: bool) -> None:
    assert parse(text).asks_clock is asks


def test_names_inside_a_filter_are_told_apart() -> None:
    expression = parse("persons[age > limit] = limit")

    assert expression.names == {"persons", "age", "limit"}
    assert expression.filter_names == {"age"}


def test_is_defined_inside_a_filter_counts_as_reading() -> None:
    assert parse("persons[is defined(age)]").filter_names == {"age"}


@pytest.mark.parametrize(
    ("text", "names", "value"),
    [
        ("nilai permohonan > 1", ["nilai permohonan"], True),
        ("nilai  \n permohonan > 1", ["nilai permohonan"], True),
        ("nilai permohonan lama = 9", ["nilai permohonan", "nilai permohonan lama"], True),
        ("nilai-lama", ["nilai-lama"], Decimal(7)),
        ("nilai - lama", ["nilai"], Decimal(1)),
        ("Sri's case", ["Sri's case"], "x"),
        ("tanggal and waktu", ["tanggal and waktu"], "both"),
        ("date", [], "a day"),
        ("count + 1", ["count"], Decimal(6)),
    ],
)
def test_the_longest_known_name_wins(text: str, names: list[str], value: object) -> None:
    facts = {
        "nilai": 3,
        "lama": 2,
        "nilai-lama": 7,
        "nilai permohonan": 5,
        "nilai permohonan lama": 9,
        "Sri's case": "x",
        "tanggal and waktu": "both",
        "date": "a day",
        "count": 5,
    }

    assert parse(text, names=names).evaluate(facts) == value


def test_two_words_that_are_no_known_name_are_refused() -> None:
    with pytest.raises(FeelSyntaxError, match="Expected an operator or the end, but found “permohonan”"):
        parse("nilai permohonan > 1")


def test_a_known_name_does_not_end_inside_a_word() -> None:
    with pytest.raises(FeelSyntaxError):
        parse("nilai permohonanku", names=["nilai permohonan"])


def test_function_names_are_functions_only_before_a_parenthesis() -> None:
    assert parse("date and time = 1").names == {"date", "time"}


def test_expressions_are_equal_by_text_and_known_names() -> None:
    first, second = parse("a  b > 1", names=["a  b", "c"]), parse("a  b > 1", names=["c", "a  b"])

    assert first == second
    assert hash(first) == hash(second)
    assert first != parse("a  b > 1", names=["a  b"])


def test_an_expression_survives_copying_and_pickling() -> None:
    expression = parse("nilai akhir > 1", names=["nilai akhir"])

    for again in (copy.deepcopy(expression), pickle.loads(pickle.dumps(expression))):  # noqa: S301 - our own bytes
        assert again == expression
        assert again.evaluate({"nilai akhir": 2}) is True
