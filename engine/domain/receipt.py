"""A receipt: what a command has done, told to whoever gave it. Given again, the same command gets the same receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """Enough to find what was done; never what was written in a form."""

    command: str = ""
    case: str | None = None
    """Its number."""
    state: str = ""
    """Of what was commanded: the case, the release, the disposition."""
    number: int | None = None
    """The row of what was made or changed: a work item, a release, a disposition, a subject, an officer."""
    name: str = ""
    """The code, login or secret that only this answer tells."""
    sub_case: str | None = None
    notes: tuple[str, ...] = ()
    """What the officer should know though nothing was refused."""

    def to_json(self) -> dict[str, Any]:
        """As it is kept beside the key."""
        return asdict(self)


def receipt_from_json(kept: Mapping[str, Any]) -> Receipt:
    """Read a kept receipt."""
    return Receipt(**{**kept, "notes": tuple(kept.get("notes", ()))})
