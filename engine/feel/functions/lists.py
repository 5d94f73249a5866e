"""Functions over lists. A list is never changed: each gives a new one. Positions count from 1, or back from -1."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cmp_to_key
from typing import Final

from engine.feel.evaluate import Evaluation
from engine.feel.functions.signature import ANY, LIST, NUMBER, define, optional, repeated
from engine.feel.kinds import Value, YearsMonths
from engine.feel.limits import NUMBERS
from engine.feel.operations import arithmetic, compare, key_of

_PAIR: Final = 2


def list_contains(run: Evaluation, list_: list[Value], element: Value) -> Value:
    wanted = key_of(element, run)
    return any(key_of(candidate, run) == wanted for candidate in list_)


def index_of(run: Evaluation, list_: list[Value], match: Value) -> Value:
    wanted = key_of(match, run)
    return [Decimal(place) for place, element in enumerate(list_, 1) if key_of(element, run) == wanted]


def distinct_values(run: Evaluation, list_: list[Value]) -> Value:
    return _first_of_each(run, list_)


def _first_of_each(run: Evaluation, elements: Sequence[Value]) -> list[Value]:
    firsts: dict[object, Value] = {}
    for element in elements:
        firsts.setdefault(key_of(element, run), element)
    return list(firsts.values())


def union(run: Evaluation, *lists: Value) -> Value:
    return _first_of_each(run, _joined(run, lists))


def concatenate(run: Evaluation, *lists: Value) -> Value:
    return _joined(run, lists)


def append(_run: Evaluation, list_: list[Value], *items: Value) -> Value:
    return [*list_, *items]


def flatten(run: Evaluation, list_: list[Value]) -> Value:
    flat: list[Value] = []
    _flatten_into(flat, list_, run, 0)
    return flat


def sublist(run: Evaluation, list_: list[Value], start_position: Decimal, length: Decimal | None = None) -> Value:
    first = _place(run, list_, start_position)
    if first is None:
        return None
    count = len(list_) - first if length is None else int(length)
    if not 0 <= count <= len(list_) - first:
        run.warn("out_of_range", "Expected a length within the list.")
        return None
    return list_[first : first + count]


def insert_before(run: Evaluation, list_: list[Value], position: Decimal, new_item: Value) -> Value:
    if position == len(list_) + 1:
        return [*list_, new_item]
    place = _place(run, list_, position)
    return None if place is None else [*list_[:place], new_item, *list_[place:]]


def remove(run: Evaluation, list_: list[Value], position: Decimal) -> Value:
    place = _place(run, list_, position)
    return None if place is None else [*list_[:place], *list_[place + 1 :]]


def list_replace(run: Evaluation, list_: list[Value], position: Decimal, new_item: Value) -> Value:
    place = _place(run, list_, position)
    return None if place is None else [*list_[:place], new_item, *list_[place + 1 :]]


def reverse(_run: Evaluation, list_: list[Value]) -> Value:
    return list_[::-1]


def sort(run: Evaluation, list_: list[Value]) -> Value:
    """Sort upwards. The elements must be of one ordered kind; an order of one's own is not supported."""
    if not _all_ordered(run, list_):
        return None
    run.spend(len(list_) * len(list_).bit_length())

    def order(left: Value, right: Value) -> int:
        return compare(left, right, run) or 0

    return sorted(list_, key=cmp_to_key(order))


def least(run: Evaluation, *values: Value) -> Value:
    return _extreme(run, values, -1)


def greatest(run: Evaluation, *values: Value) -> Value:
    return _extreme(run, values, 1)


def count(_run: Evaluation, list_: list[Value]) -> Value:
    return Decimal(len(list_))


def total(run: Evaluation, *values: Value) -> Value:
    """Add numbers, or durations of one kind. The sum of nothing is null, as the standard says."""
    elements = _spread(values)
    if not elements or not _all_of(run, elements, Decimal, timedelta, YearsMonths):
        return None
    result = elements[0]
    for element in elements[1:]:
        result = arithmetic("+", result, element, run, run.position)
    return result


def product(run: Evaluation, *values: Value) -> Value:
    numbers = _numbers(run, values)
    if not numbers:
        return None
    result = Decimal(1)
    for number in numbers:
        result = NUMBERS.multiply(result, number)
    return result


def mean(run: Evaluation, *values: Value) -> Value:
    elements = _spread(values)
    result = total(run, *values)
    return None if result is None else arithmetic("/", result, Decimal(len(elements)), run, run.position)


