"""Whatever is written and whatever the facts are: one kind of refusal for a text, one for an evaluation."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelLimitExceeded, FeelSyntaxError, FeelWarning, Limits, from_json, parse, to_json
from engine.feel.functions import FUNCTIONS, OFFICE_SPANS

SMALL = Limits(steps=5_000)
PIECES = st.sampled_from(
    [
        "1",
        "2.5",
        ".5",
        "1e9",
        '"ab"',
        '"^(a|b)*$"',
        "a",
        "b",
        "x",
        "item",
        "+",
        "-",
        "*",
        "/",
        "**",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        ".",
        "..",
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "instance",
        "of",
        "number",
        "list",
        "true",
        "false",
        "null",
        "@",
        '@"2024-01-31"',
        '@"P1M"',
        '@"PT5H"',
        "//",
        "/*",
    ]
)
CALLS = st.sampled_from([f"{name}(" for name in [*FUNCTIONS, "is defined"]])
LEAVES = st.sampled_from(
    [
        "1",
        "-2",
        "0",
        "0.25",
        "9e33",
        '"ab"',
        '"a,b"',
        '"(a|b)*"',
        '"i"',
        "a",
        "b",
        "c",
        "d",
        "null",
        "true",
        "false",
        "[]",
        "{}",
        "[1..3]",
        '@"2024-01-31"',
        '@"P1Y"',
        '@"PT5H"',
        '@"10:00:00"',
        '@"10:00:00Z"',
        '@"2024-03-31T01:30:00@Europe/Berlin"',
        '@"0001-01-01T00:00:00+14:00"',
        '@"9999-12-31"',
    ]
)
PROPERTIES = st.sampled_from(["a", "month", "hours", "start", "timezone", "time offset", "years"])


def _call(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ways = st.sampled_from(
        [(name, len(way.kinds)) for name, ways in FUNCTIONS.items() for way in ways if name not in OFFICE_SPANS]
    )
    return ways.flatmap(
        lambda way: st.lists(inner, min_size=way[1], max_size=way[1]).map(lambda a: f"{way[0]}({', '.join(a)})")
    )


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in"])
    return st.one_of(
        _call(inner),
        _call(inner),
        st.builds("({} {} {})".format, inner, signs, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("({}).{}".format, inner, PROPERTIES),
        st.builds("-{}".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{a: {}, b: {}}}".format, inner, inner),
        st.builds("(for x in {} return {})".format, inner, inner),
        st.builds("(every x in {} satisfies {} > x)".format, inner, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
        st.builds("({} in ({}, > {}))".format, inner, inner, inner),
    )


EXPRESSIONS = st.recursive(LEAVES, _larger, max_leaves=12)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-9)), ZoneInfo("Europe/Berlin")])
FACTS = st.dictionaries(
    st.sampled_from("abcd"),
    st.recursive(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.decimals(),
            st.text(max_size=5),
            st.dates(),
            st.times(timezones=ZONES),
            st.datetimes(timezones=ZONES),
            st.timedeltas(),
            st.binary(max_size=2),
        ),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2),
        max_leaves=5,
    ),
)


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_a_syntax_error(text: str) -> None:
    with contextlib.suppress(FeelSyntaxError):
        parse(text, names=["a b", text])


@given(st.lists(PIECES | CALLS, max_size=25).map(" ".join), FACTS)
def test_any_row_of_words_is_evaluated_or_a_syntax_error(text: str, facts: dict[str, Any]) -> None:
    with contextlib.suppress(FeelSyntaxError, FeelLimitExceeded):
        parse(text).evaluate(facts, limits=SMALL)


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, FACTS)
def test_an_evaluation_gives_a_value_that_can_be_stored_or_exceeds_a_limit(text: str, facts: dict[str, Any]) -> None:
    warnings: list[FeelWarning] = []

    with contextlib.suppress(FeelLimitExceeded):
        value = parse(text).evaluate(facts, now=datetime(2026, 1, 1, tzinfo=UTC), limits=SMALL, warnings=warnings)
        assert from_json(to_json(value)) == value
    assert len(warnings) <= SMALL.warnings


@given(EXPRESSIONS, FACTS)
def test_an_expression_reads_no_fact_that_it_does_not_name(text: str, facts: dict[str, Any]) -> None:
    expression = parse(text)
    named = {name: facts[name] for name in facts if name in expression.names}

    def outcome(given: dict[str, Any]) -> object:
        try:
            return to_json(expression.evaluate(given, limits=SMALL))
        except FeelLimitExceeded as limit:
            return str(limit)

    assert outcome(named) == outcome(facts)
