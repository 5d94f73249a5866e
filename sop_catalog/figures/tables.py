"""Sums become rows: each data set as a tree of numbers, what of it may be told, and the names that stand beside the codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from engine.domain.disclosure import Cell, Key, Order, Shown, is_small, revised, shown
from engine.domain.figures import PLACED_AGAIN, Period
from engine.queries.figures import SopTime
from sop_catalog import registers
from sop_catalog.compliance import spread
from sop_catalog.figures.counting import VICTIMS, OfMonth, OfYear
from sop_catalog.figures.datasets import Dataset

Row = dict[str, Any]
Before = Mapping[Key, Row]
"""The rows of the edition that is corrected, by their keys; empty for a first edition."""

TOTAL: Final = "total"
NOWHERE: Final = "00"
"""Stands where a Kemendagri code would, for what is not known."""
NO_COUNTRY: Final = "ZZ"
NOT_KNOWN: Final = ("Tidak diketahui", "Not known")
MANY: Final = 20
"""From how many on a ninetieth percentile says something, and is told."""
_MACRO = re.compile(r"[a-z]\d\d?-m[a-z0-9]{2}")

SEXES: Final = {"laki-laki": "male", "perempuan": "female"}
LABELS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "sex": {"male": ("Laki-laki", "Male"), "female": ("Perempuan", "Female"), "unknown": NOT_KNOWN},
    "age": {
        "0-17": ("Di bawah 18 tahun", "Under 18"),
        "18-24": ("18–24 tahun", "18–24"),
        "25-34": ("25–34 tahun", "25–34"),
        "35-44": ("35–44 tahun", "35–44"),
        "45+": ("45 tahun ke atas", "45 and over"),
        "unknown": NOT_KNOWN,
    },
    "attempt": {
        "1": ("Pertama kali", "First time"),
        "2": ("Kedua kali", "Second time"),
        "3+": ("Ketiga kali atau lebih", "Third time or more"),
    },
    "state": {
        "running": ("Ditangani", "Being handled"),
        "suspended": ("Ditangguhkan", "Suspended"),
        "completed": ("Selesai", "Completed"),
        "cancelled": ("Ditutup sebelum selesai", "Closed before its end"),
    },
    "kind": {
        "pulang": ("Pulang ke keluarga", "Home to the family"),
        "hukum": ("Proses hukum", "Legal process"),
        PLACED_AGAIN: ("Penempatan kembali secara prosedural", "Placed again through the official way"),
        "other": ("Lainnya", "Other"),
    },
    "answer": {
        "accepted": ("Diterima", "Accepted"),
        "declined": ("Ditolak", "Declined"),
        "withdrawn": ("Ditarik kembali", "Withdrawn"),
        "expired": ("Lewat waktu", "Ran out"),
    },
}
"""Breakdown → value → what it is called, in Indonesian and in English; the values are always all there."""


def month_rows(data: Dataset, counted: OfMonth, period: Period, before: Before, order: Order) -> list[Row]:
    """The rows of one data set of a month."""
    if data.code == "sop-catalogue":
        return _with_period(data, period, _catalogue(counted))
    if data.code == "sop-times":
        return _with_period(data, period, _times(counted, before, order))
    total, names = _TREES[data.code](counted)
    return _with_period(data, period, _told(total, names, before, order))


def year_rows(data: Dataset, counted: OfYear, period: Period, before: Before, order: Order) -> list[Row]:
    """The rows of one data set of a year: a single national number."""
    own: Key = ("national",)
    kept: dict[Key, int | None] = {key: row["count"] for key, row in before.items()}
    total = Cell(own, counted.placed)
    if data.code == "trafficking-victims":
        total, beside = _among(counted, own)
        kept |= beside if before else {}
    told = _shown(total, kept, order)[own]
    return _with_period(data, period, [{"scope": own[0], "count": told, "suppressed": told is None}])


def _among(counted: OfYear, own: Key) -> tuple[Cell, dict[Key, int | None]]:
    """Those with signs of trafficking among all who were prevented: the months tell the sum, so few others tell as much as few victims.

    With what stands for the other two numbers where an edition is corrected: they are never told themselves.
    """
    rest = counted.prevented - counted.indicated
    parts = (Cell(own, counted.indicated), Cell(("others",), rest))
    return Cell(("all",), counted.prevented, (parts,)), {
        ("all",): counted.prevented,
        ("others",): None if is_small(rest) else rest,
    }


def keys_of(data: Dataset, rows: Iterable[Row]) -> dict[Key, Row]:
    """The rows of a file by what tells them apart."""
    return {tuple(str(row[each]) for each in data.keys): row for row in rows}


def _shown(total: Cell, before: Shown, order: Order) -> dict[Key, int | None]:
    return revised(total, before, order) if before else shown(total, order)


def _told(total: Cell, names: Callable[[Key], Row], before: Before, order: Order) -> list[Row]:
    found = _shown(total, {key: row["count"] for key, row in before.items()}, order)
    return [
        names(each.key) | {"count": found[each.key], "suppressed": found[each.key] is None} for each in total.each()
    ]


def _with_period(data: Dataset, period: Period, rows: Sequence[Row]) -> list[Row]:
    names = [each.name for each in data.columns]
    return [{name: ({data.every: period.text} | row)[name] for name in names} for row in rows]


Tree = tuple[Cell, Callable[[Key], Row]]


def _origins(counted: OfMonth) -> Tree:
    told = Counter[tuple[str, str]]()
    for code, number in counted.prevented.origins.items():
        told[_place(code)] += number
    provinces = []
    for code, listed in _places().items():
        places = [*listed, f"{code}.{NOWHERE}"]
        cells = tuple(Cell(("regency", code, place), told[code, place]) for place in places)
        provinces.append(Cell(("province", code, ""), sum(each.count for each in cells), (cells,)))
    return Cell((TOTAL, "", ""), counted.prevented.total, (tuple(provinces),)), _name_place


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Every province with its regencies, by code, and the one that stands for none."""
    known = {each.code: tuple(place.code for place in each.listed) for each in registers.provinces()}
    return known | {NOWHERE: ()}


