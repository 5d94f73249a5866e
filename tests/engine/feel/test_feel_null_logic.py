"""Three-valued logic: what is unknown stays unknown unless the rest decides."""

from itertools import product

import pytest

from engine.feel import Value, parse

TRUTHS: tuple[Value, ...] = (True, False, None)
AND = {(True, True): True, (True, None): None, (None, True): None, (None, None): None}
OR = {(False, False): False, (False, None): None, (None, False): None, (None, None): None}


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_and_is_false_as_soon_as_one_side_is(left: Value, right: Value) -> None:
    value = parse("a and b").evaluate({"a": left, "b": right})

    assert value is AND.get((left, right), False)  # type: ignore[arg-type]


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, TRUTHS)))
def test_or_is_true_as_soon_as_one_side_is(left: Value, right: Value) -> None:
    value = parse("a or b").evaluate({"a": left, "b": right})

    assert value is OR.get((left, right), True)  # type: ignore[arg-type]


@pytest.mark.parametrize(("truth", "opposite"), [(True, False), (False, True), (None, None)])
def test_not_leaves_the_unknown_unknown(truth: Value, opposite: Value) -> None:
    assert parse("not(a)").evaluate({"a": truth}) is opposite


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
@pytest.mark.parametrize("text", ["a {} 1", "1 {} a", "a {} a", '"x" {} 1', "[1] {} [1]", "true {} false"])
def test_what_has_no_order_is_unknown(sign: str, text: str) -> None:
    assert parse(text.format(sign)).evaluate({"a": None}) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a = null", True),
        ("a != null", False),
        ("1 = null", False),
        ("1 != null", True),
        ('1 = "1"', None),
        ('1 != "1"', None),
        ("a + 1", None),
        ("-a", None),
        ("a between 1 and 2", None),
        ("3 between a and 2", False),
        ("1 between a and 2", None),
        ("1 between 0 and a", None),
        ("0 between 1 and a", False),
        ("a in [1..2]", None),
        ("1 in [a..2]", None),
        ("a in (null, 1)", True),
        ("1 in (a, 1)", True),
        ("a in (> 1)", None),
        ("a.b", None),
        ("a[1]", None),
        ("upper case(a)", None),
        ("for x in a return x", None),
        ("some x in [false, a] satisfies x", None),
        ("some x in [true, a] satisfies x", True),
        ("every x in [true, a] satisfies x", None),
        ("every x in [false, a] satisfies x", False),
    ],
)
def test_null_in_each_place(text: str, value: Value) -> None:
    assert parse(text).evaluate({"a": None}) is value


@pytest.mark.parametrize("word", ["and", "or"])
def test_anything_but_a_boolean_is_unknown_around_a_junction(word: str) -> None:
    assert parse(f'"yes" {word} null').evaluate({}) is None
