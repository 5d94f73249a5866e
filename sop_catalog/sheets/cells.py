"""Reads single cells of a row and remembers what does not fit, so that an author gets every complaint at once.

It does not know which rows an SOP has; that is `toml_reader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from engine.domain.finding import Finding
from engine.domain.release import Allowance, Clock, LegalBasis

_Word = TypeVar("_Word", bound=StrEnum)

_MANY = 100
_WHOLE = 100
"""Per cent."""


class Complaints:
    """Everything that does not fit in one file, in the order found."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, row: str, message: str, **facts: object) -> None:
        """Remember one complaint about one row."""
        self.findings.append(Finding(rule="sop-table", message=message, element=row, facts=facts))


class Row:
    """One table of a TOML file, read cell by cell."""

    def __init__(self, name: str, cells: object, complaints: Complaints, known: frozenset[str]) -> None:
        """Complain at once about keys that nobody reads: a misspelt key must not vanish."""
        self.name = name
        self.complaints = complaints
        self.cells: Mapping[str, Any] = cells if isinstance(cells, Mapping) else {}
        if not isinstance(cells, Mapping):
            complaints.add(name, "This is not a row of keys and values.")
        for key in sorted(self.cells.keys() - known):
            complaints.add(name, "The key {key} is not known here; known are {known}.", key=key, known=_list(known))

    def text(self, key: str, otherwise: str = "") -> str:
        value = self.cells.get(key, otherwise)
        if isinstance(value, str):
            return value.strip()
        self.complaints.add(self.name, "{key} must be a text in quotes.", key=key)
        return otherwise

    def needed(self, key: str) -> str:
        """Return a text that may not be missing or empty."""
        value = self.text(key)
        if not value and (key not in self.cells or isinstance(self.cells[key], str)):
            self.complaints.add(self.name, "{key} is missing.", key=key)
        return value

    def flag(self, key: str, *, otherwise: bool = False) -> bool:
        value = self.cells.get(key, otherwise)
        if isinstance(value, bool):
            return value
        self.complaints.add(self.name, "{key} must be true or false, without quotes.", key=key)
        return otherwise

    def number(self, key: str) -> int:
        """Return a whole number, 0 where the cell is empty."""
        value = self.cells.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MANY:
            return value
        self.complaints.add(self.name, "{key} must be a whole number, without quotes.", key=key)
        return 0

    def part(self, key: str) -> float | None:
        """Return a part such as `75 %`, None where the cell is empty."""
        value = self.text(key)
        if not value:
            return None
        percent = value.removesuffix("%").strip()
        if percent.isdecimal() and 0 < int(percent) <= _WHOLE:
            return int(percent) / _WHOLE
        self.complaints.add(self.name, "{key} is {found}; write a part such as 75 %.", key=key, found=value)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.cells.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(each.strip() for each in value if each.strip())
        self.complaints.add(self.name, "{key} must be a list of texts in quotes.", key=key)
        return ()

    def rows(self, key: str, known: frozenset[str]) -> tuple[Row, ...]:
        """Return the rows under a key; one row alone may stand without the brackets of a list."""
        value = self.cells.get(key, [])
        found = [value] if isinstance(value, Mapping) else value
        if not isinstance(found, list):
            self.complaints.add(self.name, "{key} must be a list of rows.", key=key)
            return ()
        return tuple(
            Row(f"{self.name}, {key} {at}", each, self.complaints, known) for at, each in enumerate(found, start=1)
        )

    def word(self, key: str, words: type[_Word]) -> _Word | None:
        """Return one of a closed list of words, None where the cell is empty."""
        value = self.text(key)
        if value and value not in set(words):
            self.complaints.add(
                self.name, "{key} is {found}; it can be {known}.", key=key, found=value, known=_list(set(words))
            )
            return None
        return words(value) if value else None

    def allowance(self, key: str, basis: str = "") -> Allowance | None:
        """Return a time such as `4 working-hours`."""
        value = self.text(key)
        if not value:
            return None
        amount, _, clock = value.partition(" ")
        try:
            return Allowance(float(amount), Clock(clock.strip()), basis)
        except ValueError:
            self.complaints.add(
                self.name,
                "{key} is {found}; write a number and a clock, such as 4 working-hours. Clocks: {known}.",
                key=key,
                found=value,
                known=_list(set(Clock)),
            )
            return None

    def legal(self, key: str) -> tuple[LegalBasis, ...]:
        """Return places in the law, written `UU 18/2017 | Pasal 8`."""
        pairs = (each.partition("|") for each in self.texts(key))
        return tuple(LegalBasis(instrument.strip(), article.strip()) for instrument, _, article in pairs)


def _list(words: frozenset[str] | set[Any]) -> str:
    return ", ".join(sorted(str(each) for each in words))
