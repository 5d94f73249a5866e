"""Functions over strings. Positions count characters from 1; a negative one counts from the end."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from engine.feel.evaluate import CHARACTERS_PER_STEP, Evaluation
from engine.feel.functions.signature import LIST, NUMBER, STRING, define, optional
from engine.feel.kinds import Value
from engine.feel.patterns import Found, PatternError, Program, compile_pattern, find, find_all


def substring(run: Evaluation, string: str, start_position: Decimal, length: Decimal | None = None) -> Value:
    start, count = int(start_position), len(string) if length is None else int(length)
    if start == 0 or start < -len(string) or count < 0:
        run.warn("out_of_range", "Expected a position within the string, counted from 1.")
        return None
    first = start - 1 if start > 0 else len(string) + start
    return string[first : first + count]


def substring_before(_run: Evaluation, string: str, match: str) -> Value:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


def substring_after(_run: Evaluation, string: str, match: str) -> Value:
    return string.partition(match)[2] if match else string


def matches(run: Evaluation, input_: str, pattern: str, flags: str | None = None) -> Value:
    program = _program(run, pattern, flags)
    return None if program is None else find(program, input_, 0, run.spend) is not None


def replace(run: Evaluation, input_: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    """Replace every match; `$1` in the replacement is the first group."""
    program = _program(run, pattern, flags)
    if program is None:
        return None
    pieces, done, size = [], 0, 0
    for found in find_all(program, input_, run.spend):
        piece = input_[done : found[0]] + _filled(replacement, input_, found)
        size += len(piece)
        run.spend(1 + len(piece) // CHARACTERS_PER_STEP)
        if size > run.limits.string_size:
            run.sized_text(" " * size)
        pieces.append(piece)
        done = found[1] or 0
    return "".join(pieces) + input_[done:]


def extract(run: Evaluation, input_: str, pattern: str) -> Value:
    program = _program(run, pattern, None)
    if program is None:
        return None
    return [input_[found[0] : found[1]] for found in find_all(program, input_, run.spend)]


def split(run: Evaluation, string: str, delimiter: str) -> Value:
    """Cut a string wherever the pattern matches; an empty match cuts between two characters."""
    program = _program(run, delimiter, None)
    if program is None:
        return None
    pieces: list[Value] = []
    done = 0
    for found in find_all(program, string, run.spend):
        start, end = found[0] or 0, found[1] or 0
        if end > start or done < start < len(string):
            pieces.append(string[done:start])
            done = end
    return [*pieces, string[done:]]


def join(run: Evaluation, list_: list[Value], delimiter: str | None = None) -> Value:
    """Join strings; nulls are left out, anything else makes the result null."""
    texts: list[str] = []
    size = 0
    for element in list_:
        if type(element) is str:
            texts.append(element)
            size += len(element) + len(delimiter or "")
            if size > 2 * run.limits.string_size + len(delimiter or ""):
                break  # too long already: what is joined is refused below
        elif element is not None:
            run.mismatch("a list of strings", element)
            return None
    return (delimiter or "").join(texts)


def _program(run: Evaluation, pattern: str, flags: str | None) -> Program | None:
    if len(pattern) > run.limits.pattern_size:
        run.warn("bad_pattern", f"Expected a pattern of at most {run.limits.pattern_size} characters.")
        return None
    try:
        return compile_pattern(pattern, flags or "", run.limits.pattern_program)
    except PatternError as error:
        run.warn("bad_pattern", f"Expected a pattern that is supported, but found {error}.")
        return None


def _filled(replacement: str, text: str, found: Found) -> str:
    if "$" not in replacement:
        return replacement
    filled, at = [], 0
    while at < len(replacement):
        following = replacement[at + 1 : at + 2]
        group = int(following) if following and following in "0123456789" else len(found)
        if replacement[at] == "$" and 2 * group + 1 < len(found):
            start, end = found[2 * group], found[2 * group + 1]
            filled.append("" if start is None else text[start:end])
            at += 2
        else:
            filled.append(replacement[at])
            at += 1
    return "".join(filled)


def _simple(operation: Callable[..., Value]) -> Callable[..., Value]:
    """A function that needs nothing of the evaluation."""
    return lambda _run, *values: operation(*values)


FUNCTIONS: Final = (
    define("string length", _simple(lambda string: Decimal(len(string))), string=STRING),
    define("upper case", _simple(str.upper), string=STRING),
    define("lower case", _simple(str.lower), string=STRING),
    define("trim", _simple(str.strip), string=STRING),
    define("contains", _simple(lambda string, match: match in string), string=STRING, match=STRING),
    define("starts with", _simple(str.startswith), string=STRING, match=STRING),
    define("ends with", _simple(str.endswith), string=STRING, match=STRING),
    define("substring", substring, string=STRING, start_position=NUMBER, length=optional(NUMBER)),
    define("substring before", substring_before, string=STRING, match=STRING),
    define("substring after", substring_after, string=STRING, match=STRING),
    define("matches", matches, input=STRING, pattern=STRING, flags=optional(STRING)),
    define("replace", replace, input=STRING, pattern=STRING, replacement=STRING, flags=optional(STRING)),
    define("extract", extract, input=STRING, pattern=STRING),
    define("split", split, string=STRING, delimiter=STRING),
    define("string join", join, list=LIST, delimiter=optional(STRING)),
)