def _place(code: str) -> tuple[str, str]:
    """Province and regency of whatever code was told; of a village, the regency in which it lies."""
    province, _, rest = code.partition(".")
    regency = f"{province}.{rest.partition('.')[0]}"
    if registers.region_name(province) is None:
        return NOWHERE, f"{NOWHERE}.{NOWHERE}"
    return province, regency if registers.region_name(regency) else f"{province}.{NOWHERE}"


def _name_place(key: Key) -> Row:
    level, province, regency = key
    named = registers.region_name(province) or (NOT_KNOWN[0] if province else "")
    inner = (registers.region_name(regency) or "").rpartition(", ")[0] or (NOT_KNOWN[0] if regency else "")
    return {
        "level": level,
        "province_code": province,
        "province": named,
        "regency_code": regency,
        "regency": inner,
    }


def _destinations(counted: OfMonth) -> Tree:
    known = registers.countries("id")
    told = Counter[str]()
    for code, number in counted.prevented.destinations.items():
        told[code if code in known else NO_COUNTRY] += number
    cells = tuple(Cell(("country", code), told[code]) for code in (*sorted(known), NO_COUNTRY))
    return Cell((TOTAL, ""), counted.prevented.total, (cells,)), _name_country


def _name_country(key: Key) -> Row:
    level, code = key
    return {
        "level": level,
        "country_code": code,
        "country_id": registers.countries("id").get(code, NOT_KNOWN[0] if code else ""),
        "country_en": registers.countries("en").get(code, NOT_KNOWN[1] if code else ""),
    }


def _broken_down(total: int, **groups: Mapping[str, int]) -> Tree:
    """A total, broken down by each of these; what is none of the known values counts with the last of them."""
    made = []
    for breakdown, numbers in groups.items():
        known = LABELS[breakdown]
        last = list(known)[-1]
        told = Counter[str]()
        for value, number in numbers.items():
            told[value if value in known else last] += number
        made.append(tuple(Cell((breakdown, value), told[value]) for value in known))
    return Cell((TOTAL, ""), total, tuple(made)), _name_value


def _name_value(key: Key) -> Row:
    breakdown, value = key
    labels = LABELS.get(breakdown, {}).get(value, ("Jumlah", "Total"))
    return {"breakdown": breakdown, "value": value, "label_id": labels[0], "label_en": labels[1]}


