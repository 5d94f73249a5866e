"""What is not an expression is refused, with a place and what was expected there."""

import pickle

import pytest

from engine.feel import FeelSyntaxError, FeelWarning, parse


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("", "a value", "the end"),
        ("1 +", "a value", "the end"),
        ("1 2", "an operator or the end", "“2”"),
        ("(1", "“)”", "the end"),
        ("[1, 2", "“]”", "the end"),
        ("[1..2", "the end of the range", "the end"),
        ("]1, 2[", "“..” of a range", "“,”"),
        ("{a 1}", "“:”", "“}”"),
        ("{a: 1, a: 2}", "each key once", "“a”"),
        ("{1: 2}", "a key", "“1”"),
        ("if a then b", "“else”", "the end"),
        ("for x return x", "“in”", "“return”"),
        ("some x in a return x", "“satisfies”", "“return”"),
        ("a between 1", "“and”", "the end"),
        ("a.1", "an operator or the end", "“."),
        ("a..b", "an operator or the end", "“.”"),
        ('"abc', "a string that ends", '“"”'),
        ("a ; b", "a value, a name or an operator", "“;”"),
        ("3x", "an operator after the number", "“x”"),
        ("nothing(1)", "a function that this subset has", "“nothing”"),
        ("contains(1)", "contains(string, match)", "1 arguments"),
        ("contains(string: 1, other: 2)", "contains(string, match)", "2 arguments"),
        ("contains(string: 1, 2)", "either all arguments with names or none", "“2”"),
        ("is defined(1, 2)", "is defined(name)", "2 arguments"),
        ("function(x) x", "without functions of its own", "“function”"),
        ('@"2024-13-01"', "a date, a time", '“"”'),
        ("@x", "a date, time or duration between quotation marks", "“x”"),
        ("x instance of thing", "a type such as number", "“thing”"),
        ("a instance b", "an operator", "“instance”"),
        ("12345678901234567890123456789012345", "at most 34 digits", "“1”"),
        ("1e34", "below 10^34", "“1”"),
        ("1e999999999999999999999", "below 10^34", "“1”"),
        ("x" * 2001, "at most 2000 characters", "2001"),
    ],
)
def test_a_wrong_text_says_what_was_expected(text: str, expected: str, found: str) -> None:
    with pytest.raises(FeelSyntaxError) as refusal:
        parse(text)

    assert expected in refusal.value.expected
    assert refusal.value.found.startswith(found)


def test_a_refusal_says_where() -> None:
    with pytest.raises(FeelSyntaxError, match=r"but found “then” at line 2, column 6") as refusal:
        parse("a and\n b + then")

    assert (refusal.value.position, refusal.value.line, refusal.value.column) == (11, 2, 6)
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("text", "kind", "position"),
    [
        ("1 + hilang", "unknown_name", 4),
        ("a.hilang", "no_property", 1),
        ('a < "b"', "type_mismatch", 2),
        ('"x" + 1', "type_mismatch", 4),
        ("1 and true", "type_mismatch", 2),
        ("upper case(1)", "type_mismatch", 0),
        ("1 / 0", "out_of_range", 2),
        ("9e33 + 9e33", "out_of_range", 5),
        ("[1][2]", "out_of_range", 3),
        ("now()", "no_clock", 0),
        ('matches("a", "(")', "bad_pattern", 0),
        ("benda", "not_a_value", 0),
        ("pecahan", "not_a_value", 0),
        ('@"10:00:00" < @"10:00:00Z"', "type_mismatch", 12),
        ("if 1 then 2 else 3", "type_mismatch", 0),
    ],
)
def test_what_becomes_null_or_fails_to_hold_is_told_on_request(text: str, kind: str, position: int) -> None:
    warnings: list[FeelWarning] = []

    parse(text).evaluate({"a": {}, "benda": object(), "pecahan": 1.5}, warnings=warnings)

    assert [(warning.kind, warning.position) for warning in warnings] == [(kind, position)]
    assert warnings[0].message.startswith("Expected ")


@pytest.mark.parametrize("text", ["kosong = 1", "kosong + 1", "kosong.a", "upper case(kosong)", "kosong and true"])
def test_a_fact_that_is_null_is_nothing_to_warn_of(text: str) -> None:
    warnings: list[FeelWarning] = []

    parse(text).evaluate({"kosong": None}, warnings=warnings)

    assert warnings == []
