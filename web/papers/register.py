"""The register of letters: which there are, at which stage a case offers them, and what each needs to know."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engine import NotFound

FOLDER = Path(__file__).parent / "letters"
"""The templates, one for each letter, named by its code."""
IDENTITY = ("nik", "nomor_paspor", "nomor_splp")
"""Any one of these is enough to say who it is."""


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One letter of the register."""

    code: str
    title: str
    status: str
    basis: str
    stages: tuple[str, ...]
    person: tuple[str, ...]
    facts: tuple[str, ...]
    courses: bool = False
    """Whether it tells the courses that were set."""
    offices: tuple[str, ...] = ()
    drafted: bool = False
    """Whether it comes of a decision, and is not chosen from a list."""

    @property
    def proposal(self) -> bool:
        """Whether its form has not been enacted yet."""
        return self.status == "usulan"

    def offered(self, stage: str) -> bool:
        """Whether it belongs to the stage that a case is in."""
        return not self.stages or stage in self.stages

    def missing(self, person: Collection[str], facts: Collection[str], offices: Collection[str]) -> list[str]:
        """The names of what it needs and the case does not know: each becomes a line to fill in by hand."""
        asked = [each for each in self.person if each not in IDENTITY]
        unknown = [each for each in asked if each not in person]
        if set(self.person) & set(IDENTITY) and not set(person) & set(IDENTITY):
            unknown.insert(0, "identitas")
        unknown += [each for each in self.facts if each not in facts]
        return unknown + [f"{each}_office" for each in self.offices if each not in offices]


@cache
def letters() -> tuple[LetterKind, ...]:
    """Every letter, in the order of the register."""
    found = tomllib.loads((Path(__file__).parent / "letters.toml").read_text())["letter"]
    return tuple(_kind({name: _frozen(value) for name, value in each.items()}) for each in found)


def letter(code: str) -> LetterKind:
    """One of them. Raises NotFound."""
    known = next((each for each in letters() if each.code == code), None)
    if known is None:
        raise NotFound(what=f"letter {code}")
    return known


def _kind(said: dict[str, Any]) -> LetterKind:
    return LetterKind(**said)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