def median(run: Evaluation, *values: Value) -> Value:
    numbers = sorted(_numbers(run, values) or [])
    if not numbers:
        return None
    middle = len(numbers) // _PAIR
    if len(numbers) % _PAIR:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(_PAIR))


def stddev(run: Evaluation, *values: Value) -> Value:
    """The standard deviation of a sample; null for fewer than two numbers."""
    numbers = _numbers(run, values) or []
    if len(numbers) < _PAIR:
        return None
    centre = Decimal(0)
    for number in numbers:
        centre = NUMBERS.add(centre, number)
    centre = NUMBERS.divide(centre, Decimal(len(numbers)))
    squares = Decimal(0)
    for number in numbers:
        distance = NUMBERS.subtract(number, centre)
        squares = NUMBERS.add(squares, NUMBERS.multiply(distance, distance))
    return NUMBERS.sqrt(NUMBERS.divide(squares, Decimal(len(numbers) - 1)))


def mode(run: Evaluation, *values: Value) -> Value:
    """The numbers that come most often, upwards."""
    numbers = _numbers(run, values)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values(), default=0)
    return [*sorted(number for number, times in counts.items() if times == most)]


def _spread(values: tuple[Value, ...]) -> list[Value]:
    """What is meant by `max(list)` and `max(a, b, c)` alike."""
    return values[0] if len(values) == 1 and type(values[0]) is list else list(values)


def _all_of(run: Evaluation, elements: list[Value], *types: type) -> bool:
    for element in elements:
        if type(element) not in types:
            run.mismatch("a list of numbers", element)
            return False
    return True


def _numbers(run: Evaluation, values: tuple[Value, ...]) -> list[Decimal] | None:
    elements = _spread(values)
    numbers = [element for element in elements if type(element) is Decimal]
    return numbers if _all_of(run, elements, Decimal) else None


def _all_ordered(run: Evaluation, elements: list[Value]) -> bool:
    return all(compare(elements[0], element, run) is not None for element in elements)


def _extreme(run: Evaluation, values: tuple[Value, ...], wanted: int) -> Value:
    elements = _spread(values)
    if not elements or not _all_ordered(run, elements):
        return None
    best = elements[0]
    for element in elements[1:]:
        if compare(element, best, run) == wanted:
            best = element
    return best


def _joined(run: Evaluation, lists: tuple[Value, ...]) -> list[Value]:
    joined: list[Value] = []
    for part in lists:
        joined.extend(part if type(part) is list else [part])
        if len(joined) > run.limits.list_size:
            break  # too long already: the caller refuses it
    return joined


def _flatten_into(flat: list[Value], elements: list[Value], run: Evaluation, depth: int) -> None:
    run.deeper(depth)
    run.spend(len(elements))
    for element in elements:
        if type(element) is list:
            _flatten_into(flat, element, run, depth + 1)
        else:
            flat.append(element)


def _place(run: Evaluation, list_: list[Value], position: Decimal) -> int | None:
    place = int(position)
    if position != place or place == 0 or abs(place) > len(list_):
        run.warn("out_of_range", "Expected a position within the list, counted from 1.")
        return None
    return place - 1 if place > 0 else len(list_) + place


FUNCTIONS: Final = (
    define("list contains", list_contains, list=LIST, element=ANY),
    define("index of", index_of, list=LIST, match=ANY),
    define("distinct values", distinct_values, list=LIST),
    define("union", union, list=repeated(LIST)),
    define("concatenate", concatenate, list=repeated(LIST)),
    define("append", append, list=LIST, item=repeated(ANY)),
    define("flatten", flatten, list=LIST),
    define("sublist", sublist, list=LIST, start_position=NUMBER, length=optional(NUMBER)),
    define("insert before", insert_before, list=LIST, position=NUMBER, new_item=ANY),
    define("remove", remove, list=LIST, position=NUMBER),
    define("list replace", list_replace, list=LIST, position=NUMBER, new_item=ANY),
    define("reverse", reverse, list=LIST),
    define("sort", sort, list=LIST),
    define("count", count, list=LIST),
    define("min", least, list=repeated(ANY)),
    define("max", greatest, list=repeated(ANY)),
    define("sum", total, list=repeated(ANY)),
    define("mean", mean, list=repeated(ANY)),
    define("median", median, list=repeated(ANY)),
    define("product", product, list=repeated(ANY)),
    define("stddev", stddev, list=repeated(ANY)),
    define("mode", mode, list=repeated(ANY)),
)
