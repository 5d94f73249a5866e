"""Functions from text to numbers, and from anything to text."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import ANY, NUMBER, STRING, define, optional
from engine.feel.kinds import Range, Value, YearsMonths
from engine.feel.limits import NUMBERS
from engine.feel.temporal import write_date_and_time, write_days, write_time
from engine.feel.values import write_number

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")


def number(run: Evaluation, from_: str, grouping_separator: str | None = None, decimal: str | None = None) -> Value:
    """Read a number, written with these separators: `number("1.500.000,50", ".", ",")`."""
    if grouping_separator not in {None, " ", ".", ","} or decimal not in {None, ".", ","}:
        run.warn("type_mismatch", "Expected a space, a point or a comma to part digits.")
        return None
    if grouping_separator is not None and grouping_separator == decimal:
        run.warn("type_mismatch", "Expected two different separators.")
        return None
    text = from_.replace(grouping_separator, "") if grouping_separator else from_
    if decimal == ",":
        text = text.replace(".", "?").replace(",", ".")
    if not _NUMBER.fullmatch(text):
        run.warn("type_mismatch", "Expected the text of a number.")
        return None
    value = NUMBERS.create_decimal(text)
    if value != Decimal(text):
        run.warn("out_of_range", "Expected a number of at most 34 digits.")
        return None
    return value


def string(run: Evaluation, from_: Value) -> Value:
    return None if from_ is None else _Writer(run).written(from_, quoted=False)


class _Writer:
    """Writes one value, and counts, so that shared parts cannot make the text a bomb."""

    def __init__(self, run: Evaluation) -> None:
        self._run = run
        self._size = 0

    def written(self, value: Value, *, quoted: bool = True, depth: int = 0) -> str:
        self._run.spend(1)
        self._run.deeper(depth)
        text = self._text(value, quoted=quoted, depth=depth)
        if type(value) not in {list, dict}:
            self._size += len(text)
            if self._size > self._run.limits.string_size:
                self._run.sized_text(" " * self._size)
        return text

    def _text(self, value: Value, *, quoted: bool, depth: int) -> str:
        if type(value) is str:
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else value
        if type(value) is list:
            return "[" + ", ".join(self.written(element, depth=depth + 1) for element in value) + "]"
        if type(value) is dict:
            self._size += sum(len(key) for key in value)
            entries = (f"{key}: {self.written(element, depth=depth + 1)}" for key, element in value.items())
            return "{" + ", ".join(entries) + "}"
        if type(value) is Range:
            opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
            ends = (self.written(end, depth=depth + 1) for end in (value.start, value.end))
            return opening + "..".join(ends) + closing
        return _WRITERS[type(value)](value)


_WRITERS: Final[Mapping[type, Callable[..., str]]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    Decimal: write_number,
    date: date.isoformat,
    time: write_time,
    datetime: write_date_and_time,
    timedelta: write_days,
    YearsMonths: str,
}

FUNCTIONS: Final = (
    define(
        "number",
        number,
        from_=STRING,
        grouping_separator=optional(STRING),
        decimal_separator=optional(STRING),
    ),
    define("number", lambda _run, from_: from_, from_=NUMBER),
    define("string", string, from_=ANY),
)
