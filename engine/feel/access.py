"""What stands behind a dot or between brackets: entries, parts and elements, or null when there is none."""

from collections.abc import Callable
from decimal import Decimal

from engine.feel.evaluate import Evaluation
from engine.feel.kinds import KIND_NAMES, Value
from engine.feel.properties import PROPERTIES


def element_at(elements: list[Value], position: Decimal, run: Evaluation, at: int) -> Value:
    """The element at a place, counted from 1, or back from -1."""
    place = int(position)
    if place != position or place == 0 or abs(place) > len(elements):
        run.warn("out_of_range", f"Expected a place within the list of {len(elements)}.", at)
        return None
    return elements[place - 1 if place > 0 else place]


def property_of(value: Value, name: str, run: Evaluation, at: int) -> Value:
    """What is behind the dot: an entry of a context, a part of a date; of a list, that of each element."""
    if type(value) is dict:
        if name in value:
            return value[name]
    elif type(value) is list:
        run.spend(len(value))
        return [property_of(element, name, run, at) for element in value if type(element) is not list]
    else:
        part = PROPERTIES.get(type(value), {}).get(name)
        if part is not None:
            return _part(part, value, run, at)
    if value is not None:
        run.warn("no_property", f"Expected “{name}” in a {KIND_NAMES[type(value)]}, but there is none.", at)
    return None


def _part(part: Callable[..., Value], value: Value, run: Evaluation, at: int) -> Value:
    try:
        return part(value)
    except ArithmeticError:
        run.warn("out_of_range", "Expected a part that can be held.", at)
        return None


def has_property(value: Value, name: str) -> bool:
    return name in value if type(value) is dict else name in PROPERTIES.get(type(value), {})
