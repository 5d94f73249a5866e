"""The offices and posts the agency has, as a register: not who holds a post, which is the database's to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sop_catalog.registers.reading import read, row


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A P4MI: a place where an office serves people away from its seat."""

    name: str
    pattern: str = ""
    note: str = ""
    assumed: bool = False
    """Whether no public source confirms that it exists."""


@dataclass(frozen=True, slots=True)
class RegisteredOffice:
    """The head office or one of the 23 BP3MI."""

    code: str
    name: str
    city: str
    province: str
    """The Kemendagri code of its seat's province; the working area is in the register of regions."""
    zone: str
    kind: str
    """`head` or `regional`."""
    pattern: str
    """Working hours, by their name in `engine.domain.calendar.PATTERNS`."""
    address: str = ""
    note: str = ""
    assumed: tuple[str, ...] = ()
    """Names of the fields above that no public source confirms."""
    p4mi: tuple[ServicePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredPost:
    """A *jabatan* that lanes name."""

    code: str
    name: str
    english: str
    offices: tuple[str, ...]
    """Kinds of office that have it."""
    level: int
    """1 leads the office, 2 leads a team, 3 handles cases, 4 supports."""
    powers: tuple[str, ...] = ()
    """What the holder may do beside the work of its lanes: `publish`, `administer`, `audit`, `oversee`, `open`, `open:c3`."""
    service: str = ""
    """The service whose hours it keeps, as `working_times` registers it; empty: those of the office."""
    assumed: bool = False
    since: str = ""
    """The first day, as far as it is known: `2024-11-05`."""
    until: str = ""
    """The day from which it is no more; empty where it still is, as far as is known."""
    successors: tuple[str, ...] = ()
    """The posts that took its work over."""


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """A unit of the agency's organisation, of today or of the generation before; an office is a place of one."""

    code: str
    name: str
    short: str = ""
    """How cover sheets write it, where that is another name."""
    parent: str = ""
    since: str = ""
    """The first day, as far as it is known: `2024-11-05`."""
    until: str = ""
    """The day from which it is no more; empty where it still is, as far as is known."""
    instrument: str = ""
    """What it rests on, as the legal-basis register cites it."""
    successors: tuple[str, ...] = ()
    """The units that took its work over."""
    sourced: bool = True
    note: str = ""


@cache
def units() -> tuple[RegisteredUnit, ...]:
    """All units, the older generation first."""
    return read("units", "unit", RegisteredUnit)


@cache
def offices() -> tuple[RegisteredOffice, ...]:
    """The head office first, then the BP3MI from west to east."""
    return tuple(_with_points(each) for each in read("offices", "office", RegisteredOffice))


@cache
def posts() -> tuple[RegisteredPost, ...]:
    """All posts, by what they do."""
    return read("posts", "post", RegisteredPost)


@cache
def office(code: str) -> RegisteredOffice | None:
    """One office, or None."""
    return next((each for each in offices() if each.code == code), None)


@cache
def post(code: str) -> RegisteredPost | None:
    """One post, or None."""
    return next((each for each in posts() if each.code == code), None)


def _with_points(given: RegisteredOffice) -> RegisteredOffice:
    raw: tuple[Mapping[str, Any], ...] = given.p4mi  # type: ignore[assignment]  # rows of the file until here
    return replace(given, p4mi=tuple(row("offices", at, each, ServicePoint) for at, each in enumerate(raw, start=1)))
