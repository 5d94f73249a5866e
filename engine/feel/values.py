"""Values as stored facts: one JSON text for one value.

| value | JSON |
| --- | --- |
| null, boolean, string, list | themselves |
| a whole number of at most 15 digits | a number |
| any other number | `{"@number": "12.5"}` |
| date | `{"@date": "2026-03-01"}` |
| time | `{"@time": "08:30:00"}` |
| date and time | `{"@datetime": "2026-03-01T08:30:00+07:00"}` |
| days and time duration | `{"@duration": "P1DT2H"}` |
| years and months duration | `{"@months": "P1Y2M"}` |
| range | `{"@range": [start, end, start included, end included]}` |
| context | an object with sorted keys; inside `{"@context": …}` if it has one key that begins with `@` |

It is not an exchange format for partners: they speak the API's own schema.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Final, TypeAlias

from engine.feel.kinds import Range, Value, YearsMonths
from engine.feel.limits import NUMBERS
from engine.feel.temporal import (
    read_date,
    read_date_and_time,
    read_days,
    read_months,
    read_time,
    write_date_and_time,
    write_days,
    write_time,
)

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

__all__ = ["Json", "Range", "Value", "YearsMonths", "from_json", "to_json", "write_number"]

_PLAIN_INTEGERS: Final = 10**15
_ENDS: Final = 4


def write_number(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_json(value: object) -> Json:
    """Turn a value into its one JSON form. Raises ValueError for what is not a FEEL value, floats among it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, list | tuple):
        return [to_json(element) for element in value]
    if isinstance(value, Mapping):
        return _context_to_json(value)
    if isinstance(value, int | Decimal):
        return _number_to_json(Decimal(value))
    for kind, (tag, write) in _WRITERS.items():
        if isinstance(value, kind):
            return {tag: write(value)}
    raise ValueError(f"Expected a value that FEEL knows, but found {type(value).__name__}.")


def from_json(stored: object) -> Value:
    """Read a value back. Raises ValueError for an unknown tag or a text that its tag cannot hold.

    A JSON number with a fraction is read as it was written (0.1 is 0.1), though `to_json` never writes one.
    """
    if stored is None or isinstance(stored, bool | str):
        return stored
    if isinstance(stored, int | float | Decimal):
        return _number(repr(stored) if isinstance(stored, float) else str(stored))
    if isinstance(stored, list | tuple):
        return [from_json(element) for element in stored]
    if isinstance(stored, Mapping):
        return _object_from_json(stored)
    raise ValueError(f"Expected JSON, but found {type(stored).__name__}.")


def _number_to_json(number: Decimal) -> Json:
    number = _number(str(number))
    if number == number.to_integral_value() and abs(number) < _PLAIN_INTEGERS:
        return int(number)
    return {"@number": write_number(number)}


def _context_to_json(context: Mapping[object, object]) -> Json:
    if not all(isinstance(key, str) for key in context):
        raise ValueError("Expected the keys of a context to be strings.")
    entries = {str(key): to_json(context[key]) for key in sorted(context, key=str)}
    tagged = len(entries) == 1 and next(iter(entries)).startswith("@")
    return {"@context": entries} if tagged else entries


def _object_from_json(stored: Mapping[object, object]) -> Value:
    if not all(isinstance(key, str) for key in stored):
        raise ValueError("Expected the keys of an object to be strings.")
    if len(stored) == 1:
        tag, body = next(iter(stored.items()))
        if isinstance(tag, str) and tag.startswith("@"):
            return _tagged_from_json(tag, body)
    return {str(key): from_json(element) for key, element in stored.items()}


def _tagged_from_json(tag: str, body: object) -> Value:
    if tag == "@context" and isinstance(body, Mapping):
        return {str(key): from_json(element) for key, element in body.items()}
    if tag == "@range" and isinstance(body, list) and len(body) == _ENDS:
        start, end, start_included, end_included = (from_json(part) for part in body)
        return Range(start, end, start_included is True, end_included is True)
    reader = _READERS.get(tag)
    value = reader(body) if reader is not None and isinstance(body, str) else None
    if value is None:
        raise ValueError(f"Expected a stored value, but found {tag} with {body!r:.80}.")
    return value


def _number(text: str) -> Decimal:
    try:
        number = NUMBERS.create_decimal(text)
    except (DecimalException, ValueError):
        raise ValueError(f"Expected a number below 10^34, but found {text:.80}.") from None
    if not number.is_finite() or number != Decimal(text):
        raise ValueError(f"Expected a finite number of at most 34 digits, but found {text:.80}.")
    return number


_WRITERS: Final[Mapping[type, tuple[str, Callable[..., Json]]]] = {
    datetime: ("@datetime", write_date_and_time),
    date: ("@date", date.isoformat),
    time: ("@time", write_time),
    timedelta: ("@duration", write_days),
    YearsMonths: ("@months", str),
    Range: ("@range", lambda span: to_json([span.start, span.end, span.start_included, span.end_included])),
}

_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    "@number": _number,
    "@date": read_date,
    "@time": read_time,
    "@datetime": read_date_and_time,
    "@duration": read_days,
    "@months": read_months,
}
