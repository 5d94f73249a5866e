"""What may be told to everybody: an attacker who knows the rule, and every number that was told, learns no small one."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.disclosure import SMALL, Cell, Key, Shown, is_small, revised, shown

SMALL_ONES = set(range(1, SMALL))


def table(*counts: int) -> Cell:
    """A total with one group of parts."""
    parts = tuple(Cell((str(place),), count) for place, count in enumerate(counts))
    return Cell(("total",), sum(counts), (parts,))


def by_code(key: Key) -> Key:
    return key


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def tellings(counts: tuple[int, ...]) -> set[tuple[int | None, ...]]:
    """Everything that may be told of these counts, however chance falls."""
    keys = [(str(place),) for place in range(len(counts))]
    found = set()
    for order in permutations(keys):
        told = shown(table(*counts), order.index)
        found.add((told["total",], *(told[each] for each in keys)))
    return found


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_who_knows_the_rule_and_tries_every_history_cannot_tell_one_small_number_from_another(parts: int) -> None:
    """All histories of a total, told in every way chance may choose: those told alike leave every small number possible."""
    for total in range(SMALL, 19 if parts < 4 else 16):
        alike: dict[tuple[int | None, ...], set[tuple[int, ...]]] = defaultdict(set)
        for counts in compositions(total, parts):
            for told in tellings(counts):
                alike[told].add(counts)
        for told, histories in alike.items():
            for place in range(parts):
                possible = {each[place] for each in histories}
                if told[place + 1] is None:
                    assert possible >= SMALL_ONES, (told, place, possible)


@pytest.mark.parametrize("counts", [(1,), (4,), (2, 1), (1, 1, 1)])
def test_a_small_total_hides_all_its_parts(counts: tuple[int, ...]) -> None:
    assert set(shown(table(*counts), by_code).values()) == {None}


def test_numbers_that_are_not_small_are_all_told_and_so_are_zeros() -> None:
    told = shown(table(20, 5, 0), by_code)

    assert told == {("total",): 25, ("0",): 20, ("1",): 5, ("2",): 0}


def test_a_small_number_takes_zeros_and_one_that_is_not_small_with_it() -> None:
    told = shown(table(20, 15, 2, 0), by_code)

    assert told == {("total",): 37, ("0",): None, ("1",): 15, ("2",): None, ("3",): None}


def test_nothing_below_a_hidden_number_is_told() -> None:
    inner = Cell(("a",), 6, ((Cell(("a", "x"), 6),),))
    total = Cell(("total",), 8, ((inner, Cell(("b",), 2)),))

    assert shown(total, by_code)["a", "x"] is None


def test_parts_that_do_not_add_up_are_a_fault() -> None:
    with pytest.raises(ValueError, match="add up"):
        shown(Cell((), 7, ((Cell(("a",), 6),),)), by_code)


counts = st.lists(st.integers(0, 25), min_size=1, max_size=6)


@st.composite
def trees(draw: st.DrawFn) -> Cell:
    """A country of provinces with their regencies, and a second way of parting the same total."""
    provinces = []
    for place, inner in enumerate(draw(st.lists(counts, min_size=1, max_size=5))):
        regencies = tuple(Cell((str(place), str(number)), count) for number, count in enumerate(inner))
        provinces.append(Cell((str(place),), sum(inner), (regencies,)))
    total = sum(each.count for each in provinces)
    cut = draw(st.integers(0, total))
    return Cell((), total, (tuple(provinces), (Cell(("x", "first"), cut), Cell(("x", "again"), total - cut))))


def ranges(total: Cell, told: Shown, away: int = 0) -> dict[Key, tuple[int, int]]:
    """What an attacker finds by subtracting: each hidden number's least and most. `away`: how far each told one may be off."""
    found: dict[Key, tuple[int, int]] = {}
    for each in total.each():
        for group in each.groups:
            whole = told[each.key]
            hidden = [part.key for part in group if told[part.key] is None]
            rest = [told[part.key] or 0 for part in group if told[part.key] is not None]
            most = 10**6 if whole is None else whole + away - sum(max(one - away, 0) for one in rest)
            least = most if len(hidden) == 1 and whole is not None and not away else 0
            found |= dict.fromkeys(hidden, (least, most))
    return found


