"""One file of public figures as a page shows it: few columns, no empty lines, and bars. The file itself holds everything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from engine.queries.figures import FigureFile
from sop_catalog.figures import Dataset, dataset
from web.language import gettext, raw

FEW: Final = 30
"""A file of so many lines is shown whole; of a longer one what is told and is not nothing."""
BARS: Final = 12
UNITS: Final = {
    "running-hours": "hours",
    "working-hours": "working hours",
    "working-days": "working days",
    "calendar-days": "calendar days",
    "consecutive-days": "consecutive days",
    "months": "months",
}
_CODES: Final = ("regency_code", "province_code", "country_code", "sop", "area_code")
_DECIMALS: Final = {"id": ",", "en": "."}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line."""

    name: str
    code: str
    depth: int
    """How far below the total it stands."""
    count: int | None
    """None where it is hidden."""
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """The table of a page."""

    data: Dataset
    told: Mapping[str, Any]
    """What the JSON file says of itself."""
    heads: tuple[str, ...]
    """Of the further columns."""
    rows: tuple[ShownRow, ...]
    left_out: int
    """Lines of the file that are not shown: hidden, or nothing."""
    bars: tuple[ShownRow, ...]

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((each.count or 0 for each in self.bars), default=0)


def shown_figures(found: FigureFile, language: str) -> ShownFigures:
    """The figures of one edition in a language."""
    told = _read(found.edition.sha256, found.json)
    data = dataset(found.edition.dataset)
    every = [_row(data, each, language) for each in told["rows"]]
    kept = every if len(every) <= FEW else [each for each in every if each.count or not each.depth]
    depth = min((each.depth for each in kept if each.depth), default=0)
    bars = sorted((each for each in kept if each.count and each.depth == depth), key=lambda one: -(one.count or 0))
    heads = tuple(raw(each) for each in _HEADS.get(data.code, ()))
    return ShownFigures(data, told, heads, tuple(kept), len(every) - len(kept), tuple(bars[:BARS]))


@lru_cache(maxsize=64)
def _read(_sha256: str, text: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text)
    return found


_HEADS: Final[Mapping[str, Sequence[str]]] = {
    "sop-times": ("Promised", "In time", "Late", "Median (hours)", "90th percentile (hours)"),
    "sop-catalogue": ("Level", "Open to everybody"),
}
_LEVELS: Final = {"map": "Map", "macro": "Macro", "micro": "Micro"}


def _row(data: Dataset, row: Mapping[str, Any], language: str) -> ShownRow:
    code = next((str(row[each]) for each in _CODES if row.get(each)), "")
    more: tuple[str, ...] = ()
    if data.code == "sop-times":
        promised = f"{_number(row['promised'], language)} {raw(UNITS.get(row['promised_unit'], ''))}".strip()
        parts = [_number(row[each], language) for each in ("in_time", "late")]
        if row["parts_suppressed"] and not row["suppressed"]:
            parts = [gettext("not told")] * len(parts)
        more = (promised, *parts, *(_number(row[each], language) for each in ("median_hours", "p90_hours")))
    if data.code == "sop-catalogue":
        more = (raw(_LEVELS[row["level"]]), _number(row["public"], language))
    return ShownRow(_name(row, language), code, _depth(row), row["count"], more)


def _name(row: Mapping[str, Any], language: str) -> str:
    if row.get("scope"):
        return gettext("The whole country")
    for each in ("regency", "province", f"country_{language}", "title", "area", f"label_{language}"):
        if row.get(each):
            return str(row[each])
    return gettext("All together")


def _depth(row: Mapping[str, Any]) -> int:
    at = str(row.get("level") or row.get("breakdown") or "")
    return {"total": 0, "province": 1, "regency": 2}.get(at, 1)


def _number(value: float | None, language: str) -> str:
    return "" if value is None else f"{value:g}".replace(".", _DECIMALS[language])
