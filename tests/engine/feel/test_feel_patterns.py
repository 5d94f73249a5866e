"""Patterns: the same finds as a backtracking engine, without its explosions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.patterns import Found, PatternError, compile_pattern, find, find_all

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "1", "^", "$", "(?:a|b)", "(a)"])
REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?", "??"])


def spend_nothing(_steps: int) -> None:
    return


def our_finds(pattern: str, text: str, flags: str = "") -> list[Found]:
    return list(find_all(compile_pattern(pattern, flags, 2_000), text, spend_nothing))


def row(pairs: list[tuple[str, str]]) -> str:
    return "".join(atom + ("" if atom in "^$" else repeat) for atom, repeat in pairs)


ROWS = st.lists(st.tuples(ATOMS, REPEATS), max_size=4).map(row)
# engines differ in what a repetition of nothing means, so what is repeated here always takes a character
SOLID = st.lists(
    st.tuples(ATOMS.filter(lambda atom: atom not in "^$"), st.sampled_from(["", "+", "{2}"])), min_size=1, max_size=3
).map(row)
PATTERNS = st.one_of(
    ROWS,
    st.builds("{}|{}".format, ROWS, ROWS),
    st.builds("(?:{}|{}){}".format, SOLID, SOLID, st.sampled_from(["", "+", "?"])),
)


@given(PATTERNS, st.text("ab1 ", max_size=8))
def test_the_first_find_is_where_python_finds_it(pattern: str, text: str) -> None:
    found = find(compile_pattern(pattern, "", 2_000), text, 0, spend_nothing)

    theirs = re.search(pattern.replace("$", "\\Z"), text)

    assert (found and found[:2]) == (theirs and theirs.span())


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "found"),
    [
        ("a+", "baab", "", [(1, 3)]),
        ("a+?", "baab", "", [(1, 2), (2, 3)]),
        ("A", "a", "i", [(0, 1)]),
        ("[A-C]x", "bX", "i", [(0, 2)]),
        ("^b$", "a\nb", "m", [(2, 3)]),
        ("^b$", "a\nb", "", []),
        ("a b", "ab", "x", [(0, 2)]),
        ("a.b", "a\nb", "s", [(0, 3)]),
        ("[\\d-]+", "1-2", "", [(0, 3)]),
        ("[^\\]]", "]a", "", [(1, 2)]),
        ("\\.\\*\\/", ".*/", "", [(0, 3)]),
        ("a{2}", "aaaa", "", [(0, 2), (2, 4)]),
        ("", "ab", "", [(0, 0), (1, 1), (2, 2)]),
        ("[a-a]", "ba", "", [(1, 2)]),
        ("[a-]", "-", "", [(0, 1)]),
        ("(a*)*", "aab", "", [(0, 2), (2, 2), (3, 3)]),
    ],
)
def test_a_pattern_finds(pattern: str, text: str, flags: str, found: list[tuple[int, int]]) -> None:
    assert [one[:2] for one in our_finds(pattern, text, flags)] == found


def test_groups_are_told_by_their_places() -> None:
    assert our_finds("(a)|(b)", "ab") == [(0, 1, 0, 1, None, None), (1, 2, None, None, 1, 2)]


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "[a", "a**", "a{", "a{2,1}", "a{x}", "a{1,2,3}", "*a", "(?=a)", "(?<n>a)", "(a)\\1", "\\p{L}", "\\", "[b-a]", "^*", "a{9999}", "(" * 40 + ")" * 40],
)  # fmt: skip
def test_what_is_not_supported_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern, "", 2_000)


def test_a_wrong_flag_is_refused() -> None:
    with pytest.raises(PatternError):
        compile_pattern("a", "g", 2_000)


@pytest.mark.parametrize("pattern", ["(a*)*b", "(a|a)*b", "(a|aa)+$b", "a*a*a*a*a*b", "(.*)(.*)(.*)b"])
def test_the_steps_grow_with_the_length_of_the_text_only(pattern: str) -> None:
    def steps(length: int) -> int:
        spent: list[int] = []
        find(compile_pattern(pattern, "", 2_000), "a" * length, 0, spent.append)
        return sum(spent)

    assert steps(200) < 2.2 * steps(100)