@given(trees(), st.randoms(use_true_random=False))
def test_subtracting_leaves_every_small_number_open(total: Cell, chance: random.Random) -> None:
    told = shown(total, lambda _: chance.random())

    open_to = ranges(total, told)
    for each in total.each():
        assert not is_small(told[each.key] or 0)
        if is_small(each.count):
            assert told[each.key] is None
            least, most = open_to.get(each.key, (0, SMALL - 1))
            assert least <= 1, each
            assert most >= SMALL - 1, each


@given(trees(), st.randoms(use_true_random=False), st.data())
def test_one_person_more_or_less_is_not_seen_in_a_small_number(
    total: Cell, chance: random.Random, data: st.DataObject
) -> None:
    """A person is added to one regency and one way: what was small and stays so is as empty as before."""
    regencies = [inner for outer in total.groups[0] for inner in outer.groups[0]]
    chosen = data.draw(st.sampled_from(regencies)).key
    more = _with_one(total, chosen)
    weights = {each.key: chance.random() for each in total.each()}

    before, after = shown(total, weights.__getitem__), shown(more, weights.__getitem__)

    counts_after = {each.key: each.count for each in more.each()}
    for each in total.each():
        if is_small(each.count) and is_small(counts_after[each.key]):
            assert (before[each.key], after[each.key]) == (None, None)


def _with_one(total: Cell, chosen: Key) -> Cell:
    def grown(cell: Cell) -> Cell:
        own = chosen[: len(cell.key)] == cell.key
        if not own and cell.key != ("x", "again"):
            return cell
        groups = tuple(tuple(grown(each) for each in group) for group in cell.groups)
        return Cell(cell.key, cell.count + 1, groups)

    return grown(total)


@given(trees(), st.randoms(use_true_random=False), st.data())
def test_a_correction_shows_no_small_change_and_nothing_that_was_hidden(
    total: Cell, chance: random.Random, data: st.DataObject
) -> None:
    first = shown(total, lambda _: chance.random())
    other = _corrected(total, data)

    second = revised(other, first, lambda _: chance.random())
    third = revised(total, second, lambda _: chance.random())

    for older, newer, truth in ((first, second, other), (second, third, total)):
        for each in truth.each():
            was, now = older[each.key], newer[each.key]
            if was is None:
                assert now is None
            elif now is not None:
                assert abs(now - was) % SMALL == 0
                assert abs(now - each.count) < SMALL
                assert not is_small(now)


@given(trees(), st.randoms(use_true_random=False), st.data())
def test_what_a_correction_hides_cannot_be_found_by_subtracting(
    total: Cell, chance: random.Random, data: st.DataObject
) -> None:
    first = shown(total, lambda _: chance.random())
    other = _corrected(total, data)

    second = revised(other, first, lambda _: chance.random())

    for key, (least, most) in ranges(other, second, away=SMALL - 1).items():
        assert most - least >= SMALL - 1, key


def _corrected(total: Cell, data: st.DataObject) -> Cell:
    """The same tree with other numbers."""

    def other(cell: Cell) -> Cell:
        if not cell.groups:
            return Cell(cell.key, max(0, cell.count + data.draw(st.integers(-12, 12))))
        parts = tuple(other(each) for each in cell.groups[0])
        return Cell(cell.key, sum(each.count for each in parts), (parts,))

    made = other(Cell(total.key, total.count, total.groups[:1]))
    again = min(made.count, total.groups[1][1].count)
    second = (Cell(("x", "first"), made.count - again), Cell(("x", "again"), again))
    return Cell(made.key, made.count, (made.groups[0], second))
