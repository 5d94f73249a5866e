"""Somebody keeps every file that was ever published, subtracts, and compares: random histories, and nothing small is found."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PersonsCounted
from engine.domain.disclosure import SMALL, is_small
from engine.domain.figures import Period
from engine.queries.figures import Prevented, SopTime
from sop_catalog.figures import dataset, datasets
from sop_catalog.figures.counting import OfMonth
from sop_catalog.figures.tables import keys_of, month_rows
from sop_catalog.figures.writing import as_csv

MONTH = Period("2026-10")
COUNTED = [each.code for each in datasets() if each.every == "month" and each.code != "sop-catalogue"]
PLACES = ("35.07", "35.05", "35.08", "35", "52.01", "52.02", "53.01", "53.04", "", "99.99", "32.12.11.2003")
COUNTRIES = ("MY", "SA", "TW", "HK", "", "XX")
SOPS = {"s06-m01": ("Informasi", True), "s11-m02": ("Data", True), "c3-m03": ("Penapisan", True)}


@dataclass(frozen=True)
class Person:
    """One departure that was prevented."""

    origin: str
    to: str
    sex: str
    age: str
    attempt: int
    state: str
    courses: tuple[str, ...]
    answer: str
    sop: str
    late: bool


def somebody(chance: random.Random) -> Person:
    return Person(
        chance.choices(PLACES, (9, 5, 2, 1, 7, 1, 3, 1, 1, 1, 2))[0],
        chance.choices(COUNTRIES, (9, 6, 2, 1, 1, 1))[0],
        chance.choices(("perempuan", "laki-laki", ""), (6, 3, 1))[0],
        chance.choices(("0-17", "18-24", "25-34", "35-44", "45+", ""), (1, 4, 6, 3, 1, 1))[0],
        chance.choices((1, 2, 3, 5), (9, 3, 1, 1))[0],
        chance.choices(("running", "completed", "cancelled", "suspended"), (6, 5, 2, 1))[0],
        tuple(chance.sample(("pulang", "hukum", "penempatan-kembali", "lain"), chance.choice((0, 1, 1, 2)))),
        chance.choices(("accepted", "declined", "expired", ""), (4, 1, 1, 9))[0],
        chance.choice(tuple(SOPS)),
        chance.random() < 0.2,
    )


def counted(people: list[Person]) -> OfMonth:
    """What the queries and the command would count of them."""
    told = Prevented(
        len(people),
        Counter(each.origin for each in people),
        Counter(each.to for each in people),
        Counter(each.state for each in people),
        Counter(each.attempt for each in people),
    )
    persons = PersonsCounted(Counter(each.sex for each in people), Counter(each.age for each in people))
    courses = Counter(kind for each in people for kind in each.courses)
    offers = Counter(each.answer for each in people if each.answer)
    times = tuple(SopTime(each.sop, 4, "running-hours", not each.late, 3.2) for each in people)
    return OfMonth(told, persons, courses, offers, times, SOPS)


def edition(code: str, people: list[Person], chance: random.Random, before: list[dict[str, Any]] | None = None) -> Any:
    data = dataset(code)
    kept = keys_of(data, before) if before else {}
    return month_rows(data, counted(people), MONTH, kept, lambda _: chance.random())


def lines(code: str, rows: Any) -> list[dict[str, str]]:
    """What is published: only the file."""
    return list(csv.DictReader(io.StringIO(as_csv(dataset(code), rows))))


def groups(code: str, found: list[dict[str, str]]) -> dict[str, list[str]]:
    """Which numbers add up to which: total → parts, as anybody can read it out of the columns."""
    if code == "sop-times":
        return {each["sop"]: [f"{each['sop']}+", f"{each['sop']}-"] for each in found}
    keys = {name_of(code, each): each for each in found}
    parts: dict[str, list[str]] = {}
    for name, row in keys.items():
        if "breakdown" in row and row["breakdown"] != "total":
            parts.setdefault(f"total//{row['breakdown']}", []).append(name)
        elif row.get("level") == "regency":
            parts.setdefault(f"province/{row['province_code']}/", []).append(name)
        elif row.get("level") in {"province", "country"}:
            parts.setdefault("total//" if row["level"] == "province" else "total/", []).append(name)
    return parts


def name_of(code: str, row: Mapping[str, str]) -> str:
    return "/".join(row[each] for each in dataset(code).keys)


def numbers(code: str, found: list[dict[str, str]]) -> dict[str, str]:
    if code == "sop-times":
        told = {each["sop"]: each["count"] for each in found}
        told |= {f"{each['sop']}+": each["in_time"] for each in found}
        return told | {f"{each['sop']}-": each["late"] for each in found}
    return {name_of(code, each): each["count"] for each in found}


def total_of(told: Mapping[str, str], whole: str) -> str:
    return told[whole] if whole in told else told["total/"]


def truth(code: str, people: list[Person]) -> dict[str, int]:
    """The same numbers without anything hidden: with everybody counted ten times over there is no small one."""
    rows = month_rows(dataset(code), counted(people * 10), MONTH, {}, lambda _: 0)
    return {name: int(text or 0) // 10 for name, text in numbers(code, lines(code, rows)).items()}


def learned(code: str, found: list[dict[str, str]], whole: int | None = None) -> dict[str, range]:
    """What subtracting tells of each hidden number: from the least to the most that it can be."""
    told = numbers(code, found)
    open_to: dict[str, range] = {}
    for total, parts in groups(code, found).items():
        shut = [each for each in parts if told[each] == ""]
        known = total_of(told, total) or (str(whole) if total.startswith("total") and whole is not None else "")
        if not known:
            continue
        rest = int(known) - sum(int(told[each]) for each in parts if told[each] != "")
        for each in shut:
            open_to[each] = range(rest if len(shut) == 1 else 0, rest + 1)
    return open_to


histories = st.tuples(st.integers(0, 90), st.randoms(use_true_random=False))


@pytest.mark.parametrize("code", COUNTED)
@settings(max_examples=30)
@given(histories)
def test_no_small_number_is_told_or_found_by_subtracting(code: str, given_: tuple[int, random.Random]) -> None:
    size, chance = given_
    people = [somebody(chance) for _ in range(size)]

    found = lines(code, edition(code, people, chance))

    told, real = numbers(code, found), truth(code, people)
    open_to = learned(code, found)
    for name, text in told.items():
        assert text == "" or int(text) == real[name]
        assert not (text and is_small(int(text))), name
        if is_small(real[name]) and name in open_to:
            assert {1, SMALL - 1} <= set(open_to[name]), (name, open_to[name])


@pytest.mark.parametrize("code", COUNTED)
@settings(max_examples=30)
@given(histories)
def test_one_person_more_changes_no_small_number_that_is_seen(code: str, given_: tuple[int, random.Random]) -> None:
    size, chance = given_
    people = [somebody(chance) for _ in range(size)]
    more = [*people, somebody(chance)]

    before, after = (numbers(code, lines(code, edition(code, each, chance))) for each in (people, more))

    was, now = truth(code, people), truth(code, more)
    for name, real in was.items():
        if is_small(real) and is_small(now[name]):
            assert (before[name], after[name]) == ("", "")


@settings(max_examples=30)
@given(histories)
def test_the_total_is_the_same_in_every_data_set_so_that_setting_one_against_another_tells_nothing(
    given_: tuple[int, random.Random],
) -> None:
    size, chance = given_
    people = [somebody(chance) for _ in range(size)]
    same = [each for each in COUNTED if each.startswith("prevented") or each in {"repeat-attempts", "cases-by-state"}]

    totals = {lines(each, edition(each, people, chance))[0]["count"] for each in same}

    assert len(totals) == 1


@pytest.mark.parametrize("code", COUNTED)
@settings(max_examples=30)
@given(histories, st.integers(-20, 20))
def test_comparing_editions_shows_no_small_change(code: str, given_: tuple[int, random.Random], change: int) -> None:
    """A correction adds people or takes some away: whoever keeps both files sees steps of five, or nothing."""
    size, chance = given_
    people = [somebody(chance) for _ in range(size)]
    corrected = [*people, *(somebody(chance) for _ in range(change))] if change > 0 else people[: size + change]

    first = edition(code, people, chance)
    second = edition(code, corrected, chance, first)

    older, newer = numbers(code, lines(code, first)), numbers(code, lines(code, second))
    for name, was in older.items():
        now = newer[name]
        assert was or not now, f"{name} was hidden and is told now"
        if was and now:
            assert (int(now) - int(was)) % SMALL == 0
            assert not is_small(int(now))


@settings(max_examples=30)
@given(histories)
def test_a_correction_that_adds_one_person_is_the_same_file(given_: tuple[int, random.Random]) -> None:
    size, chance = given_
    people = [somebody(chance) for _ in range(size)]

    for code in COUNTED:
        first = edition(code, people, chance)
        second = edition(code, [*people, somebody(chance)], chance, first)

        assert lines(code, second) == lines(code, first)


def test_sops_that_are_all_about_victims_have_no_row() -> None:
    chance = random.Random(7)  # noqa: S311 - a history, not a secret
    people = [replace(somebody(chance), sop="c3-m03") for _ in range(50)]

    assert [row["sop"] for row in lines("sop-times", edition("sop-times", people, chance))] == ["s06-m01", "s11-m02"]