def _persons(counted: OfMonth) -> Tree:
    sexes = {SEXES.get(said, "unknown"): 0 for said in counted.persons.sexes}
    for said, number in counted.persons.sexes.items():
        sexes[SEXES.get(said, "unknown")] += number
    return _broken_down(counted.prevented.total, sex=sexes, age=counted.persons.ages)


def _attempts(counted: OfMonth) -> Tree:
    times = Counter[str]()
    for which, number in counted.prevented.attempts.items():
        times[str(which)] += number  # from the third on none is a known value: they count with the last
    return _broken_down(counted.prevented.total, attempt=times)


_TREES: Final[Mapping[str, Callable[[OfMonth], Tree]]] = {
    "prevented-by-origin": _origins,
    "prevented-by-destination": _destinations,
    "prevented-by-sex-age": _persons,
    "repeat-attempts": _attempts,
    "cases-by-state": lambda counted: _broken_down(counted.prevented.total, state=counted.prevented.states),
    "dispositions": lambda counted: _broken_down(sum(counted.courses.values()), kind=counted.courses),
    "hand-overs": lambda counted: _broken_down(sum(counted.offers.values()), answer=counted.offers),
}


def _times(counted: OfMonth, before: Before, order: Order) -> list[Row]:
    """One row for each public SOP that promises a time, or was carried through in the month."""
    done: dict[str, list[SopTime]] = {}
    for each in counted.times:
        done.setdefault(each.code, []).append(each)
    codes = [code for code, (_, public) in counted.sops.items() if public and not code.startswith(VICTIMS)]
    return [_time(code, counted.sops[code][0], done.get(code, ()), before, order) for code in codes]


def _time(code: str, title: str, done: Sequence[SopTime], before: Before, order: Order) -> Row:
    own, parts = (code,), ((code, "in_time"), (code, "late"))
    punctual = sum(each.in_time for each in done)
    cells = tuple(Cell(key, number) for key, number in zip(parts, (punctual, len(done) - punctual), strict=True))
    was = before.get(own)
    kept = {own: was["count"], parts[0]: was["in_time"], parts[1]: was["late"]} if was else {}
    told = (
        revised(Cell(own, len(done), (cells,)), kept, order) if before else shown(Cell(own, len(done), (cells,)), order)
    )
    row = {"sop": code, "title": title, "count": told[own], "in_time": told[parts[0]], "late": told[parts[1]]}
    row |= {"suppressed": told[own] is None, "parts_suppressed": told[parts[0]] is None}
    if was is not None and told[own] is not None and told[own] == was["count"]:
        return row | {name: was[name] for name in ("promised", "promised_unit", "median_hours", "p90_hours")}
    return row | _measures(done if told[own] else ())


def _measures(done: Sequence[SopTime]) -> Row:
    """How long it took; nothing where the number itself is not told."""
    found = spread(timedelta(hours=each.hours) for each in done)
    if found is None:
        return {"promised": None, "promised_unit": "", "median_hours": None, "p90_hours": None}
    last = done[-1]
    return {
        "promised": last.promised,
        "promised_unit": last.unit,
        "median_hours": _half_hours(found.middle),
        "p90_hours": _half_hours(found.high) if found.number >= MANY else None,
    }


def _half_hours(time: timedelta) -> float:
    return round(time.total_seconds() / 1800) / 2


def _catalogue(counted: OfMonth) -> list[Row]:
    numbers, opened = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for code, (_, public) in counted.sops.items():
        key = _area(code)
        numbers[key] += 1
        opened[key] += public
    names = {each.code: each.name for each in registers.areas()}
    return [
        {
            "area_code": area,
            "area": names.get(area, ""),
            "level": level,
            "count": numbers[area, level],
            "public": opened[area, level],
        }
        for area in [*names, *sorted({area for area, _ in numbers} - names.keys())]
        for level in ("map", "macro", "micro")
    ]


def _area(code: str) -> tuple[str, str]:
    """Area and level, as the code says them: `p-c3-01`, `c3-m05`, `c3-m05-02`."""
    if code.startswith("p-"):
        return code.split("-")[1].upper(), "map"
    return code.split("-", maxsplit=1)[0].upper(), "macro" if _MACRO.fullmatch(code) else "micro"
