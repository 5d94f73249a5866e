"""Which data sets there are: a register of words in both languages. What a number means is said here and nowhere else."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from engine import NotFound

LICENCE: Final = ("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/")
"""Its sign (SPDX), name and text. An assumption until the agency enacts one; see `docs/public-figures.md`."""
PUBLISHER: Final = "KP2MI/BP2MI"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    name: str
    type: str
    """As Table Schema calls it: `string`, `integer`, `number`, `boolean`, `year`, `yearmonth`."""
    title_id: str
    title_en: str
    description_id: str
    description_en: str

    def title(self, language: str) -> str:
        """Its heading in a language."""
        return self.title_en if language == "en" else self.title_id

    def description(self, language: str) -> str:
        """What it means, in a language."""
        return self.description_en if language == "en" else self.description_id


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set: what is counted, how often, and in which columns."""

    code: str
    every: str
    """`month` or `year`."""
    keys: tuple[str, ...]
    """The columns that tell one row of a file from another."""
    title_id: str
    title_en: str
    definition_id: str
    definition_en: str
    columns: tuple[Column, ...]

    def title(self, language: str) -> str:
        """What it is called in a language."""
        return self.title_en if language == "en" else self.title_id

    def definition(self, language: str) -> str:
        """What is counted, in a language."""
        return self.definition_en if language == "en" else self.definition_id


@cache
def datasets() -> tuple[Dataset, ...]:
    """All of them, in the order in which they are shown."""
    text = files("sop_catalog.figures").joinpath("datasets.toml").read_text(encoding="utf-8")
    return tuple(_dataset(each) for each in tomllib.loads(text)["dataset"])


def dataset(code: str) -> Dataset:
    """One of them. Raises NotFound."""
    found = next((each for each in datasets() if each.code == code), None)
    if found is None:
        raise NotFound(what=f"figures {code[:40]}")
    return found


def _dataset(row: Mapping[str, Any]) -> Dataset:
    told = dict(row)
    columns, keys = tuple(Column(**each) for each in told.pop("columns")), tuple(told.pop("keys"))
    return Dataset(columns=columns, keys=keys, **told)
