"""Nobody works out a small number from what is told."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.small_numbers import KEPT_BACK, LEAST, SMALL, banded, veiled

VILLAGES = ("35.01.01", "35.01.02", "35.01.03", "35.02.01", "35.02.02")
MOST = 14
"""More than any count of these tests, since a reader knows no bound."""


def possible(told: dict[str, str], among: tuple[str, ...]) -> Iterator[dict[str, int]]:
    """Every way in which the places could have been counted that would be told so: what the most curious reader finds.

    An area that is not told where its neighbours are had nobody.
    """
    broken_down = {area.rpartition(".")[0] for area in told}
    nobody = {
        place
        for place in among
        for area in (place, place.rpartition(".")[0])
        if area.rpartition(".")[0] in broken_down and area not in told
    }
    for counts in product(*(range(1) if each in nobody else range(MOST + 1) for each in among)):
        placed = dict(zip(among, counts, strict=True))
        if all(_fits(told, area, _sum(placed, area)) for area in told):
            yield placed


def _sum(placed: dict[str, int], area: str) -> int:
    return sum(count for place, count in placed.items() if place == area or place.startswith(f"{area}."))


def _fits(told: dict[str, str], area: str, count: int) -> bool:
    said = told[area]
    if said == SMALL:
        return 0 < count < LEAST
    return count >= LEAST if said == KEPT_BACK else count == int(said)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 8), min_size=3, max_size=3))
def test_a_small_count_of_one_area_could_always_be_another(counts: list[int]) -> None:
    among = ("35.01", "35.02", "35.03")
    placed = {place: count for place, count in zip(among, counts, strict=True) if count}
    told = veiled(placed)

    ways = list(possible(told, among))
    for place in among:
        if 0 < placed.get(place, 0) < LEAST:
            assert len({each[place] for each in ways}) > 1, told


@given(st.lists(st.integers(0, 7), min_size=5, max_size=5))
def test_a_small_count_within_an_area_within_an_area_could_always_be_another(counts: list[int]) -> None:
    placed = {place: count for place, count in zip(VILLAGES, counts, strict=True) if count}
    told = veiled(placed)
    assert all(told[place] == SMALL for place in told if place in placed and placed[place] < LEAST)

    for area in ("35.01", "35.02"):
        small = sum(count for place, count in placed.items() if place.startswith(area))
        if 0 < small < LEAST:
            assert told.get(area) in (None, SMALL)
            assert not [each for each in told if each.startswith(f"{area}.")]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, {}),
        ({"35.07": 4}, {"35": "<5"}),
        ({"35.07": 5}, {"35": "5", "35.07": "5"}),
        ({"35.07": 12, "35.08": 1}, {"35": "13", "35.08": "<5", "35.07": "-"}),
        ({"35.07": 1, "35.08": 1, "35.09": 1, "35.10": 1, "35.11": 1}, {"35": "5"}),
        ({"35.07": 3, "35.07.11": 9}, {"35": "12", "35.07": "12", "35.07.?": "<5", "35.07.11": "-"}),
        ({"35.07": 1, "35.08": 5}, {"35": "6"}),
    ],
    ids=str,
)
def test_by_example(counts: dict[str, int], told: dict[str, str]) -> None:
    assert veiled(counts) == told


def test_what_lies_in_an_area_that_is_kept_back_is_kept_back_too() -> None:
    told = veiled({"35.07.11": 6, "35.07.12": 8, "35.08.01": 3, "35.09.01": 50})

    assert told["35.07"] == KEPT_BACK
    assert [each for each in told if each.startswith(("35.07.", "35.08."))] == []


def test_an_area_may_be_kept_back_for_a_reason_of_its_own() -> None:
    told = veiled({"35.07": 20, "35.08": 30, "35.09": 40}, keep_back=lambda area: area == "35.08")

    assert told["35.08"] == KEPT_BACK
    assert sorted(told.values()).count(KEPT_BACK) == 2


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "<5"), (4, "<5"), (5, "5-9"), (9, "5-9"), (10, "10-14")])
def test_a_count_of_the_protected_is_told_in_bands(count: int, said: str) -> None:
    assert banded(count) == said


@settings(max_examples=20)
@given(st.lists(st.integers(0, 8), min_size=4, max_size=4))
def test_who_knows_the_figures_of_an_area_around_and_of_all_within_learns_no_small_count(counts: list[int]) -> None:
    among = ("35.01.01", "35.01.02", "35.02.01", "35.02.02")
    placed = {place: count for place, count in zip(among, counts, strict=True) if count}
    told = veiled(placed)

    ways = list(possible(told, among))
    assert any(all(each[place] == placed.get(place, 0) for place in among) for each in ways)
    for place in among:
        if 0 < placed.get(place, 0) < LEAST:
            assert len({each[place] for each in ways}) > 1, told
