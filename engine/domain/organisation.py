"""Offices, posts and officers: who may do what, where and since when. A post is not a person, and a login is not a post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.errors import NotValid

OPEN = "open"
"""The power to open cases: of every procedure, or of one area (`open:c3`) or group of areas (`open:c`)."""
_AREA = re.compile(r"(?:p-)?([a-z][0-9]{1,2})-")
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{3,40}[0-9]")


class OfficeKind(StrEnum):
    """What sort of unit it is."""

    HEAD = "head"
    """The head office; there is one."""
    REGIONAL = "regional"
    """A BP3MI."""
    SERVICE_POINT = "service-point"
    """A P4MI, a helpdesk at an airport or a port."""


@dataclass(frozen=True, slots=True)
class Office:
    """A unit with an address, a time zone and working hours of its own."""

    code: str
    """`BP3MI-JATENG`: never used again."""
    name: str
    city: str
    province: str
    zone: str
    """IANA: `Asia/Jakarta`, `Asia/Makassar`, `Asia/Jayapura`."""
    kind: OfficeKind = OfficeKind.REGIONAL
    phone: str = ""
    """What the people it serves may call."""


@dataclass(frozen=True, slots=True)
class Post:
    """A *jabatan*: what lanes name and officers hold."""

    code: str
    title: str
    powers: tuple[str, ...] = ()
    """What its holder may do beside the work of its lanes: `open` cases, `oversee` the work of the office, and others."""
    service: str = ""
    """The service of the office whose working times it keeps: `helpdesk`, in shifts. Empty: those of the office."""


class Acting(StrEnum):
    """In what capacity a post is held."""

    NO = ""
    PLT = "Plt."
    """*Pelaksana tugas*: the post has no holder."""
    PLH = "Plh."
    """*Pelaksana harian*: its holder is away."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One officer in one post of one office for a time."""

    post: str
    office: str
    begins_on: date
    ends_on: date | None = None
    """The last day; None while no end is known."""
    acting: Acting = Acting.NO

    def on(self, day: date) -> bool:
        """Whether it is in effect on that day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who signs in. It never carries the password's hash."""

    number: int
    login: str
    name: str
    language: str = "id"
    zone: str = ""
    """IANA; empty: the zone of the office."""
    active: bool = True
    holdings: tuple[Holding, ...] = ()
    """Those in effect on the day of the command."""

    def holding(self, post: str, office: str) -> Holding | None:
        """The post held in that office, in one's own right rather than acting where both are true.

        Without a post, any that is held there: what is for nobody in particular is for everybody in the office.
        """
        mine = [each for each in self.holdings if each.office == office and post in ("", each.post)]
        return min(mine, key=lambda each: each.acting, default=None)

    @property
    def offices(self) -> frozenset[str]:
        return frozenset(each.office for each in self.holdings)


def opens(powers: Iterable[str], code: str) -> bool:
    """Whether who has these powers may open cases of the procedure with this code: `c3-m05`, or `p-c3-01` for a map.

    A drawing whose code names no area, made with another program, is opened by whoever opens cases at all.
    """
    found = _AREA.match(code)
    if found is None:
        return opens_any(powers)
    area = found[1]
    return not {OPEN, f"{OPEN}:{area}", f"{OPEN}:{area[:1]}"}.isdisjoint(powers)


def opens_any(powers: Iterable[str]) -> bool:
    """Whether who has these powers may open cases of any procedure at all."""
    return any(each.partition(":")[0] == OPEN for each in powers)


def telephone(text: str) -> str:
    """A telephone as people dial it, or nothing where an office has none. Raises NotValid."""
    number = text.strip()
    if number and not _PHONE.fullmatch(number):
        raise NotValid(what="the telephone", wanted="one number such as 021-5550123", found=f"“{number[:40]}”")
    return number
