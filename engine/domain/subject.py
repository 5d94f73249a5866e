"""The person a case is about. Not the case's facts: what is kept here is encrypted, and each look at it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

INDEXED = frozenset({"nik", "nomor_paspor"})
"""Fields by which a person is found again, over blind indexes only."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, as far as this house knows."""

    number: int
    fields: Mapping[str, str]
    """Name → clear text; empty unless the fields were asked for."""


def normal(text: str) -> str:
    """Write an identity number the one way in which it is compared: capitals and digits only."""
    return "".join(each for each in text.upper() if each.isalnum())


def masked(text: str) -> str:
    """Show that there is something, and its last three characters where it is long enough not to give it away."""
    return "•" * 5 + (text[-3:] if len(text) >= 8 else "")  # noqa: PLR2004 - three of eight identify nobody
